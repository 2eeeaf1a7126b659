"""`planbook extend`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from planbook.cli.files import read_plan, wants_color
from planbook.errors import CommandFailure, system_reason
from planbook.project.paths import DEFAULT_PLAN


def extend(
    year: Annotated[int, typer.Argument(metavar="年度", help="延ばした後の最後の年度（西暦）。")],
    plan: Annotated[Path, typer.Argument(metavar="計画ファイル", help="計画の YAML ファイル。")] = DEFAULT_PLAN,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="どうなるかを知らせるだけで、書き換えません。")] = False,
) -> int:
    """計画の年度を延ばします。変わるところのほかは、計画ファイルのどの文字も変わりません。"""
    from planbook.check import check as checking  # noqa: PLC0415 - `--help` needs none of it
    from planbook.check import reports as reporting  # noqa: PLC0415
    from planbook.editing.extend import extended  # noqa: PLC0415
    from planbook.editing.nodes import EditError  # noqa: PLC0415
    from planbook.project.replace_file import replace_file  # noqa: PLC0415

    def sound(data: bytes, why: str) -> bool:
        checked = checking.check(data, str(plan), plan)
        report = reporting.Report.of([str(plan)], [checked])
        if checked.plan is None:
            typer.echo(reporting.write(report, "text", color=wants_color(sys.stderr)), err=True, color=True)
            typer.echo(why, err=True)
        return checked.plan is not None

    before = read_plan(str(plan))
    checked = checking.check(before, str(plan), plan)
    if checked.plan is None:
        sound(before, "計画に間違いがあるので、年度を延ばしませんでした。先に直してください。")
        return 1
    last = checked.plan.years[-1]
    if year <= last:
        raise CommandFailure(f"計画の最後の年度は {last} です。それより後の年度を指定してください。")
    try:
        extension = extended(before, last, year)
    except EditError as error:
        message = f"「{plan}」には、自動で書き換えられない書き方（{error}）があります。"
        raise CommandFailure(f"{message}手で書き足してください。") from error
    if not sound(extension.content, "延ばした後の計画に間違いがあるので、書き換えませんでした。"):
        return 1
    if not dry_run:
        try:
            replace_file(plan, extension.content)
        except OSError as error:
            raise CommandFailure(f"「{plan}」に書き込めません（{system_reason(error)}）。元のままです。") from error
    typer.echo(f"計画の年度を {last} から {year} まで延ば{'せ' if dry_run else 'し'}ま{'す' if dry_run else 'した'}。")
    typer.echo(f"  そのまま {year} まで続く目標  {extension.grown} 件")
    typer.echo(f"  新しい年度を「未定」にした目標  {extension.undecided} 件（planbook check が場所を知らせます）")
    return 0
