"""The plan files that a command names, and the streams that it writes to. Nothing here needs typer."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from planbook.errors import CommandFailure, system_reason
from planbook.plan.schema_file import is_outdated, schema_file
from planbook.project.file_access import MAX_PLAN_BYTES, read_regular, too_large

if TYPE_CHECKING:
    from planbook.plan.model import Plan

STANDARD_INPUT = "-"


def read_plan(name: str) -> bytes:
    """Return the bytes of a plan file; `-` is standard input.

    Raises:
        CommandFailure: there is no such file, or it can not be read.

    """
    try:
        return _standard_input() if name == STANDARD_INPUT else read_regular(Path(name), MAX_PLAN_BYTES)
    except FileNotFoundError as error:
        message = f"ファイル「{name}」がありません。ファイル名と、いまいるフォルダーを確かめてください。"
        raise CommandFailure(message) from error
    except IsADirectoryError as error:
        raise CommandFailure(f"「{name}」はフォルダーです。計画の YAML ファイルを指定してください。") from error
    except (OSError, ValueError) as error:
        raise CommandFailure(f"{_called(name)}を読めません（{system_reason(error)}）。") from error


def _standard_input() -> bytes:
    if sys.stdin is None:  # closed before planbook began
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    content = sys.stdin.buffer.read(MAX_PLAN_BYTES + 1)
    if len(content) > MAX_PLAN_BYTES:
        raise too_large(MAX_PLAN_BYTES)
    return content


def _called(name: str) -> str:
    return "標準入力" if name == STANDARD_INPUT else f"ファイル「{name}」"


def shown(name: str) -> str:
    """Return how messages call a file."""
    return "標準入力" if name == STANDARD_INPUT else name


def wants_color(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that may show colours (NO_COLOR: https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def harmless(text: str) -> str:
    """Return text in which no line is a command to the machine that runs GitHub's workflows.

    It takes lines that begin with `::` or `##[` for commands, and a plan's own text may begin a line
    (docs.github.com, "Workflow commands for GitHub Actions").
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return re.sub(r"(^|\r)(?=[^\S\r\n]*(?:::|##\[))", r"\1> ", text, flags=re.MULTILINE)


def warn_if_outdated(name: str, plan: Plan | None) -> None:
    """Say on the error stream that the schema that editors use no longer has the names of the plan."""
    path = schema_file(Path(name))
    if name != STANDARD_INPUT and plan is not None and is_outdated(path, plan):
        message = f"{path} は、計画の departments や id より古くなっています。planbook schema {name} で新しくなります。"
        print(harmless(message), file=sys.stderr)  # noqa: T201 - the command's own output
