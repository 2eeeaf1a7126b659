"""Requests that a browser does not make: the server answers this machine only, and with the outputs only."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.project.publication import Publication

from .conftest import PATIENCE  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from .conftest import Serving


def send(serving: Serving, request: str) -> bytes:
    """Send raw bytes, and return all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", serving.port), timeout=PATIENCE) as connection:
        connection.sendall(request.format(port=serving.port).replace("\n", "\r\n").encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer


def test_serves_the_page_as_published_and_with_its_script(serving: Serving) -> None:
    plan = check(serving.plan.read_bytes(), "data/plan.yaml").plan
    assert plan
    status, headers, published = serving.ask("/plan.html")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert published.decode() == render_web_page(plan, Publication.PLAN, Templates())
    live = serving.ask("/")[2]
    assert b"EventSource" in live
    assert b"EventSource" not in published
    assert b"connect-src" not in published


def test_serves_the_pdf(serving: Serving) -> None:
    status, headers, content = serving.ask("/plan.pdf")
    assert (status, headers["content-type"]) == (200, "application/pdf")
    assert content.startswith(b"%PDF-")


def test_writes_nothing(serving: Serving) -> None:
    files = {path.name for path in serving.folder.rglob("*") if path.is_file()}
    assert "plan.html" not in files
    assert "plan.pdf" not in files


def test_the_policy_of_the_live_page_admits_its_own_script_and_this_server_only(serving: Serving) -> None:
    page = serving.ask("/")[2].decode()
    found = re.search(r'Content-Security-Policy" content="(.*?)"', page)
    assert found
    policy = found[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; connect-src 'self'")
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("path", ["/", "/plan.html", "/plan.pdf", "/events", "/nowhere"])
def test_every_answer_keeps_other_sites_out(serving: Serving, path: str) -> None:
    headers = serving.ask(path, "HEAD")[1]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"])
@pytest.mark.parametrize("path", ["/", "/plan.pdf", "/events"])
def test_other_methods_are_refused(serving: Serving, method: str, path: str) -> None:
    status, _, answer = serving.ask(path, method)
    assert status == 405
    assert "読むことだけ" in answer.decode()


@pytest.mark.parametrize("path", ["/", "/plan.html", "/plan.pdf", "/events"])
def test_a_head_has_no_body_and_ends(serving: Serving, path: str) -> None:
    status, _, answer = serving.ask(path, "HEAD")
    assert (status, answer) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/data/plan.yaml", "/plan.yaml", "/../data/plan.yaml", "/..%2fdata%2fplan.yaml", "/%2e%2e/data/plan.yaml",
        "/....//data/plan.yaml", "/..\\data\\plan.yaml", "//etc/passwd", "/etc/passwd", "/plan.html/../../etc/passwd",
        "/plan.html/", "/plan.html%00", "/PLAN.HTML", "/plan.pdf;x", "/.git/config", "/out/plan.html", "/link.html",
        "/templates/css/web.css", "/file:///etc/passwd", "/%ff%fe", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_nothing_else_is_served(serving: Serving, path: str) -> None:
    (serving.folder / "out").mkdir(exist_ok=True)
    if not (serving.folder / "link.html").is_symlink():
        (serving.folder / "link.html").symlink_to("/etc/passwd")
    status, headers, answer = serving.ask(path)
    assert status == 404
    assert headers["content-type"].startswith("text/plain")
    assert b"root:" not in answer
    assert b"format: 1" not in answer


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}"])
def test_this_machine_is_known_by_two_names(serving: Serving, host: str) -> None:
    assert serving.ask("/plan.html", Host=host.format(port=serving.port))[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:{port}", "127.0.0.1", "localhost", "localhost:1", "127.0.0.1:{port}.evil.example",
        "localhost.evil.example:{port}", "evil.localhost:{port}", "0.0.0.0:{port}", "[::1]:{port}",
        "user@localhost:{port}",
        "127.1:{port}", "2130706433:{port}", "", "LOCALHOST:{port} ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/plan.pdf", "/events", "/nowhere"])
def test_other_hosts_are_refused(serving: Serving, host: str, path: str) -> None:
    status, _, answer = serving.ask(path, Host=host.format(port=serving.port))
    assert status == 403
    assert "title" not in answer.decode()


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}", "http://127.0.0.1",
        "http://127.0.0.1:{port}.evil.example", "http://localhost:{port}", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/plan.pdf", "/events"])
def test_other_origins_are_refused(serving: Serving, origin: str, path: str) -> None:
    assert serving.ask(path, Origin=origin.format(port=serving.port))[0] == 403


def test_its_own_origin_is_let_in(serving: Serving) -> None:
    assert serving.ask("/plan.html", Origin=f"http://127.0.0.1:{serving.port}")[0] == 200


@pytest.mark.parametrize(
    "request_text",
    [
        "GET / HTTP/1.1\n\n",
        "GET / HTTP/1.0\n\n",
        "GET / HTTP/1.1\nHost: 127.0.0.1:{port}\nHost: evil.example\n\n",
        "GET http://evil.example/ HTTP/1.1\nHost: evil.example\nConnection: close\n\n",
        "CONNECT evil.example:443 HTTP/1.1\nHost: evil.example:443\nConnection: close\n\n",
        "GET /../../../etc/passwd HTTP/1.1\nHost: 127.0.0.1:{port}\nConnection: close\n\n",
        "nonsense\n\n",
        "POST / HTTP/1.1\nHost: 127.0.0.1:{port}\nTransfer-Encoding: chunked\nConnection: close\n\nzz\n",
        "\x16\x03\x01",
    ],
)
def test_malformed_requests_are_refused_and_change_nothing(serving: Serving, request_text: str) -> None:
    try:
        answer = send(serving, request_text if request_text.endswith("\n") else request_text + "\n\n")
    except ConnectionResetError:
        answer = b""
    assert b" 200 " not in answer.partition(b"\r\n")[0]
    assert b"root:" not in answer
    assert b"Traceback" not in answer
    assert serving.ask("/plan.html")[0] == 200


def test_an_upgrade_is_not_taken_up(serving: Serving) -> None:
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    status, _, _ = serving.ask("/events", "HEAD", **headers, **{"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="})
    assert status != 101


def test_listens_on_loopback_only(serving: Serving) -> None:
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text("ascii").splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{serving.port:04X}")
    ]
    assert listening == [f"0100007F:{serving.port:04X}"]
