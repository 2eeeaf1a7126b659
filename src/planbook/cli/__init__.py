"""The command line: options → one call → print → exit code.

Exit codes: 0 clean, 1 the plan has problems, 2 the command or the machine has, 3 a bug in planbook.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from planbook.errors import CommandFailure, bug_report
from planbook.project.garbage_collection import collect_garbage_rarely

if TYPE_CHECKING:
    from types import ModuleType

# planbook has no plugins of pydantic; only to load what would look for them takes 3 % of a check.
sys.modules["pydantic.plugin._loader"] = cast("ModuleType", SimpleNamespace(get_plugins=tuple))


def main() -> None:
    """Run the command line and exit. No user ever sees a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that a test or a host program put there
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    # To look for garbage takes a tenth of a check, and as much again at the end of any command.
    if _is_plain_check(sys.argv[1:]):
        gc.disable()
    else:
        collect_garbage_rarely()
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        code = _call(arguments)
        sys.stdout.flush()
    except CommandFailure as failure:
        _say(str(failure))
        return 2
    except KeyboardInterrupt:
        _say("中断しました。")
        return 2
    except BrokenPipeError:
        # The reader has gone (`planbook check | head`); leave nothing for the interpreter to flush at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a bug of ours, and the user is told how to report it
        _say(bug_report(error))
        return 3
    return code


def _call(arguments: list[str]) -> int:
    if _is_plain_check(arguments):
        from planbook.cli.plain_check import check_files  # noqa: PLC0415 - neither way needs the other's modules

        return check_files(arguments[1:])
    from planbook.cli.commands import call  # noqa: PLC0415

    return call(arguments)


def _is_plain_check(arguments: list[str]) -> bool:
    """Tell whether this is `planbook check` with nothing but names of files, as hooks call it on every commit.

    Typer has nothing to decide then, and to start it and build all commands takes longer than the check itself. A
    console of Windows is prepared for colours by typer.
    """
    if arguments[:1] != ["check"] or (sys.platform == "win32" and sys.stdout.isatty()):
        return False
    return all(name == "-" or not name.startswith("-") for name in arguments[1:])


def _say(message: str) -> None:
    print(f"planbook: {message}", file=sys.stderr)  # noqa: T201 - the command line is where printing belongs
