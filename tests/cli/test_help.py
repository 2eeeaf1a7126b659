"""The help pages: Japanese throughout, and set for a terminal, where Japanese characters take two cells."""

from __future__ import annotations

import re
import unicodedata

import pytest

from planbook.cli import run
from planbook.cli.commands import app

COMMANDS = [command.name for command in app.registered_commands]
ENGLISH = re.compile(r"\b(Usage|Options|Arguments|Commands|default|required|Show|<\w+|x>=|list\[)\b")


def cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_is_japanese_and_aligned(command: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*([command] if command else []), "--help"]) == 0
    page = capsys.readouterr().out
    assert not ENGLISH.search(page)
    lists = re.findall(r"^\S+:\n((?:  .*\n)+)", page, re.MULTILINE)
    assert lists
    for each in lists:
        lines = each.splitlines()
        assert max(map(cells, lines)) <= 80
        columns = {cells(found[1]) for line in lines if (found := re.match(r"(  (?:\S+(?: \S+)*)?  +)\S", line))}
        assert len(columns) == 1


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"planbook \d+\.\d+\.\d+\n", capsys.readouterr().out)
