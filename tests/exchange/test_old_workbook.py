"""An .xls is read by a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planbook.exchange.worksheets import UnreadableWorkbook, read_sheets

if TYPE_CHECKING:
    from pathlib import Path


def test_modules_in_the_current_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A folder that somebody sent, with replies and a json.py in it.
    (tmp_path / "json.py").write_text("open('run', 'w')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableWorkbook):
        read_sheets(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert not (tmp_path / "run").exists()
