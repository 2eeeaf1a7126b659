"""The command line: options → one call → print → exit code.

Exit codes: 0 clean, 1 the plan has problems, 2 the command or the machine has, 3 a bug in planbook.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys

from planbook.cli.interrupts import end_on_signals, raise_on_signals, was_received
from planbook.cli.limits_of_system import is_limited, run_apart
from planbook.errors import CommandFailure, bug_report, system_reason
from planbook.project.garbage_collection import collect_garbage_rarely

# planbook has no plugins of pydantic; to look for them through all installed packages takes time of every check.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main() -> None:
    """Run the command line and exit. No user ever sees a traceback."""
    raise_on_signals()
    if sys.stderr is None:  # closed, like standard output below, before planbook began
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the end
    if sys.stdout is None:
        _say("標準出力が閉じられているので、結果を表示できません。")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that a test or a host program put there
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    # To look for garbage takes a tenth of a check, and as much again at the end of any command.
    if _is_plain_check(sys.argv[1:]):
        gc.disable()
        code = run(sys.argv[1:])
    else:
        collect_garbage_rarely()
        code = run_apart(lambda: run(sys.argv[1:]), _say) if is_limited() else run(sys.argv[1:])
    end_on_signals()
    if was_received():
        # Threads that are in the middle of a page would still be waited for.
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        os._exit(code)
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        code = _call(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _say("中断しました。")
        return 2
    except BrokenPipeError:
        _abandon_output()  # the reader has gone (`planbook check | head`)
        return 2
    except Exception as error:  # noqa: BLE001 - what nobody has foreseen is a bug of ours, and the user is told how to report it
        message = _machine_failure(error)
        _say(message or bug_report(error))
        return 2 if message else 3
    return code


def _machine_failure(error: Exception) -> str:
    """Say what the command or the machine refuses; nothing, if it is a bug of planbook."""
    if isinstance(error, CommandFailure):
        return str(error)
    if isinstance(error, MemoryError):
        return "メモリが足りません。ほかのプログラムを終えてから、もう一度実行してください。"
    if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
        why = "メモリが足りないか、スレッドの数の上限に達しました。"
        return f"{why}ほかのプログラムを終えてから、もう一度実行してください。"
    if not isinstance(error, OSError):
        return ""
    try:
        sys.stdout.flush()
    except (OSError, ValueError) as refused:
        _abandon_output()
        return f"結果を表示できません（{system_reason(refused)}）。"
    place = f"「{error.filename}」を使えません" if error.filename else "続けられません"
    return f"{place}（{system_reason(error)}）。"


def _abandon_output() -> None:
    """Leave nothing for the interpreter to write at its end."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _call(arguments: list[str]) -> int:
    if _is_plain_check(arguments):
        from planbook.cli.check_files import check_files  # noqa: PLC0415 - neither way needs the other's modules

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
    from planbook.cli.files import harmless  # noqa: PLC0415 - a clean check does without

    try:
        print(harmless(f"planbook: {message}"), file=sys.stderr, flush=True)  # noqa: T201 - the place for printing
    except OSError:  # nowhere left to say it; what is still to be written would make an exit code of its own
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
