"""Whatever the machine refuses is one Japanese message and exit code 2; whatever ends a command ends it cleanly."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planbook.cli import run
from planbook.errors import system_reason
from tests.plans import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "planbook"]
PATIENCE = 600.0
"""Seconds after which a command is taken to hang, on however busy a machine."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small plan."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/plan.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def shell(line: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PLANBOOK": f"{sys.executable} -m planbook", "PYTHONUTF8": "1"}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False,
        timeout=PATIENCE, **options,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("$PLANBOOK check >&-", "標準出力が閉じられている"),
        ("$PLANBOOK explain >&-", "標準出力が閉じられている"),
        ("$PLANBOOK check >/dev/full", "ディスクの空きがありません"),
        ("$PLANBOOK check --strict >/dev/full", "ディスクの空きがありません"),
        ("$PLANBOOK explain >/dev/full", "ディスクの空きがありません"),
        ("$PLANBOOK check - <&-", "標準入力を読めません"),
        ("$PLANBOOK check /dev/zero", "パイプや装置です"),
        ("$PLANBOOK build /dev/zero", "パイプや装置です"),
        ("$PLANBOOK check - </dev/zero", "大きすぎます"),
        ("mkfifo pipe; $PLANBOOK check pipe", "パイプや装置です"),
        ("mkfifo pipe; $PLANBOOK build pipe", "パイプや装置です"),
        ("mkfifo pipe; $PLANBOOK serve pipe", "パイプや装置です"),
        ("truncate -s 100M large; $PLANBOOK check large", "大きすぎます"),
        ("ln -s circle circle; $PLANBOOK check circle", "リンクのために、たどり着けません"),
        ("$PLANBOOK check $(printf 'x%.0s' {1..300})", "名前が長すぎます"),
        ("$PLANBOOK check data/plan.yaml/x", "フォルダーでないもの"),
        ("touch out; $PLANBOOK build -f html", "フォルダーでないもの"),
        ("mkdir -p out/plan.html; $PLANBOOK build -f html", "planbook が作ったものではない"),
        ("mkdir out; echo mine >out/.planbook-lock; $PLANBOOK build -f html", "planbook が作ったものではない"),
        ("$PLANBOOK build -f html -o /proc/out", ""),
    ],
)  # fmt: skip
def test_one_message_and_exit_code_2(folder: Path, line: str, words: str) -> None:
    done = shell(line, folder)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert words in done.stderr
    assert done.stderr.startswith("planbook: ")
    for english in ("file", "File", "No such", "Errno", "Error"):
        assert english not in done.stderr


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
def test_a_closed_error_stream_changes_nothing(folder: Path, closed: str) -> None:
    assert shell(f"$PLANBOOK check {closed}", folder).returncode == 0
    assert shell(f"$PLANBOOK check missing.yaml {closed}", folder).returncode == 2


def test_every_reason_of_the_system_is_japanese() -> None:
    for number in errno.errorcode:
        reason = system_reason(OSError(number, os.strerror(number)))
        assert not reason.isascii()
        assert os.strerror(number) not in reason


def test_lack_of_memory_is_no_bug(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def lacking(*_: object) -> int:
        raise MemoryError

    monkeypatch.setattr("planbook.cli._call", lacking)
    assert run(["check"]) == 2
    assert "メモリが足りません" in capsys.readouterr().err


def test_few_files_at_a_time_are_said(folder: Path) -> None:
    """Whatever is the first that can not be opened."""
    said = set()
    for number in (3, 4, 5, 6, 8):
        done = shell("$PLANBOOK build -f html", folder, preexec_fn=_files(number))
        if done.returncode and "planbook: " in done.stderr:
            assert done.returncode == 2
            assert "ファイルの数の上限" in done.stderr
            said.add(number)
    assert said or shell("$PLANBOOK build -f html", folder).returncode == 0


def _files(number: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (number + 20, number + 20))


def test_lines_that_github_takes_for_commands_are_made_harmless(folder: Path) -> None:
    line = "$PLANBOOK build '::error::x.yaml'; $PLANBOOK build -f html -o '::set-env name=A::'"
    done = shell(f"export GITHUB_ACTIONS=true; cp data/plan.yaml '::warning::y.yaml'; {line}", folder)
    text = done.stdout + done.stderr
    assert "::" in text
    assert [each for each in text.splitlines() if each.lstrip().startswith(("::", "##["))] == []
    usual = shell("$PLANBOOK build -f html -o '::set-env name=A::'", folder).stdout
    assert usual.startswith("::set-env")


WRITING = """
import os, sys
import planbook.cli.build as build
from planbook.__main__ import main
number, write_all = int(sys.argv[1]), build.write_all
def asked(folder, outputs):
    os.kill(os.getpid(), number)
    write_all(folder, outputs)
build.write_all = asked
sys.argv = ["planbook", "build", "-f", "html"]
main()
"""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))


ENDED = f"import time\n{WRITING}".replace("os.kill(os.getpid(), number)", "os.kill(PROCESS, number); time.sleep(60)")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is not limited in this way")
@pytest.mark.parametrize(
    ("process", "number", "said"),
    [
        (
            "os.getpid()",
            signal.SIGSEGV,
            "メモリが足りないか、プロセスの数の上限に達しました。上限（ulimit -v、ulimit -u）",
        ),
        (
            "os.getpid()",
            signal.SIGKILL,
            "メモリが足りないか、プロセスの数の上限に達しました。上限（ulimit -v、ulimit -u）",
        ),
        ("os.getppid()", signal.SIGTERM, "中断しました"),
        ("os.getppid()", signal.SIGINT, "中断しました"),
    ],
)
def test_what_a_library_ends_where_memory_is_limited_is_said(
    folder: Path, process: str, number: signal.Signals, said: str
) -> None:
    script = ENDED.replace("PROCESS", process)
    done = subprocess.run(
        [sys.executable, "-c", script, str(int(number))], cwd=folder, capture_output=True, text=True, check=False,
        preexec_fn=_limited, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"planbook: {said}")
    assert done.stderr.count("\n") == 1
    assert not (folder / "out").exists() or not [each for each in (folder / "out").iterdir() if each.suffix == ".html"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_asks_a_build_to_end_ends_it_cleanly(folder: Path, number: signal.Signals) -> None:
    assert shell("$PLANBOOK build -f html", folder).returncode == 0
    before = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", WRITING, str(int(number))], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "planbook: 中断しました。\n")
    assert {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == before


def test_what_is_to_be_ignored_stays_ignored(folder: Path) -> None:
    script = (
        "import os, signal, sys; from planbook.cli.interrupts import raise_on_signals; raise_on_signals(); "
        "os.kill(os.getpid(), signal.SIGHUP); print('lives')"
    )
    done = shell(f'trap "" HUP; {sys.executable} -c "{script}"', folder)
    assert done.stdout == "lives\n"


STARTING = """
import builtins, os, signal, sys
count, wanted = 0, int(sys.argv[1])
real = builtins.__import__
def counted(*arguments, **named):
    global count
    count += 1
    if count == wanted:
        os.kill(os.getpid(), signal.SIGINT)
    return real(*arguments, **named)
from planbook.__main__ import main
sys.argv = ["planbook", "build", "-f", "html"]
builtins.__import__ = counted
main()
"""


@pytest.mark.parametrize("moment", [1, 2, 3, 5, 10, 30, 100, 300, 1000])
def test_an_interrupt_while_it_begins_shows_no_traceback(folder: Path, moment: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTING, str(moment)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode in {2, -signal.SIGINT}
    assert done.stderr in {"", "planbook: 中断しました。\n"}


FORKING = """
import os, signal, sys
fork, wanted, count = os.fork, int(sys.argv[1]), 0
def interrupted():
    global count
    count += 1
    if count == wanted:
        os.kill(os.getpid(), signal.SIGINT)
    return fork()
os.fork = interrupted
sys.argv = ["planbook", "build", "-f", "pdf"]
import planbook.pdf.workers as workers
workers.available.__globals__["os"].sched_getaffinity = lambda _: {0, 1, 2}
from planbook.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there are other processes on Linux alone")
@pytest.mark.parametrize("moment", [1, 2, 3])
def test_an_interrupt_at_a_fork_ends_the_build(folder: Path, moment: int) -> None:
    command = [sys.executable, "-c", FORKING, str(moment)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (2, "planbook: 中断しました。\n")
    assert not (folder / "out").exists()


def test_a_second_build_waits_and_says_so(folder: Path) -> None:
    script = (
        "import sys, pathlib; from planbook.output.lock import only_writer\n"
        "with only_writer(pathlib.Path('out'), print): print('holding', flush=True); sys.stdin.readline()"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdin
        assert first.stdout
        assert first.stdout.readline() == "holding\n"
        build = [*COMMAND, "build", "-f", "html"]
        with subprocess.Popen(build, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as second:
            assert second.stderr
            waits = f"ほかの planbook（プロセス {first.pid}）が out に書き出しているので、終わるのを待っています。\n"
            assert second.stderr.readline() == waits
            plan = folder / "data/plan.yaml"
            plan.write_text(SMALL.replace("ためし計画", "あたらしい計画"), encoding="utf-8")
            first.stdin.write("\n")
            first.stdin.flush()
            assert second.wait() == 0
    assert "あたらしい計画" in (folder / "out/plan.html").read_text(encoding="utf-8")


def test_builds_at_once_all_end_well_and_leave_one_set(folder: Path) -> None:
    builds = [
        subprocess.Popen([*COMMAND, "build", "-f", "html"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for build in builds:
        build.communicate()
    assert [build.returncode for build in builds] == [0, 0, 0]
    assert {path.name for path in (folder / "out").iterdir()} == {"plan.html", "system-table.html", "sheets.html"}
