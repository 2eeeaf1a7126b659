"""`planbook serve`."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planbook.cli.arguments import PlanArgument
from planbook.cli.files import read_plan, wants_color
from planbook.errors import CommandFailure, system_reason
from planbook.project.paths import DEFAULT_PLAN, Workspace

if TYPE_CHECKING:
    import socket

    from planbook.comparison.versions import VersionRead
    from planbook.preview.previewing import Preview

DEFAULT_PORT = 8000


def serve(
    plan: PlanArgument = DEFAULT_PLAN,
    *,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            metavar="番号",
            min=0,
            max=65535,
            help="使うポート。使われていれば、次に空いている番号にします。",
        ),
    ] = DEFAULT_PORT,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="版", help="この版（ファイルか git の版）から変わったところに印を付けます。"),
    ] = None,
    editor: Annotated[
        str,
        typer.Option(
            "--editor",
            metavar="エディター",
            help="ページをクリックしたときに開くエディター：vscode、none（開かない）、または {path} {line} {column} を"
            "含む URL。",
        ),
    ] = "vscode",
    open_browser: Annotated[bool, typer.Option("--open", help="ブラウザーで開きます。")] = False,
) -> None:
    """計画をブラウザーで見ながら書けるようにします。保存するたびに、開いているページが新しくなります。"""
    from planbook.preview import server  # noqa: PLC0415 - no other command needs a server

    _address(editor)
    read_plan(str(plan))  # a misspelt name is said at once
    since = _version(against, plan) if against else None
    listening = _listening(port)
    found = listening.getsockname()[1]
    address = f"http://{server.HOST}:{found}/"
    if port not in (0, found):
        typer.echo(f"ポート {port} はほかで使われているので、{found} を使います。")
    typer.echo(f"{plan} のプレビュー：{address}\nPDF：{address}plan.pdf\n終わるには Ctrl+C を押します。")
    if open_browser:
        threading.Thread(target=_open, args=[address], daemon=True).start()
    server.serve(Workspace(plan), listening, _Log(), since, _address(editor))
    typer.echo("\nプレビューを終わりました。")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # at once, even if the renderer is in the middle of a page; nothing is half-written: all is in memory


def _listening(port: int) -> socket.socket:
    from planbook.preview import server  # noqa: PLC0415

    try:
        return server.listen(port)
    except OSError as error:
        message = f"ポート {port} も、その後の番号も使えません（{system_reason(error)}）。"
        raise CommandFailure(f"{message}--port でほかの番号にしてください。") from error


def _version(against: str, plan: Path) -> VersionRead:
    from planbook.comparison.versions import read_revision, read_version  # noqa: PLC0415 - seldom asked for

    given = Path(against).exists()
    if given:
        version = read_version(read_plan(against), against)
    else:
        revision = read_revision(against, plan)
        version = read_version(revision.content, revision.name)
    if version.plan is None:
        raise CommandFailure(f"「{version.name}」を計画として読めないので、比べられません。")
    return version


def _address(editor: str) -> str:
    """Return the address that opens a place in an editor."""
    from planbook.preview.server import EDITORS  # noqa: PLC0415

    address = EDITORS.get(editor, editor)
    try:
        address.format(path="/", line=1, column=1)
    except (KeyError, IndexError, ValueError, AttributeError):
        usable = False
    else:
        usable = address == "" or ("{path}" in address and ":" in address)
    if not usable:
        message = (
            f"--editor の「{editor}」は使えません。{'、'.join(EDITORS)} か、"
            "{path}、{line}、{column} を含む URL（例：vscode://file{path}:{line}:{column}）を書いてください。"
        )
        raise CommandFailure(message)
    return address


class _Log:
    """Says on the terminal what a save has led to, once."""

    def __init__(self) -> None:
        self._said: object = None

    def __call__(self, preview: Preview) -> None:
        text = _news(preview)
        news = (text, preview.page and preview.page.version)
        if news != self._said:
            self._said = news
            typer.echo(f"{time.strftime('%H:%M:%S')} {text}", color=True)


def _news(preview: Preview) -> str:
    from planbook.check import reports as reporting  # noqa: PLC0415
    from planbook.preview.previewing import Printing  # noqa: PLC0415

    if preview.trouble:
        return preview.trouble
    if preview.report.errors:
        return "計画に間違いがあります。\n" + reporting.write(preview.report, "text", color=wants_color(sys.stdout))
    match preview.printing:
        case Printing.MAKING:
            warnings = f"（警告 {preview.report.warnings} 件）" if preview.report.warnings else ""
            return f"ページを新しくしました{warnings}。"
        case Printing.READY:
            return "ページも PDF も最新です。"
        case Printing.FAILED:
            return preview.pdf_trouble


def _open(address: str) -> None:
    import webbrowser  # noqa: PLC0415 - only for --open

    if not webbrowser.open(address):
        typer.echo("ブラウザーを開けませんでした。上の URL をブラウザーで開いてください。", err=True)
