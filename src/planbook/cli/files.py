"""The plan files that a command names, and the streams that it writes to. Nothing here needs typer."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

from planbook.errors import CommandFailure

STANDARD_INPUT = "-"


def read_plan(name: str) -> bytes:
    """Return the bytes of a plan file; `-` is standard input.

    Raises:
        CommandFailure: there is no such file, or it can not be read.

    """
    try:
        return sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except FileNotFoundError as error:
        message = f"ファイル「{name}」がありません。ファイル名と、いまいるフォルダーを確かめてください。"
        raise CommandFailure(message) from error
    except IsADirectoryError as error:
        raise CommandFailure(f"「{name}」はフォルダーです。計画の YAML ファイルを指定してください。") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandFailure(f"ファイル「{name}」を読めません（{reason}）。") from error


def shown(name: str) -> str:
    """Return how messages call a file."""
    return "標準入力" if name == STANDARD_INPUT else name


def wants_color(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that may show colours (NO_COLOR: https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
