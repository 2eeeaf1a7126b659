"""`planbook build`."""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planbook.cli import interrupts
from planbook.cli.arguments import PlanArgument
from planbook.cli.checked_plan import checked_plan
from planbook.cli.files import read_plan
from planbook.cli.writing import only_writing, say, writing_failures
from planbook.errors import CommandFailure, LayoutError, PangoMissing, TemplateError, system_reason
from planbook.output.write import folder_name, write_all
from planbook.project.paths import DEFAULT_PLAN, Workspace
from planbook.project.publication import FileFormat, Publication

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planbook.plan.model import Plan
    from planbook.project.publication import Output, Progress
    from planbook.views.selection import Selection

_Documents = Annotated[
    list[Publication] | None,
    typer.Option("-d", "--document", metavar="文書", help="作る文書：plan、system-table、sheets（省略時はすべて）。"),
]
_Formats = Annotated[
    list[FileFormat] | None,
    typer.Option("-f", "--format", metavar="形式", help="作る形式：pdf、html（省略時は両方）。"),
]
_Departments = Annotated[
    list[str] | None,
    typer.Option(
        "--department",
        metavar="担当課",
        help="その課の分だけを作り、departments/担当課 に書き出します（何度でも指定できます）。",
    ),
]
_Projects = Annotated[
    list[str] | None,
    typer.Option(
        "--project",
        metavar="ID",
        help="その id の段（事業、施策など）だけを作り、projects/ID に書き出します（何度でも指定できます）。",
    ),
]


def build(  # noqa: PLR0913 - one for each option
    plan: PlanArgument = DEFAULT_PLAN,
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="フォルダー", help="書き出す先（省略時は計画の out フォルダー）。"),
    ] = None,
    documents: _Documents = None,
    formats: _Formats = None,
    departments: _Departments = None,
    projects: _Projects = None,
    strict: Annotated[bool, typer.Option("--strict", help="警告があるときも作りません。")] = False,
) -> int:
    """計画を確かめてから、計画書を PDF と HTML にします。失敗したときは、前の出力がそのまま残ります。"""
    if departments and projects:
        raise CommandFailure("--department と --project は、どちらか一つだけにしてください。")
    read_plan(str(plan))  # a misspelt name is said before anything is made
    workspace = Workspace(plan)
    parts = _parts(output or workspace.outputs, departments or [], projects or [])
    # From here on: a second build waits for this one, and then reads the plan as it is by then.
    with contextlib.ExitStack() as held:
        for folder in sorted(parts):  # in one order: two builds never wait for each other
            held.enter_context(only_writing(folder))
        started = time.monotonic()
        refusal = "計画に問題があるので、作りませんでした。前の出力はそのままです。"
        checked = checked_plan(read_plan(str(plan)), plan, refusal, strict=strict)
        if checked is None:
            return 1
        for selection in parts.values():
            _refuse_unknown(checked, selection)
        publications, kinds = documents or list(Publication), formats or list(FileFormat)
        made = {
            folder: _built(checked, workspace, publications, kinds, selection) for folder, selection in parts.items()
        }
        interrupts.raise_again()
        for folder, outputs in made.items():
            with writing_failures(folder):
                write_all(folder, outputs)
    for folder, outputs in made.items():
        for each in outputs:
            pages = f"{each.pages} ページ、" if each.pages else ""
            say(f"{folder / each.name}（{pages}{len(each.content) / 1024:,.0f} KB）")
    files = sum(len(outputs) for outputs in made.values())
    say(f"{files} ファイルを {time.monotonic() - started:.1f} 秒で作りました。")
    return 0


def _parts(folder: Path, departments: Sequence[str], projects: Sequence[str]) -> dict[Path, Selection]:
    """Return what is made, by its folder: a part stands below the whole plan, so that neither overwrites the other."""
    from planbook.views.selection import WHOLE, Selection  # noqa: PLC0415 - like all below, only a build needs it

    if not departments and not projects:
        return {folder: WHOLE}
    parts: dict[Path, Selection] = {}
    asked = (
        *((folder / "departments" / folder_name(each), Selection(department=each)) for each in departments),
        *((folder / "projects" / folder_name(each), Selection(section=each)) for each in projects),
    )
    for place, selection in asked:
        if parts.setdefault(place, selection) != selection:
            both = "」と「".join(str(each.department or each.section) for each in (parts[place], selection))
            message = f"「{both}」は、同じフォルダー {place} に書き出されます。一つずつ、-o で分けて作ってください。"
            raise CommandFailure(message)
    return parts


def _refuse_unknown(plan: Plan, selection: Selection) -> None:
    """Raise CommandFailure if the plan does not have what was asked for."""
    from planbook.diagnostics.suggestions import suggest  # noqa: PLC0415

    department, section = selection.department, selection.section
    departments, sections = [each.name for each in plan.departments], [each.id for each in plan.sections()]
    if department is not None and department not in departments:
        raise CommandFailure(
            f"{plan.word('department')}「{department}」は、計画の departments にありません。\n"
            f"{suggest(department, departments)}"
        )
    word = plan.word(plan.levels[-1])
    if section is not None and section not in sections:
        raise CommandFailure(f"id が「{section}」の{word}は、計画にありません。\n{suggest(section, sections)}")
    if not any(selection.covers(plan, each) for each in plan.top):
        raise CommandFailure(f"{plan.word('department')}「{department}」が担う{word}は、計画にありません。")


def _built(
    plan: Plan,
    workspace: Workspace,
    documents: Sequence[Publication],
    formats: Sequence[FileFormat],
    selection: Selection,
) -> tuple[Output, ...]:
    from planbook.html.templates import Templates  # noqa: PLC0415
    from planbook.output.documents import build_outputs  # noqa: PLC0415 - only a build needs Jinja

    try:
        with _progress() as progress:
            return build_outputs(plan, Templates(workspace.templates), documents, formats, progress, selection)
    except PangoMissing as error:
        hint = "HTML だけなら、このままでも planbook build --format html で作れます。"
        raise CommandFailure(f"{error}\n{hint}") from error
    except (TemplateError, LayoutError) as error:
        raise CommandFailure(f"{error}\n作れませんでした。前の出力はそのままです。") from error
    except OSError as error:
        place = f"「{error.filename}」を使えません" if error.filename else "作れませんでした"
        raise CommandFailure(f"{place}（{system_reason(error)}）。前の出力はそのままです。") from error


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """Show on a terminal what is being made and how far it is; in a log the list of files is enough."""
    if not sys.stderr.isatty():
        yield lambda *_: interrupts.raise_again()
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    # No thread of its own: other processes begin as copies of this one, and a copy has no threads but may wait for one.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("")

        def show(what: str, done: int, total: int) -> None:
            interrupts.raise_again()
            progress.update(task, description=what, completed=done, total=total, refresh=True)

        yield show
