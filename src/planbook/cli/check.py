"""`planbook check`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from planbook.project.paths import DEFAULT_PLAN


class ReportFormat(StrEnum):
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
        ReportFormat | None,
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
    from planbook.cli.check_files import check_files  # noqa: PLC0415 - `--help` does without

    return check_files(plans or [], output, strict=strict)
