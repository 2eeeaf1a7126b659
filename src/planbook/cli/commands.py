"""All commands with their options and help pages, by typer."""

from __future__ import annotations

from typing import Annotated

import typer

from planbook import __version__
from planbook.cli import build, check, collect, diff, explain, export, extend, init, schema, serve
from planbook.cli.japanese import JapaneseCommand, JapaneseGroup, UsageError, complaint
from planbook.errors import CommandFailure

_INTERRUPTED = 130
"""What typer makes of Ctrl-C inside a command."""

app = typer.Typer(
    name="planbook",
    cls=JapaneseGroup,
    help="行政計画を一つの YAML ファイルから PDF と HTML にします。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - as typer calls it
    if wanted:
        typer.echo(f"planbook {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="版を表示します。")
    ] = False,
) -> None:
    """行政計画を一つの YAML ファイルから PDF と HTML にします。"""


app.command("check", cls=JapaneseCommand)(check.check)
app.command("build", cls=JapaneseCommand)(build.build)
app.command("diff", cls=JapaneseCommand)(diff.diff)
app.command("serve", cls=JapaneseCommand)(serve.serve)
app.command("export", cls=JapaneseCommand)(export.export)
app.command("collect", cls=JapaneseCommand)(collect.collect)
app.command("init", cls=JapaneseCommand)(init.init)
app.command("extend", cls=JapaneseCommand)(extend.extend)
app.command("explain", cls=JapaneseCommand)(explain.explain)
app.command("schema", cls=JapaneseCommand)(schema.schema)


def call(arguments: list[str]) -> int:
    """Run one command and return its exit code.

    Raises:
        CommandFailure: the command line is wrong.
        KeyboardInterrupt: the command was interrupted.

    """
    try:
        code = app(arguments, prog_name="planbook", standalone_mode=False)
    except UsageError as error:
        if type(error).__name__ != "NoArgsIsHelpError":
            raise CommandFailure(complaint(error)) from error
        typer.echo(getattr(error, "message", ""))
        return 2
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0
