"""All files of a build are written, or none, whatever happens at whichever system call."""

from __future__ import annotations

import errno
import os
import signal
from itertools import count
from typing import TYPE_CHECKING

import pytest

from planbook.output.replacing import JOURNAL, InTheWay, NotUndone, finish
from planbook.output.write import write_all
from planbook.project.publication import FileFormat, Output, Publication

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = [
    Output(Publication.PLAN, FileFormat.PDF, b"old plan"),
    Output(Publication.SYSTEM_TABLE, FileFormat.PDF, b"old table"),
    Output(Publication.SHEETS, FileFormat.PDF, b"old sheets"),
]
NEW = [
    Output(Publication.PLAN, FileFormat.PDF, b"new plan"),
    Output(Publication.SYSTEM_TABLE, FileFormat.PDF, b"new table"),
    Output(Publication.PLAN, FileFormat.HTML, b"a file that was not there before"),
    Output(Publication.SHEETS, FileFormat.PDF, b"new sheets"),
]
MINE = {"notes.txt": b"mine", ".planbook-notes": b"mine too"}

CALLS = ("open", "write", "fsync", "replace", "link", "unlink")
"""All that changes files; a test makes sure that the replacing uses no others."""


def named(outputs: list[Output]) -> dict[str, bytes]:
    return {output.name: output.content for output in outputs}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def each_is_old_or_new(folder: Path) -> None:
    found, old, new = contents(folder), named(OLD), named(NEW)
    for name in old.keys() | new.keys():
        assert found.get(name) in {old.get(name), new.get(name)}, name
    assert found.items() >= MINE.items()


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "out"
    write_all(folder, OLD)
    assert contents(folder) == named(OLD)
    for name, content in MINE.items():
        (folder / name).write_bytes(content)
    # Nothing here tells whether the drive has it already, and waiting for that takes nearly all of the time.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    return folder


class Interference:
    """Does something instead of the `moment`th system call, or of it and all after it."""

    def __init__(self, moment: int, act: Callable[[], None], *, lasting: bool = False) -> None:
        self.moment, self.act, self.lasting = moment, act, lasting
        self.seen = 0

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for name in CALLS:
            patch.setattr(os, name, self.around(getattr(os, name)))

    def around(self, call: Callable[..., object]) -> Callable[..., object]:
        def interfered(*arguments: object, **named_ones: object) -> object:
            self.seen += 1
            if self.seen == self.moment or (self.lasting and self.seen > self.moment):
                self.act()
            return call(*arguments, **named_ones)

        return interfered

    @property
    def came(self) -> bool:
        return self.seen >= self.moment


def killed_at(moment: int, work: Callable[[], None]) -> bool:
    """Do work in a process that is killed before its `moment`th system call; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        with pytest.MonkeyPatch.context() as patch:
            Interference(moment, lambda: os.kill(os.getpid(), signal.SIGKILL)).install(patch)
            work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def renew(folder: Path) -> None:
    """Bring a folder back to the old files, whatever is in it."""
    for path in folder.iterdir():
        path.unlink()
    write_all(folder, OLD)
    for name, content in MINE.items():
        (folder / name).write_bytes(content)


def test_replaces_all_and_keeps_what_is_not_its_own(out: Path) -> None:
    write_all(out, NEW)
    assert contents(out) == named(NEW) | MINE


@pytest.mark.slow
def test_killed_at_any_call_each_file_is_old_or_new_and_the_next_build_writes_all(out: Path) -> None:
    for moment in count(1):
        renew(out)
        if not killed_at(moment, lambda: write_all(out, NEW)):
            break
        each_is_old_or_new(out)
        write_all(out, NEW)
        assert contents(out) == named(NEW) | MINE, moment
    assert moment > 30


@pytest.mark.slow
def test_killed_at_any_call_the_next_command_finishes_or_undoes_it(out: Path) -> None:
    outcomes = set()
    for moment in count(1):
        renew(out)
        if not killed_at(moment, lambda: write_all(out, NEW)):
            break
        finish(out)
        found = contents(out)
        drafts = {name for name in found if name.endswith(".json")}  # of a journal that never began
        assert drafts <= {".planbook-staging.json"}
        left = {name: content for name, content in found.items() if name not in drafts}
        assert left in ([named(OLD) | MINE, named(NEW) | MINE]), moment
        outcomes.add(left["plan.pdf"])
    assert outcomes == {b"old plan", b"new plan"}


@pytest.mark.slow
def test_killed_again_while_it_goes_on(out: Path) -> None:
    some = [output for output in NEW if output.publication is not Publication.SYSTEM_TABLE]  # tried in pairs of calls
    for moment in count(1):
        renew(out)
        if not killed_at(moment, lambda: write_all(out, some)):
            break
        for second in count(1):
            killed = killed_at(second, lambda: finish(out))
            each_is_old_or_new(out)
            if not killed:
                break
        assert contents(out).items() >= MINE.items()
        assert contents(out)["sheets.pdf"][:3] == contents(out)["plan.pdf"][:3], moment


@pytest.mark.slow
@pytest.mark.parametrize("kind", [errno.ENOSPC, errno.EACCES])
def test_killed_and_then_a_full_disk_loses_nothing(out: Path, kind: int) -> None:
    def full() -> None:
        raise OSError(kind, os.strerror(kind))

    for moment in count(1):
        renew(out)
        if not killed_at(moment, lambda: write_all(out, NEW)):
            break
        for second in count(1):
            with pytest.MonkeyPatch.context() as patch:
                trouble = Interference(second, full, lasting=True)
                trouble.install(patch)
                with pytest.raises((OSError, NotUndone)) if second < 4 else _either():
                    write_all(out, OLD)
            each_is_old_or_new(out)
            if not trouble.came or second > 12:
                break
        write_all(out, NEW)
        assert contents(out) == named(NEW) | MINE


class _either:  # noqa: N801 - reads as `pytest.raises` does
    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, OSError | NotUndone)


@pytest.mark.parametrize("fault", [errno.EACCES, errno.ENOSPC, errno.EIO, KeyboardInterrupt])
def test_a_fault_at_any_call_leaves_all_as_it_was_or_all_done(out: Path, fault: int | type[BaseException]) -> None:
    def fail() -> None:
        raise OSError(fault, os.strerror(fault)) if isinstance(fault, int) else fault

    for moment in count(1):
        renew(out)
        with pytest.MonkeyPatch.context() as patch:
            trouble = Interference(moment, fail)
            trouble.install(patch)
            try:
                write_all(out, NEW)
            except (OSError, KeyboardInterrupt):
                done = False
            else:
                done = True
        if not trouble.came:
            break
        visible = {name: content for name, content in contents(out).items() if name in named(NEW) | MINE}
        if fault is not KeyboardInterrupt:
            assert visible == (named(NEW) if done else named(OLD)) | MINE, moment
        assert visible in (named(NEW) | MINE, named(OLD) | MINE), moment
        finish(out)
        assert {name for name in contents(out) if name.startswith(".planbook-")} == {".planbook-notes"}, moment


def test_what_can_neither_be_replaced_nor_put_back_is_said_and_mended_by_the_next(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves = 0
    replace = os.replace

    def failing(source: object, target: object) -> None:
        nonlocal moves
        moves += 1
        if moves > 4:
            raise OSError(errno.EIO, "Input/output error")
        replace(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(NotUndone):
        write_all(out, NEW)
    each_is_old_or_new(out)
    monkeypatch.undo()
    finish(out)
    assert contents(out) == named(NEW) | MINE


def test_a_drive_without_second_names_gets_copies(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    test_a_fault_at_any_call_leaves_all_as_it_was_or_all_done(out, errno.EACCES)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "inside").write_bytes(b"mine")


def _link(path: Path) -> None:
    (path.parent / "elsewhere").write_bytes(b"mine")
    path.symlink_to(path.parent / "elsewhere")


@pytest.mark.parametrize("make", [_folder, _link, os.mkfifo])
@pytest.mark.parametrize("name", ["plan.html", ".planbook-new-plan.pdf", ".planbook-old-sheets.pdf"])
def test_what_planbook_did_not_make_is_never_deleted(out: Path, name: str, make: Callable[[Path], None]) -> None:
    make(out / name)
    kind = (out / name).lstat()
    with pytest.raises(InTheWay) as found:
        write_all(out, NEW)
    assert found.value.path == out / name
    assert (out / name).lstat() == kind
    assert contents(out).items() >= named(OLD).items()


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[1]", '{"planbook-journal": 2}', "\udcff",
        '{"planbook-journal": 1, "phase": "replacing", "files": [{"name": "../x", "existed": true, "sha256": ""}]}',
    ],
)  # fmt: skip
def test_a_file_of_the_journal_s_name_that_is_none_is_left_alone(out: Path, text: str) -> None:
    (out / JOURNAL).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(InTheWay):
        write_all(out, NEW)
    assert (out / JOURNAL).read_bytes() == text.encode(errors="surrogateescape")
    assert contents(out).items() >= named(OLD).items()
