"""`planbook diff`."""

from __future__ import annotations

import datetime as dt
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planbook.cli.files import STANDARD_INPUT, read_plan, shown, wants_color
from planbook.errors import CommandFailure, LayoutError, PangoMissing, TemplateError, system_reason
from planbook.project.file_access import replace_file
from planbook.project.paths import DEFAULT_PLAN, Workspace

if TYPE_CHECKING:
    from planbook.comparison.compare import Comparison
    from planbook.comparison.table import ComparisonTable, ComparisonWords
    from planbook.comparison.versions import VersionRead
    from planbook.plan.model import Plan


class DiffFormat(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"


_BY_ENDING = {f".{form}": form for form in DiffFormat} | {".txt": DiffFormat.TEXT, ".md": DiffFormat.MARKDOWN}
_FILES = {DiffFormat.PDF, DiffFormat.XLSX}
"""What is no text for a terminal."""


_Old = Annotated[
    str, typer.Argument(metavar="古い版", help="計画ファイルか、git の版（HEAD~1、v1.0、main:data/plan.yaml）。")
]
_New = Annotated[str, typer.Argument(metavar="新しい版", help="同じく、ファイルか git の版。")]
_Format = Annotated[
    DiffFormat | None,
    typer.Option(
        "-f",
        "--format",
        metavar="形式",
        help="text、markdown、json、html、pdf、xlsx（省略時は、書き出すファイルの名前から。なければ text）。",
    ),
]
_Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="ファイル", help="書き出すファイル（省略時は画面）。")
]
_Reasons = Annotated[
    str | None, typer.Option("--reasons", metavar="ファイル", help="備考に入れる理由（「id: 理由」の YAML ファイル）。")
]
_NewLabel = Annotated[str, typer.Option("--new-label", metavar="言葉", help="新しい版の見出し（例：改正案）。")]
_OldLabel = Annotated[str, typer.Option("--old-label", metavar="言葉", help="古い版の見出し（例：現行）。")]
_RemarkLabel = Annotated[str, typer.Option("--remark-label", metavar="言葉", help="備考の欄の見出し。")]
_Title = Annotated[str, typer.Option("--title", metavar="言葉", help="表の題名。")]
_OldFirst = Annotated[bool, typer.Option("--old-first", help="古い版を左に置きます。")]
_Limit = Annotated[
    int, typer.Option("--limit", metavar="バイト", min=1_000, help="markdown の大きさの上限。超えるときは短くします。")
]
_ExitCode = Annotated[bool, typer.Option("--exit-code", help="変更があれば終了コード 1 にします。")]


def diff(  # noqa: PLR0913 - one for each option
    old: _Old,
    new: _New = str(DEFAULT_PLAN),
    *,
    form: _Format = None,
    output: _Output = None,
    reasons: _Reasons = None,
    new_label: _NewLabel = "新",
    old_label: _OldLabel = "旧",
    remark_label: _RemarkLabel = "備考",
    title: _Title = "新旧対照表",
    old_first: _OldFirst = False,
    limit: _Limit = 1_000_000,
    exit_code: _ExitCode = False,
) -> int:
    """二つの版の計画を比べて、変わったところを一覧や新旧対照表にします。"""
    from planbook.comparison.compare import compare  # noqa: PLC0415 - `--help` needs none of these
    from planbook.comparison.table import ComparisonWords  # noqa: PLC0415

    form = form or (_BY_ENDING.get(output.suffix.lower(), DiffFormat.TEXT) if output else DiffFormat.TEXT)
    if form in _FILES and output is None:
        raise CommandFailure(f"{form} は画面に出せません。-o 新旧対照表.{form} のように、ファイルを指定してください。")
    versions = _read(old, new)
    for version in versions:
        _report_errors(version)
    before, after = versions
    if before.plan is None or after.plan is None:
        unreadable = "、".join(f"「{version.name}」" for version in versions if version.plan is None)
        typer.echo(f"{unreadable}を読めないので、比べられませんでした。", err=True)
        return 1
    comparison = compare(before.plan, after.plan, before.damaged, after.damaged, (before.chapters, after.chapters))
    words = ComparisonWords(new_label, old_label, remark_label, title, new_first=not old_first)
    texts = _reasons(reasons, comparison)
    if texts is None:
        return 1
    _emit(_written(form, comparison, versions, words, texts, limit), output)
    if comparison.unread:
        typer.echo(f"間違いがあって読めないところが {comparison.unread} か所あり、そこは比べていません。", err=True)
    if comparison.unread_chapters:
        files = "、".join(f"「{path}」" for path in comparison.unread_chapters)
        typer.echo(f"どちらかの版で読めない章のファイルがあり、その文章は比べていません：{files}", err=True)
    return 1 if before.errors or after.errors or comparison.unread_chapters or (exit_code and comparison.changes) else 0


def _read(old: str, new: str) -> tuple[VersionRead, VersionRead]:
    from planbook.comparison.versions import beside, read_revision, read_version  # noqa: PLC0415

    if old == new == STANDARD_INPUT:
        raise CommandFailure("標準入力（-）は、古い版か新しい版のどちらか一方だけにしてください。")
    newer_file = new == STANDARD_INPUT or Path(new).exists() or new == str(DEFAULT_PLAN)
    plan = Path(new) if newer_file and new != STANDARD_INPUT else DEFAULT_PLAN
    versions = []
    for name in (old, new):
        if name == STANDARD_INPUT or Path(name).exists() or (name == new and newer_file):
            # A plan from standard input stands where the command does.
            file = Path("-" if name == STANDARD_INPUT else name)
            versions.append(read_version(read_plan(name), shown(name), beside(file)))
        else:
            revision = read_revision(name, plan)
            versions.append(read_version(revision.content, revision.name, revision.read))
    return versions[0], versions[1]


def _report_errors(version: VersionRead) -> None:
    """Say that a version has errors, and the first of them: what follows is only a part of the comparison."""
    if not version.errors:
        return
    first = next(each for each in version.checked.diagnostics if each.severity == "error")
    where = f"{first.file}:{first.span.line}:{first.span.column}"
    typer.echo(
        f"「{version.name}」には間違いが {version.errors} 件あるので、読めるところだけを比べます。\n"
        f"  {where} {first.message} [{first.rule}]",
        err=True,
    )


def _reasons(name: str | None, comparison: Comparison) -> dict[str, str] | None:
    if name is None:
        return {}
    from planbook.check import reports  # noqa: PLC0415
    from planbook.check.check import Checked  # noqa: PLC0415
    from planbook.comparison.reasons import read_reasons  # noqa: PLC0415

    texts, diagnostics = read_reasons(read_plan(name), shown(name), comparison)
    if diagnostics:
        report = reports.Report.of([shown(name)], [Checked(None, diagnostics)])
        typer.echo(reports.write(report, "text", color=wants_color(sys.stderr)), err=True, color=True)
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        typer.echo("理由のファイルに間違いがあるので、作りませんでした。", err=True)
        return None
    return texts


def _written(  # noqa: PLR0913, PLR0917 - what there is to write, and how
    form: DiffFormat,
    comparison: Comparison,
    versions: tuple[VersionRead, VersionRead],
    words: ComparisonWords,
    reasons: dict[str, str],
    limit: int,
) -> str | bytes:
    from planbook.comparison import terminal  # noqa: PLC0415

    if form is DiffFormat.TEXT:
        return "\n".join(terminal.lines(comparison, color=wants_color(sys.stdout)))
    if form is DiffFormat.JSON:
        from planbook.comparison import json_report  # noqa: PLC0415

        return json_report.write(comparison, *versions)
    from planbook.comparison.table import table  # noqa: PLC0415

    made = table(comparison, (versions[0].name, versions[1].name), words, reasons, terminal.summary(comparison))
    if form is DiffFormat.MARKDOWN:
        from planbook.comparison import markdown_table  # noqa: PLC0415

        return markdown_table.write(made, limit)
    if form is DiffFormat.XLSX:
        from planbook.comparison import workbook_table  # noqa: PLC0415

        return workbook_table.write(made)
    return _document(form, made, comparison.new)


def _document(form: DiffFormat, made: ComparisonTable, plan: Plan) -> str | bytes:
    from planbook.comparison import html_and_pdf  # noqa: PLC0415
    from planbook.html.templates import Templates  # noqa: PLC0415

    templates = Templates(Workspace(DEFAULT_PLAN).templates)
    try:
        if form is DiffFormat.HTML:
            return html_and_pdf.html(made, templates)
        return html_and_pdf.pdf(made, templates, dt.date(plan.date.year, plan.date.month, 1))
    except PangoMissing as error:
        raise CommandFailure(str(error)) from error
    except (TemplateError, LayoutError) as error:
        raise CommandFailure(f"{error}\n作れませんでした。") from error


def _emit(content: str | bytes, output: Path | None) -> None:
    if output is None:
        typer.echo(content, color=True)
        return
    data = content if isinstance(content, bytes) else f"{content}\n".encode()
    try:
        replace_file(output, data)
    except OSError as error:
        raise CommandFailure(f"「{output}」に書き出せません（{system_reason(error)}）。") from error
    typer.echo(f"{output}（{len(data) / 1024:,.0f} KB）")
