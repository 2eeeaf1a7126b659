"""One writer at a time for a folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planbook.output import lock
from planbook.output.lock import NAME, FolderBusy, NotOurLock, only_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import sys, pathlib
from planbook.output.lock import only_writer
with only_writer(pathlib.Path(sys.argv[1]), print):
    print("holding", flush=True)
    sys.stdin.readline()
"""


def nobody(owner: int | None) -> None:
    pytest.fail(f"waits for {owner}")


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds `tmp_path/out` until it gets a line."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "out")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


def test_a_folder_without_files_is_taken_away_again(tmp_path: Path) -> None:
    with only_writer(tmp_path / "a/b", nobody):
        assert (tmp_path / "a/b" / NAME).read_text() == f"planbook {os.getpid()}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_files_stays_without_the_lock(tmp_path: Path) -> None:
    with only_writer(tmp_path / "out", nobody):
        (tmp_path / "out/plan.pdf").touch()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["plan.pdf"]


def test_waits_for_the_other_and_tells_once_which(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    told = []

    def waiting(owner: int | None) -> None:
        told.append(owner)
        assert holder.stdin
        holder.stdin.write("\n")
        holder.stdin.flush()

    with only_writer(tmp_path / "out", waiting):
        pass
    assert told == [holder.pid]


def test_a_killed_writer_holds_nothing(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert (tmp_path / "out" / NAME).exists()
    with only_writer(tmp_path / "out", nobody):
        pass
    assert not (tmp_path / "out" / NAME).exists()


def test_a_stopped_writer_is_named_in_the_end(
    tmp_path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    holder.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(lock, "MAX_WAIT", 0)
    with pytest.raises(FolderBusy) as busy, only_writer(tmp_path / "out", lambda _: None):
        pass
    assert busy.value.owner == holder.pid
    assert (tmp_path / "out" / NAME).exists()


def test_a_file_of_that_name_that_is_no_lock_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("my notes")
    with pytest.raises(NotOurLock), only_writer(tmp_path, nobody):
        pass
    assert (tmp_path / NAME).read_text() == "my notes"


def test_a_link_of_that_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")
    (tmp_path / NAME).symlink_to(tmp_path / "mine")
    with pytest.raises(OSError, match=r"."), only_writer(tmp_path, nobody):
        pass
    assert (tmp_path / "mine").read_text() == ""


def test_many_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    script = """
import sys, pathlib, time
from planbook.output.lock import only_writer
folder = pathlib.Path(sys.argv[1])
for _ in range(8):
    with only_writer(folder, lambda _: None):
        (folder / "one").open("x").close()
        (folder / "one").unlink()
"""
    command = [sys.executable, "-c", script, str(tmp_path / "out")]
    processes = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert list(tmp_path.glob("out/*")) == []
