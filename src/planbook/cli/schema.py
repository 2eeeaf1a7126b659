"""`planbook schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planbook.cli.files import STANDARD_INPUT, read_plan
from planbook.errors import CommandFailure, system_reason
from planbook.project.paths import DEFAULT_PLAN


def schema(
    plan: Annotated[
        Path, typer.Argument(metavar="計画ファイル", help="担当課と id を補完に使う計画の YAML ファイル。")
    ] = DEFAULT_PLAN,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="ファイル",
            help="書き込むファイル（省略時は計画ファイルの隣の plan.schema.json、- は画面）。",
        ),
    ] = None,
) -> None:
    """エディターの補完・説明・間違いの表示に使う JSON Schema を、計画ファイルの隣に書きます。"""
    from planbook.check import check as checking  # noqa: PLC0415 - `--help` needs neither
    from planbook.plan import json_schema  # noqa: PLC0415
    from planbook.plan.schema_file import schema_file, write_schema  # noqa: PLC0415

    text = json_schema.write(checking.check(read_plan(str(plan)), str(plan), plan).incomplete_plan)
    if output == STANDARD_INPUT:
        typer.echo(text, nl=False)
        return
    path = Path(output) if output is not None else schema_file(plan)
    try:
        write_schema(path, text)
    except OSError as error:
        raise CommandFailure(f"「{path}」に書き込めません（{system_reason(error)}）。") from error
    typer.echo(f"{path} を書きました。エディターの補完と説明が、計画の担当課と id に合います。")
