"""`planbook schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planbook.cli.files import read_plan
from planbook.errors import CommandFailure, system_reason


def schema(
    plan: Annotated[
        str | None,
        typer.Argument(metavar="計画ファイル", help="担当課と id を補完に使う計画（省略時は書式だけ）。"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="ファイル", help="書き込むファイル（省略時は画面）。")
    ] = None,
) -> None:
    """エディターの補完・説明・間違いの表示に使う JSON Schema を書き出します。"""
    from planbook.check import check as checking  # noqa: PLC0415 - `--help` needs neither
    from planbook.plan import json_schema as schema  # noqa: PLC0415 - `--help` needs neither

    sketch = checking.check(read_plan(plan), plan).sketch if plan else None
    text = schema.write(sketch)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise CommandFailure(f"「{output}」に書き込めません（{system_reason(error)}）。") from error
