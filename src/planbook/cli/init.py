"""`planbook init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planbook.cli.writing import say
from planbook.errors import CommandFailure, system_reason
from planbook.project import starter as starting
from planbook.project.paths import DEFAULT_PLAN

if TYPE_CHECKING:
    from planbook.exchange.city_table import CityTable
    from planbook.exchange.new_plan import Given, NewPlan

_PLAN = DEFAULT_PLAN.as_posix()

_EXPLAINED = {
    "data/plan.yaml": "計画のデータ（見本が入っています。直すのはこのファイルです）",
    "data/chapters": "計画書に入れる文章（計画の概要など）",
    "data/plan.schema.json": "エディターの補完と説明に使うファイル（planbook が作ります）",
    ".vscode": "VS Code の設定（すすめる拡張機能、check と serve のタスク）",
    "out": "できた PDF とウェブページが入るところ",
    "README.md": "使い方",
    ".github/workflows/plan.yml": "GitHub で自動で確かめて作るための設定",
}


def init(  # noqa: PLR0913 - one for each option
    directory: Annotated[
        Path,
        typer.Argument(metavar="フォルダー", help="計画を置くフォルダー（なければ作ります。. はいまのフォルダー）。"),
    ],
    *,
    table: Annotated[
        Path | None,
        typer.Option("--from", metavar="ファイル", help="計画の表（.xlsx、.xls、.ods）から計画のファイルを作ります。"),
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="名称", help="計画の名称（--from と使います）。")] = "",
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="市町村", help="市町村の名称（--from と使います）。")
    ] = "",
    date: Annotated[
        str, typer.Option("--date", metavar="年月", help="策定年月（例：2027-03。--from と使います）。")
    ] = "",
    vision: Annotated[str, typer.Option("--vision", metavar="文", help="めざす姿（--from と使います）。")] = "",
) -> int:
    """新しい計画を始めるためのフォルダーを作ります。いまあるファイルは上書きしません。"""
    from planbook.exchange.new_plan import Given  # noqa: PLC0415 - `--help` does without

    given = Given(title, municipality, date, vision)
    if table is None:
        if given != Given():
            raise CommandFailure("--title、--municipality、--date、--vision は、--from と一緒に使います。")
        _start(directory, _files(starting.starter_files()))
        say(_next_steps(directory))
        return 0
    read, made = _from_table(table, given)
    _start(directory, _files({**starting.starter_files(), _PLAN: made.text.encode()}))
    return _report(directory, read, made)


def _start(directory: Path, files: dict[str, bytes]) -> None:
    try:
        starting.start(directory, files)
    except starting.StartError as error:
        raise CommandFailure(str(error)) from error


def _from_table(path: Path, given: Given) -> tuple[CityTable, NewPlan]:
    from planbook.exchange.city_table import read_table  # noqa: PLC0415
    from planbook.exchange.limits import UnreadableWorkbook, read_bytes  # noqa: PLC0415
    from planbook.exchange.new_plan import new_plan  # noqa: PLC0415
    from planbook.exchange.worksheets import read_sheets  # noqa: PLC0415

    try:
        table = read_table(read_sheets(read_bytes(path)))
    except UnreadableWorkbook as error:
        raise CommandFailure(f"「{path}」：{error}") from error
    except FileNotFoundError as error:
        message = f"ファイル「{path}」がありません。ファイル名と、いまいるフォルダーを確かめてください。"
        raise CommandFailure(message) from error
    except OSError as error:
        raise CommandFailure(f"ファイル「{path}」を読めません（{system_reason(error)}）。") from error
    return table, new_plan(table, given)


def _report(directory: Path, table: CityTable, made: NewPlan) -> int:
    """Say what came out, what is missing by cell, and what the check says of it."""
    from planbook.check.check import check  # noqa: PLC0415
    from planbook.diagnostics.finding import Severity  # noqa: PLC0415

    path = directory / _PLAN
    relistings = sum(row.relisted for row in table.rows)
    say(f"{path} を作りました（取組 {len(table.rows)} 行、うち再掲 {relistings} 行）。")
    if table.ignored:
        say(f"読まなかった列：{'、'.join(text.replace(chr(10), '') for text in table.ignored)}")
    if table.other_sheets:
        say(f"読まなかったシート：{'、'.join(table.other_sheets)}")
    for problem in made.problems:
        say(f"  {problem.place}　{problem.text}")
    errors = [
        each for each in check(made.text.encode(), str(path), path).diagnostics if each.severity is Severity.ERROR
    ]
    for error in errors:
        say(f"  {path}:{error.span.line}　{error.message}")
    if not made.problems and not errors:
        say("計画の決まりに合っています。planbook build で計画書を作れます。")
        return 0
    say("これらを直してから、planbook check で確かめてください。")
    return 1


def _files(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of a new folder, and what editors need to know of the plan among them."""
    from planbook.check.check import check  # noqa: PLC0415 - `--help` needs neither
    from planbook.plan import json_schema  # noqa: PLC0415
    from planbook.plan.schema_file import schema_file  # noqa: PLC0415

    schema = json_schema.write(check(files[_PLAN], _PLAN).incomplete_plan)
    return files | {schema_file(DEFAULT_PLAN).as_posix(): schema.encode()}


def _next_steps(directory: Path) -> str:
    made = "\n".join(f"  {directory / name}　{text}" for name, text in _EXPLAINED.items())
    move = [] if directory.resolve() == Path.cwd() else [f'cd "{directory}"']
    steps = [*move, "data/plan.yaml をエディターで開き、自分の計画に書き換える", "planbook check", "planbook build"]
    numbered = "\n".join(f"  {number}. {step}" for number, step in enumerate(steps, start=1))
    return f"計画のフォルダーを作りました。\n{made}\n\n次にすること\n{numbered}"
