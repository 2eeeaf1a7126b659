"""The command: ports, saves of every kind, and its end."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from .conftest import ROOT, Serving, wait_for  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "複合的な課題を抱える市民が", "複合的な課題を抱えるすべての市民が"


def shows(serving: Serving, text: str) -> bool:
    return text in serving.ask("/plan.html")[2].decode()


def test_a_save_of_any_kind_is_noticed(serving: Serving) -> None:
    plan = serving.plan
    text = plan.read_text("utf-8")
    assert OLD in text
    plan.write_text(text.replace(OLD, "そのまま書いた"), encoding="utf-8")
    wait_for(lambda: shows(serving, "そのまま書いた"))
    serving.edit("そのまま書いた", "名前を替えて書いた")
    wait_for(lambda: shows(serving, "名前を替えて書いた"))
    plan.rename(plan.with_name("plan.bak"))  # vim
    plan.write_text(text.replace(OLD, "控えを残して書いた"), encoding="utf-8")
    wait_for(lambda: shows(serving, "控えを残して書いた"))
    with plan.open("w", encoding="utf-8") as file:  # half of it, for a moment
        file.write(text[: len(text) // 2])
        file.flush()
        serving.wait(lambda state: state["failed"])
        file.write(text[len(text) // 2 :])
    serving.wait(lambda state: not state["failed"])
    assert shows(serving, OLD)
    other = serving.folder / "elsewhere"
    (serving.folder / "data").rename(other)
    serving.wait(lambda state: state["trouble"])
    other.joinpath("plan.yaml").write_text(text.replace(OLD, "戻ってきた"), encoding="utf-8")
    other.rename(serving.folder / "data")
    wait_for(lambda: shows(serving, "戻ってきた"))
    serving.edit("戻ってきた", "その後も")
    wait_for(lambda: shows(serving, "その後も"))


def test_a_deleted_plan_leaves_the_last_page_until_it_returns(serving: Serving) -> None:
    version = serving.settle()["page"]
    content = serving.plan.read_bytes()
    serving.plan.unlink()
    state = serving.wait(lambda state: state["failed"])
    assert "data/plan.yaml」がありません" in state["trouble"]
    assert state["page"] == version
    serving.plan.write_bytes(content)
    assert serving.wait(lambda state: not state["failed"])["page"] == version


def test_twenty_saves_a_second_end_in_the_last(serving: Serving) -> None:
    text = serving.plan.read_text("utf-8")
    said = serving.said.count("ページを新しくしました")
    begun = time.monotonic()
    for number in range(40):
        while time.monotonic() < begun + number / 20:
            time.sleep(0.001)
        serving.plan.write_text(text.replace(OLD, f"{number}回目の保存で"), encoding="utf-8")
    wait_for(lambda: shows(serving, "39回目の保存で"))
    serving.settle()
    assert 1 <= serving.said.count("ページを新しくしました") - said <= 40


def test_own_templates_may_come_and_go(serving: Serving) -> None:
    before = serving.settle()["page"]
    own = serving.folder / "templates/css"
    own.mkdir(parents=True)
    shutil.copy(ROOT / "templates/css/web.css", own)
    with (own / "web.css").open("a", encoding="utf-8") as file:
        file.write("h1 { color: green }\n")
    wait_for(lambda: shows(serving, "h1 { color: green }"))
    shutil.rmtree(serving.folder / "templates")
    assert serving.wait(lambda state: state["page"] == before)


def test_chapters_and_pictures_are_watched(workspace: Path) -> None:
    plan = workspace / "data/plan.yaml"
    text = (
        plan.read_text(encoding="utf-8").replace("\nbook: {begin: policy}\n", "\n")
        + "\nbook: {parts: [cover, {chapter: chapters/a.md}, contents, system-table, sheets]}\n"
    )
    plan.write_text(text, encoding="utf-8")
    folder = plan.parent / "chapters"
    with Serving(workspace, "--port", "0") as serving:
        assert "chapters/a.md" in serving.wait(lambda state: state["problems"])["problems"][0]["message"]
        folder.mkdir()  # not watched when it was missing
        (folder / "a.md").write_text("# はじめに\n\n![地図](map.svg)\n", encoding="utf-8")
        serving.wait(lambda state: "map.svg" in json.dumps(state["problems"], ensure_ascii=False))
        picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M{}h9v9"/></svg>'
        (folder / "map.svg").write_text(picture.format("0 0"), encoding="utf-8")
        first = serving.settle()
        (folder / "map.svg").write_text(picture.format("0 5"), encoding="utf-8")
        second = serving.wait(lambda state: state["page"] != first["page"])
        (folder / "a.md").write_text("# はじめの言葉\n\n![地図](map.svg)\n", encoding="utf-8")
        serving.wait(lambda state: state["page"] != second["page"])
        assert "はじめの言葉" in serving.ask("/plan.html")[2].decode()
        # The PDF follows too.
        assert serving.settle()["pdf"]["version"] != first["pdf"]["version"]


def test_starts_with_a_faulty_plan(workspace: Path) -> None:
    plan = workspace / "data/plan.yaml"
    good = plan.read_text("utf-8")
    plan.write_text(good.replace("format: 1", "format: 1\ntitel: x"), encoding="utf-8")
    with Serving(workspace, "--port", "0") as serving:
        state = serving.wait(lambda state: state["problems"])
        assert state["problems"][0]["place"] == "data/plan.yaml:7:1"
        assert serving.ask("/")[0] == 200
        assert serving.ask("/plan.pdf")[0] == 503
        assert serving.ask("/plan.html")[1]["retry-after"] == "1"
        wait_for(lambda: "計画に間違いがあります" in serving.said)
        plan.write_text(good, encoding="utf-8")
        serving.wait(lambda state: not state["failed"])
        assert serving.ask("/plan.html")[0] == 200


def test_a_busy_port_gives_the_next_free_one(workspace: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with Serving(workspace, "--port", str(port)) as serving:
            assert serving.port > port
            assert f"ポート {port} はほかで使われているので、{serving.port} を使います。" in serving.said
            assert serving.ask("/")[0] == 200


def test_ctrl_c_ends_at_once_even_in_the_middle_of_work(workspace: Path) -> None:
    serving = Serving(workspace, "--port", "0")
    connection = socket.create_connection(("127.0.0.1", serving.port))  # a browser that listens
    connection.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{serving.port}\r\n\r\n".encode())
    assert connection.recv(10)
    serving.wait(lambda state: state["page"] and state["pdf"]["state"] == "making")
    assert serving.interrupt() < 1.5
    connection.close()
    assert serving.process.returncode == 0
    wait_for(lambda: "プレビューを終わりました。" in serving.said)
    assert "Traceback" not in serving.said


def test_a_missing_file_is_said_before_anything_starts(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from planbook.cli import main; main()", "serve", "plam.yaml"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ファイル「plam.yaml」がありません" in done.stderr


def test_no_other_command_loads_the_server() -> None:
    script = (
        "import sys; from planbook.cli import run; run(['build', '--help']);"
        "import planbook.output.documents, planbook.check.check;"
        "print(sorted({'starlette', 'uvicorn', 'watchfiles', 'anyio'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_opens_the_browser_if_asked(workspace: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{told}"\n', encoding="utf-8")
    browser.chmod(0o755)
    os.environ["BROWSER"] = str(browser)
    try:
        with Serving(workspace, "--port", "0", "--open") as serving:
            wait_for(lambda: told.exists() and told.read_text("utf-8") == f"{serving.address}\n")
    finally:
        del os.environ["BROWSER"]
