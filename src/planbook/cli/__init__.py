"""The command line: options → one call → print → exit code.

Exit codes: 0 clean, 1 the plan has problems, 2 the command or the machine has, 3 a bug in planbook.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys

# Looking for plugins of pydantic takes as long as reading a plan, and planbook has none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer

from planbook.cli import build, check, explain, init, schema, serve
from planbook.cli.failures import CommandFailure
from planbook.cli.japanese import JapaneseCommand, JapaneseGroup, UsageError, complaint
from planbook.failures import bug_report

_INTERRUPTED = 130
"""What typer makes of Ctrl-C inside a command."""

app = typer.Typer(
    name="planbook",
    cls=JapaneseGroup,
    help="行政計画を一つの YAML ファイルから PDF と HTML にします。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _root() -> None:
    """行政計画を一つの YAML ファイルから PDF と HTML にします。"""


app.command("check", cls=JapaneseCommand)(check.check)
app.command("build", cls=JapaneseCommand)(build.build)
app.command("serve", cls=JapaneseCommand)(serve.serve)
app.command("init", cls=JapaneseCommand)(init.init)
app.command("explain", cls=JapaneseCommand)(explain.explain)
app.command("schema", cls=JapaneseCommand)(schema.schema)


def main() -> None:
    """Run the command line and exit. No user ever sees a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that a test or a host program put there
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    code = run(sys.argv[1:])
    gc.freeze()  # everything ends with the process: to look for garbage first takes a tenth of the whole check
    sys.exit(code)


def run(arguments: list[str]) -> int:  # noqa: PLR0911 - one for each way to end
    """Run one command and return its exit code."""
    try:
        code = app(arguments, prog_name="planbook", standalone_mode=False)
        sys.stdout.flush()
    except CommandFailure as failure:
        _say(str(failure))
        return 2
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(getattr(error, "message", ""))
        else:
            _say(complaint(error))
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _say("中断しました。")
        return 2
    except BrokenPipeError:
        # The reader has gone (`planbook check | head`); leave nothing for the interpreter to flush at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a bug of ours, and the user is told how to report it
        _say(bug_report(error))
        return 3
    if code == _INTERRUPTED:
        _say("中断しました。")
        return 2
    return code if isinstance(code, int) else 0


def _say(message: str) -> None:
    typer.echo(f"planbook: {message}", err=True)
