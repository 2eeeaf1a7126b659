"""`planbook check`."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from planbook.cli.failures import CommandFailure

if TYPE_CHECKING:
    from planbook.checking import Checked

DEFAULT_PLAN = "data/plan.yaml"
STANDARD_INPUT = "-"


class Format(StrEnum):
    """How diagnostics are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def check(
    plans: Annotated[
        list[str] | None,
        typer.Argument(metavar="計画ファイル", help=f"確かめるファイル（省略時は {DEFAULT_PLAN}、- は標準入力）。"),
    ] = None,
    output: Annotated[
        Format | None,
        typer.Option(
            "--format",
            metavar="形式",
            help="出力の形：text、json、github、sarif（省略時は text、GitHub Actions の中では github）。",
        ),
    ] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="警告があるときも失敗（終了コード 1）にします。")] = False,
) -> int:
    """計画ファイルの書き間違いを、直し方と一緒にすべて知らせます。ファイルは書き換えません。"""
    from planbook import checking, reporting  # noqa: PLC0415 - `--help` needs neither

    names = plans or [DEFAULT_PLAN]
    outcomes: list[Checked] = [checking.check(read_plan(name), shown(name)) for name in names]
    report = reporting.Report.of([shown(name) for name in names], outcomes)
    typer.echo(reporting.write(report, output or _usual_format(), color=wants_color(sys.stdout)), color=True)
    return 1 if report.errors or (strict and report.warnings) else 0


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


def _usual_format() -> Format:
    return Format.GITHUB if os.environ.get("GITHUB_ACTIONS") == "true" else Format.TEXT


def wants_color(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that may show colours (NO_COLOR: https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
