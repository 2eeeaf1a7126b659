"""All files of a build are written, or none."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from planbook.output.write import write_all
from planbook.project.publication import FileFormat, Output, Publication

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


def named(outputs: list[Output]) -> dict[str, bytes]:
    return {output.name: output.content for output in outputs}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    write_all(folder, OLD)
    return folder


def test_makes_the_folder_and_leaves_nothing_else_behind(out: Path) -> None:
    assert contents(out) == named(OLD)


def test_replaces_all_and_keeps_what_is_not_its_own(out: Path) -> None:
    (out / "notes.txt").write_bytes(b"mine")
    write_all(out, NEW)
    assert contents(out) == named(NEW) | {"notes.txt": b"mine"}


@pytest.mark.parametrize("interruption", [OSError(errno.EACCES, "open elsewhere"), KeyboardInterrupt()])
@pytest.mark.parametrize("moment", range(1, 8))
def test_a_failing_replacement_puts_everything_back(
    out: Path, monkeypatch: pytest.MonkeyPatch, interruption: BaseException, moment: int
) -> None:
    moves = 0
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves == moment:
            raise interruption
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(type(interruption)):
        write_all(out, NEW)
    assert contents(out) == named(OLD)


def test_a_full_disk_leaves_the_old_files(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_all(out, NEW)
    assert contents(out) == named(OLD)


def test_what_a_killed_build_left_is_cleared_away(out: Path) -> None:
    (out / ".planbook-killed").mkdir()
    (out / ".planbook-killed" / "a.pdf").write_bytes(b"half")
    write_all(out, OLD)
    assert contents(out) == named(OLD)
