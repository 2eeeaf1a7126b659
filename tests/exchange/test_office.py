"""Workbooks are opened and saved by LibreOffice, as .xlsx, .xls and .ods, and collected."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from planbook.cli import run
from tests.exchange.people import fill_in, saved_by_libreoffice, with_password
from tests.exchange.test_collect import ROOT, changed, collect

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_saved_by_libreoffice(plan: Path, inquiry: Path, ending: str) -> None:
    path = inquiry / "福祉課.xlsx"
    fill_in(path, "窓口の運営", "令和7年度", "窓口の増設\n・駅前")
    fill_in(path, "窓口の運営", "令和6年度", 1240, "数値")
    assert collect(plan, saved_by_libreoffice(path, ending)) == 0
    assert changed(plan) == [
        "-                   2024-2025: {text: 窓口の運営, figures: [{value: 3, unit: か所}]}",
        "+                   2024: {text: 窓口の運営, figures: [{value: 1240, unit: か所}]}",
        "+                   2025:",
        "+                     text: |-",
        "+                       窓口の増設",
        "+                       ・駅前",
        "+                     figures: [{value: 3, unit: か所}]",
    ]


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_the_real_plan_saved_by_libreoffice_changes_no_byte(tmp_path: Path, ending: str) -> None:
    plan = tmp_path / "plan.yaml"
    shutil.copy(ROOT / "data/plan.yaml", plan)
    assert run(["export", str(plan), "--all", "-o", str(tmp_path)]) == 0
    assert collect(plan, saved_by_libreoffice(tmp_path / "計画全体.xlsx", ending)) == 0
    assert plan.read_bytes() == (ROOT / "data/plan.yaml").read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_formulas_are_told_in_every_format(
    plan: Path, inquiry: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "令和7年度", '="ちらし"&"の配布"')
    assert collect(plan, saved_by_libreoffice(inquiry / "総務課.xlsx", ending)) == 1
    out = capsys.readouterr().out
    assert f"」{cell}　" in out and "式" in out


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_password(plan: Path, inquiry: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert collect(plan, with_password(inquiry / "総務課.xlsx", ending)) == 2
    assert f"総務課-password.{ending}」：パスワードが付いています。" in capsys.readouterr().err


def test_every_sheet_prints_as_pages(inquiry: Path) -> None:
    import pypdf  # noqa: PLC0415

    reader = pypdf.PdfReader(saved_by_libreoffice(inquiry / "福祉課.xlsx", "pdf"))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) == 3  # how to fill in, actions, figures; not the hidden sheet
    assert "記入する欄" in texts[0] and "窓口の運営" in texts[1] and "か所" in texts[2]
    assert all(page.mediabox.width > page.mediabox.height for page in reader.pages[1:])
