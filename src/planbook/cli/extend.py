"""`planbook extend`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from planbook.cli.arguments import PlanArgument
from planbook.cli.files import read_plan, wants_color
from planbook.cli.writing import replace_plan
from planbook.diagnostics.finding import Severity
from planbook.errors import CommandFailure
from planbook.project.paths import DEFAULT_PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.check.check import Checked
    from planbook.editing.extension import Extension
    from planbook.plan.model import Plan


def extend(
    year: Annotated[int, typer.Argument(metavar="年度", help="延ばした後の最後の年度（西暦）。")],
    plan: PlanArgument = DEFAULT_PLAN,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="どうなるかを知らせるだけで、書き換えません。")] = False,
) -> int:
    """計画の年度を延ばします。変わるところのほかは、計画ファイルのどの文字も変わりません。"""
    from planbook.check import check as checking  # noqa: PLC0415 - `--help` needs none of it
    from planbook.check import reports as reporting  # noqa: PLC0415
    from planbook.editing.extension import extended  # noqa: PLC0415
    from planbook.editing.nodes import EditError  # noqa: PLC0415

    def sound(data: bytes, why: str, expected: str = "") -> Checked | None:
        checked = checking.check(data, str(plan), plan)
        errors = {each.rule for each in checked.diagnostics if each.severity is Severity.ERROR}
        if errors <= {expected}:
            return checked
        report = reporting.Report.of([str(plan)], [checked])
        typer.echo(reporting.write(report, "text", color=wants_color(sys.stderr)), err=True, color=True)
        typer.echo(why, err=True)
        return None

    before = read_plan(str(plan))
    checked = sound(before, "計画に間違いがあるので、年度を延ばしませんでした。先に直してください。")
    if checked is None or checked.plan is None:
        return 1
    last = checked.plan.years[-1]
    if year <= last:
        raise CommandFailure(f"計画の最後の年度は {last} です。それより後の年度を指定してください。")
    try:
        extension = extended(before, last, year)
    except EditError as error:
        message = f"「{plan}」には、自動で書き換えられない書き方（{error}）があります。"
        raise CommandFailure(f"{message}手で書き足してください。") from error
    # A plan that is final may not be printed with 未定 in it; to become one again is what it is extended for.
    later = sound(extension.content, "延ばした後の計画に間違いがあるので、書き換えませんでした。", "undecided-final")
    if later is None:
        return 1
    if not dry_run:
        replace_plan(plan, before, extension.content)
    typer.echo(f"計画の年度を {last} から {year} まで延ば{'せ' if dry_run else 'し'}ま{'す' if dry_run else 'した'}。")
    for line in _outcome(checked.plan, extension, year):
        typer.echo(f"  {line}")
    if later.plan is None:
        typer.echo("「未定」をすべて書き換えるか、先頭に「stage: 改定案」のように書くまで、印刷できません。")
    return 0


def _outcome(plan: Plan, extension: Extension, year: int) -> Iterator[str]:
    """Say what was done, and what has years too and stays as it is: only who makes the plan knows what comes there."""
    yield f"そのまま {year} まで続く目標  {extension.grown} 件"
    yield f"新しい年度を「未定」にした目標  {extension.undecided} 件（planbook check が場所を知らせます）"
    for column in plan.columns or ():
        if column.years is None and any(character.isdecimal() for character in column.key):
            yield f"欄「{column.key}」はそのままです。延ばした年度に合うように、columns と targets を直してください。"
    if plan.indicators or any(section.indicators for section in plan.sections()):
        yield "指標の目標値の年度は変えていません。新しい目標があれば、values に書き足してください。"
