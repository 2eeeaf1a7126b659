"""`planbook init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planbook.errors import CommandFailure
from planbook.project import starter as starting
from planbook.project.paths import DEFAULT_PLAN

_EXPLAINED = {
    "data/plan.yaml": "計画のデータ（見本が入っています。直すのはこのファイルです）",
    "data/plan.schema.json": "エディターの補完と説明に使うファイル（planbook が作ります）",
    ".vscode": "VS Code の設定（すすめる拡張機能、check と serve のタスク）",
    "out": "できた PDF とウェブページが入るところ",
    "README.md": "使い方",
    ".github/workflows/plan.yml": "GitHub で自動で確かめて作るための設定",
}


def init(
    directory: Annotated[
        Path,
        typer.Argument(metavar="フォルダー", help="計画を置くフォルダー（なければ作ります。. はいまのフォルダー）。"),
    ],
) -> int:
    """新しい計画を始めるためのフォルダーを作ります。いまあるファイルは上書きしません。"""
    try:
        starting.start(directory, _files())
    except starting.StartError as error:
        raise CommandFailure(str(error)) from error
    typer.echo(_next_steps(directory))
    return 0


def _files() -> dict[str, bytes]:
    """Return the starter files, and what editors need to know of the plan among them."""
    from planbook.check.check import check  # noqa: PLC0415 - `--help` needs neither
    from planbook.plan import json_schema  # noqa: PLC0415
    from planbook.plan.schema_file import schema_file  # noqa: PLC0415

    files = starting.starter_files()
    plan = str(DEFAULT_PLAN)
    schema = json_schema.write(check(files[DEFAULT_PLAN.as_posix()], plan).sketch)
    return files | {schema_file(DEFAULT_PLAN).as_posix(): schema.encode()}


def _next_steps(directory: Path) -> str:
    made = "\n".join(f"  {directory / name}　{text}" for name, text in _EXPLAINED.items())
    move = [] if directory.resolve() == Path.cwd() else [f'cd "{directory}"']
    steps = [*move, "data/plan.yaml をエディターで開き、自分の計画に書き換える", "planbook check", "planbook build"]
    numbered = "\n".join(f"  {number}. {step}" for number, step in enumerate(steps, start=1))
    return f"計画のフォルダーを作りました。\n{made}\n\n次にすること\n{numbered}"
