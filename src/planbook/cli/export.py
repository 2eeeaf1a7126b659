"""`planbook export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planbook.cli.arguments import PlanArgument
from planbook.cli.checked_plan import checked_plan
from planbook.cli.files import read_plan
from planbook.cli.writing import only_writing, say
from planbook.errors import CommandFailure
from planbook.output.replacing import replace_all
from planbook.output.write import folder_name
from planbook.project.paths import DEFAULT_PLAN, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.plan.model import Plan

WHOLE_NAME = "計画全体.xlsx"
BLANK_NAME = "記入様式.xlsx"


class ExportFormat(StrEnum):
    """What is written."""

    XLSX = "xlsx"
    CSV = "csv"


def export(  # noqa: PLR0913 - one for each option
    plan: PlanArgument = DEFAULT_PLAN,
    *,
    department: Annotated[
        list[str] | None,
        typer.Option("--department", metavar="担当課", help="その課の分だけを書き出します（何度でも指定できます）。"),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="計画全体を一つのワークブックにします。")] = False,
    blank: Annotated[bool, typer.Option("--blank", help="何も入っていない記入様式を書き出します。")] = False,
    deadline: Annotated[
        str, typer.Option("--deadline", metavar="期限", help="回答期限（例：1月31日）。書いたとおりに載ります。")
    ] = "",
    contact: Annotated[
        str, typer.Option("--contact", metavar="連絡先", help="問い合わせ先（例：企画課 内線 1234）。")
    ] = "",
    form: Annotated[
        ExportFormat, typer.Option("--format", metavar="形式", help="xlsx（照会用）か csv（オープンデータ）。")
    ] = ExportFormat.XLSX,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="フォルダー", help="書き出す先（省略時は計画の out の中）。"),
    ] = None,
) -> int:
    """担当課ごとに、目標を照会するワークブックを書き出します。回答は planbook collect で受け取ります。"""
    chosen = sum((bool(department), everything, blank, form is ExportFormat.CSV))
    if chosen > 1:
        raise CommandFailure("--department、--all、--blank、--format csv は、どれか一つだけにしてください。")
    refusal = "計画に問題があるので、書き出しませんでした。前の出力はそのままです。"
    checked = checked_plan(read_plan(str(plan)), plan, refusal)
    if checked is None:
        return 1
    files = _files(checked, department or [], everything=everything, blank=blank, letter=(deadline, contact), form=form)
    folder = output or Workspace(plan).outputs / ("open-data" if form is ExportFormat.CSV else "inquiry")
    with only_writing(folder):
        replace_all(folder, files)
    for name in files:
        say(str(folder / name))
    say(f"{len(files)} ファイルを書き出しました。")
    return 0


def _files(  # noqa: PLR0913 - one for each option
    plan: Plan,
    departments: Sequence[str],
    *,
    everything: bool,
    blank: bool,
    letter: tuple[str, str],
    form: ExportFormat,
) -> dict[str, bytes]:
    """Return the contents of the files to write by name."""
    from planbook.exchange import inquiry_tables, open_data_files  # noqa: PLC0415 - `--help` does without
    from planbook.exchange.inquiry_workbook import workbook  # noqa: PLC0415
    from planbook.exchange.instructions import Letter  # noqa: PLC0415

    if form is ExportFormat.CSV:
        return open_data_files.files(plan)
    if everything:
        return {WHOLE_NAME: workbook(inquiry_tables.whole(plan), Letter(*letter))}
    if blank:
        return {BLANK_NAME: workbook(inquiry_tables.blank(plan))}
    asked = inquiry_tables.departments_asked(plan)
    _refuse_unknown(plan, departments, asked)
    return {
        f"{folder_name(name)}.xlsx": workbook(inquiry_tables.of_department(plan, name), Letter(*letter))
        for name in departments or asked
    }


def _refuse_unknown(plan: Plan, departments: Sequence[str], asked: Sequence[str]) -> None:
    from planbook.diagnostics.suggestions import suggest  # noqa: PLC0415

    names = [each.name for each in plan.departments]
    for name in departments:
        if name not in names:
            raise CommandFailure(
                f"{plan.word('department')}「{name}」は、計画の departments にありません。\n{suggest(name, names)}"
            )
        if name not in asked:
            raise CommandFailure(
                f"{plan.word('department')}「{name}」が担う{plan.word('action')}は、計画にありません。"
            )
    if not asked:
        raise CommandFailure(
            f"計画に{plan.word('department')}がないので、課ごとには書き出せません。--all で計画全体を書き出せます。"
        )
