"""How commands write: by one process at a time, and what they say of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import typer

from planbook.cli.files import harmless
from planbook.errors import CommandFailure, system_reason
from planbook.output.lock import FolderBusy, NotOurLock
from planbook.output.replacing import InTheWay, NotUndone
from planbook.output.write import writing_to
from planbook.project.file_access import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def only_writing(folder: Path) -> Iterator[None]:
    """Be the only one that writes to the folder; say in Japanese what the machine refuses there."""

    def waiting(owner: int | None) -> None:
        say(f"{_other(owner)}が {folder} に書き出しているので、終わるのを待っています。", err=True)

    with writing_failures(folder), writing_to(folder, waiting):
        yield


@contextlib.contextmanager
def writing_failures(folder: Path) -> Iterator[None]:
    """Say in Japanese, as CommandFailure, what the machine refuses in the folder."""
    try:
        yield
    except FolderBusy as error:
        message = f"{_other(error.owner)}が {folder} に書き出したまま終わりません。"
        raise CommandFailure(f"{message}それを終えてから、もう一度実行してください。") from error
    except (NotOurLock, InTheWay) as error:
        message = f"「{error}」は planbook が作ったものではないので、書き換えません。別の場所へ移してください。"
        raise CommandFailure(f"{message}\n前の出力はそのままです。") from error
    except NotUndone as error:
        message = f"{folder} のファイルを入れ替える途中で、書き込めなくなりました（{_reason(error.__cause__)}）。"
        raise CommandFailure(f"{message}\n直してからもう一度実行すると、続きから入れ替えます。") from error
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{folder} に書き出せません（{_reason(error)}）。前の出力はそのままです。"
        raise CommandFailure(message) from error


def replace_plan(plan: Path, old: bytes, new: bytes) -> None:
    """Write the plan file: it is the old one or the new one at any time, whatever happens.

    Raises:
        CommandFailure: it is not `old` any more, or it can not be written.

    """
    try:
        if plan.read_bytes() != old:
            raise CommandFailure(f"「{plan}」が、その間に書き換えられました。もう一度実行してください。")
        replace_file(plan, new)
    except OSError as error:
        raise CommandFailure(f"「{plan}」に書き込めません（{system_reason(error)}）。計画はそのままです。") from error


def _reason(error: BaseException | None) -> str:
    if isinstance(error, PermissionError):
        return "書き込めません。ほかのプログラムで開いていれば閉じてください"
    return system_reason(error) if error else ""


def _other(owner: int | None) -> str:
    return f"ほかの planbook（プロセス {owner}）" if owner else "ほかの planbook "


def say(text: str, *, err: bool = False) -> None:
    """Print a text; on the error stream, colours stay where the stream can show them."""
    typer.echo(harmless(text), err=err, color=err or None)
