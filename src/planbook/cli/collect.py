"""`planbook collect`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planbook.cli.checked_plan import checked_plan
from planbook.cli.files import read_plan
from planbook.cli.writing import replace_plan, say
from planbook.errors import CommandFailure, system_reason
from planbook.project.paths import DEFAULT_PLAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.exchange.applying import Applied
    from planbook.exchange.inquiry import InquiryTable
    from planbook.exchange.merging import Outcome
    from planbook.exchange.replies import Reply
    from planbook.plan.model import Plan

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")


def collect(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="ファイル...", help="返ってきたワークブックか、それらを入れたフォルダー。"),
    ],
    plan: Annotated[Path, typer.Option("--plan", metavar="計画ファイル", help="計画の YAML ファイル。")] = DEFAULT_PLAN,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="何が変わるかを示すだけで、書き換えません。")] = False,
) -> int:
    """各課が記入したワークブックを読み、変わったところだけを計画のファイルに書き入れます。"""
    content = read_plan(str(plan))
    refusal = "計画に問題があるので、回答を受け取れません。先に計画を直してください。"
    checked = checked_plan(content, plan, refusal)
    if checked is None:
        return 1
    from planbook.exchange import inquiry_tables  # noqa: PLC0415 - `--help` does without

    tables = inquiry_tables.whole(checked).tables
    replies = _read(_workbooks(files), tables)
    strange = [reply for reply in replies if _is_of_another_plan(reply, checked, tables)]
    outcome, applied = _merged(content, plan, checked, [each for each in replies if each not in strange], tables)
    _report(outcome, applied, replies, checked)
    for reply in strange:
        about = f"{reply.municipality}・{reply.title}"
        say(f"■ {reply.name} は、別の計画（{about}）への回答です。受け取りませんでした。")
    if applied.errors:
        _report_errors(applied, str(plan))
    _write(plan, content, applied, dry_run=dry_run)
    faults = bool(outcome.conflicts or outcome.faults or applied.refused or applied.errors or strange)
    return 1 if faults else 0


def _workbooks(names: Sequence[Path]) -> list[Path]:
    """Return the workbooks that are named, or stand in the folders that are; not those that Excel has open (~$)."""
    found: list[Path] = []
    for name in names:
        if name.is_dir():
            inside = sorted(each for each in name.iterdir() if each.suffix.lower() in _ENDINGS)
            inside = [each for each in inside if not each.name.startswith(("~$", ".~lock"))]
            if not inside:
                raise CommandFailure(f"「{name}」に Excel のファイル（{'、'.join(_ENDINGS)}）がありません。")
            found += inside
        elif name.exists():
            found.append(name)
        else:
            raise CommandFailure(
                f"ファイル「{name}」がありません。ファイル名と、いまいるフォルダーを確かめてください。"
            )
    return list(dict.fromkeys(found))


def _read(files: Sequence[Path], tables: Sequence[InquiryTable]) -> list[Reply]:
    """Read all replies. Where one can not be read, all that can not are reported, and nothing is taken."""
    from planbook.exchange.limits import UnreadableWorkbook, read_bytes  # noqa: PLC0415
    from planbook.exchange.replies import read_reply  # noqa: PLC0415

    names = [file.name for file in files]
    replies: list[Reply] = []
    complaints: list[str] = []
    for file in files:
        name = file.name if names.count(file.name) == 1 else str(file)
        try:
            replies.append(read_reply(read_bytes(file), name, tables))
        except UnreadableWorkbook as error:
            complaints.append(f"「{file}」：{error}")
        except OSError as error:
            complaints.append(
                f"「{file}」：読めません（{system_reason(error)}）。ほかのプログラムで開いていれば閉じてください。"
            )
    if complaints:
        raise CommandFailure("\n".join(["読めないファイルがあります。計画は書き換えていません。", *complaints]))
    return replies


def _is_of_another_plan(reply: Reply, plan: Plan, tables: Sequence[InquiryTable]) -> bool:
    """Whether a reply is to another plan: one of another name, whose rows are not those of this one."""
    if not reply.title or (reply.municipality == plan.municipality and reply.title.startswith(plan.title)):
        return False
    known = {(row.key, row.cells.get("title")) for table in tables for row in table.rows}
    asked = [(key, cells.get("title")) for rows in reply.base.values() for key, cells in rows.items()]
    return 2 * sum(row in known for row in asked) <= len(asked)


def _merged(
    content: bytes, path: Path, plan: Plan, replies: Sequence[Reply], tables: Sequence[InquiryTable]
) -> tuple[Outcome, Applied]:
    from planbook.editing.nodes import EditError  # noqa: PLC0415
    from planbook.exchange.applying import apply  # noqa: PLC0415
    from planbook.exchange.merging import merge  # noqa: PLC0415

    outcome = merge(replies, tables)
    try:
        return outcome, apply(content, path, plan, outcome.changes)
    except EditError as error:
        raise CommandFailure(
            f"「{path}」に、その場で書き換えられない書き方があります（{error}）。計画は書き換えていません。"
            "--dry-run の表を見て、手で直してください。"
        ) from error


def _report(outcome: Outcome, applied: Applied, replies: Sequence[Reply], plan: Plan) -> None:
    from planbook.exchange.collect_report import lines_of  # noqa: PLC0415
    from planbook.exchange.inquiry_tables import departments_asked  # noqa: PLC0415

    for line in lines_of(outcome, applied, replies, plan, departments_asked(plan)):
        say(line)


def _report_errors(applied: Applied, name: str) -> None:
    say(f"回答をすべて入れると、{name} が計画の決まりに合わなくなるので、何も書き込みませんでした。")
    for error in applied.errors:
        say(f"  {error.message}{error.hint}")


def _write(plan: Path, old: bytes, applied: Applied, *, dry_run: bool) -> None:
    count = len(applied.taken)
    for warning in applied.warnings:
        say(f"確かめてください：{warning.message}")
    if applied.content is None or applied.content == old:
        say("計画に変わるところはありません。" if not applied.errors else "計画はそのままです。")
    elif dry_run:
        say(f"{plan} の {count} か所が変わります（--dry-run なので、書き換えていません）。")
    else:
        replace_plan(plan, old, applied.content)
        say(f"{plan} を書き換えました（{count} か所）。")
