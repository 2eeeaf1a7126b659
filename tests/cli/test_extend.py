"""`planbook extend`: some years more, and nothing else of the text is another."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from planbook.check.check import check
from planbook.cli import run
from planbook.diagnostics.finding import Severity

ROOT = Path(__file__).parents[2]


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data/plan.yaml"
    path.parent.mkdir()
    path.write_bytes((ROOT / "data/plan.yaml").read_bytes())
    return path


def test_the_real_plan_a_year_longer(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = plan.read_text("utf-8")
    old = check(before.encode(), "plan").plan
    assert old is not None
    assert run(["extend", "2021"]) == 0
    said = capsys.readouterr().out
    after = plan.read_text("utf-8")
    new = check(after.encode(), "plan").plan
    assert new is not None
    assert new.years == (*old.years, 2021)
    changed = [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] in "-+"]
    assert all("2020" in line or "2021" in line for line in changed)
    assert all("2021" in line for line in changed if line[0] == "+")
    undecided = sum(action.target(2021).undecided for _, action in new.originals.values())
    assert f"続く目標  {len(new.originals) - undecided} 件" in said
    assert f"「未定」にした目標  {undecided} 件" in said
    assert 0 < undecided < len(new.originals)
    for (_, action), (_, later) in zip(old.originals.values(), new.originals.values(), strict=True):
        for year in old.years:
            assert later.target(year).model_dump() == action.target(year).model_dump()


def test_a_rehearsal_changes_nothing(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = plan.read_bytes()
    assert run(["extend", "2021", "--dry-run"]) == 0
    assert "延ばせます" in capsys.readouterr().out
    assert plan.read_bytes() == before


def test_several_years_are_one_range(plan: Path) -> None:
    assert run(["extend", "2023"]) == 0
    text = plan.read_text("utf-8")
    assert "2021-2023: 未定" in text
    assert run(["extend", "2025"]) == 0
    assert "2021-2025: 未定" in plan.read_text("utf-8")


@pytest.mark.parametrize("year", ["2020", "2018"])
def test_a_year_that_the_plan_has_is_refused(plan: Path, year: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = plan.read_bytes()
    assert run(["extend", year]) == 2
    assert "最後の年度は 2020" in capsys.readouterr().err
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    ("department", "until", "words"),
    [("社会福祉科", "2021", "先に直してください"), ("社会福祉課", "2061", "書き換えませんでした")],
)
def test_what_is_or_would_be_wrong_is_not_written(
    plan: Path, department: str, until: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = plan.read_text("utf-8").replace("departments: [社会福祉課]", f"departments: [{department}]", 1)
    plan.write_text(text, encoding="utf-8")
    before = plan.read_bytes()
    assert run(["extend", until]) == 1
    assert words in capsys.readouterr().err
    assert plan.read_bytes() == before


def test_a_plan_in_force_is_extended_and_says_what_it_takes_to_print_it(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = plan.read_text("utf-8").replace("2018-2020: 未定", "2018-2020: 情報提供").replace("stage: 案\n", "", 1)
    plan.write_text(text, encoding="utf-8")
    assert run(["extend", "2021"]) == 0
    assert "印刷できません" in capsys.readouterr().out
    outcome = check(plan.read_bytes(), "plan")
    assert {each.rule for each in outcome.diagnostics if each.severity is Severity.ERROR} == {"undecided-final"}
    plan.write_text(plan.read_text("utf-8").replace("date:", "stage: 改定案\ndate:", 1), encoding="utf-8")
    assert check(plan.read_bytes(), "plan").plan is not None
    assert run(["extend", "2022"]) == 0
    assert "印刷できません" not in capsys.readouterr().out


_OTHER_SHAPE = """\
format: 1
title: 計画
municipality: 市
stage: 案
date: 2024-03
years: {years}
columns: {columns}
vision: [まち]
departments: [福祉課]
pillars:
  - id: pillar
    title: 柱
    policies:
      - id: policy
        title: 方針
        actions:
          - id: one
            title: 相談
            departments: [福祉課]
            targets: {{{first}}}  # 第一
          - id: two
            title: 見守り
            departments: [福祉課]
            targets: {{{second}}}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ("2024-2026", "[現状, 2024, 2025, 2026]", "現状: 甲, 2024-2026: 乙", "現状: 甲, 2024-2025: 乙, 2026: 丙"),
            (
                "2024-2028",
                "[現状, 2024, 2025, 2026, 2027, 2028]",
                "現状: 甲, 2024-2028: 乙",
                "現状: 甲, 2024-2025: 乙, 2026: 丙, 2027-2028: 未定",
            ),
        ),
        (
            (
                "[2024, 2025, 2026]",
                "[現状, 2024-2025, 2026, 2027年度以降]",
                "現状: 甲, 2024-2026: 乙, 2027年度以降: 丁",
                "現状: 甲, 2024-2025: 乙, 2026: 未定, 2027年度以降: 丁",
            ),
            (
                "[2024, 2025, 2026, 2027, 2028]",
                "[現状, 2024-2025, 2026, 2027, 2028, 2027年度以降]",
                "現状: 甲, 2024-2028: 乙, 2027年度以降: 丁",
                "現状: 甲, 2024-2025: 乙, 2026-2028: 未定, 2027年度以降: 丁",
            ),
        ),
        (
            ("2023-2026", "[2023-2024, 2025-2026]", "2023-2026: 乙", "2023-2024: 乙, 2025-2026: 丙"),
            (
                "2023-2028",
                "[2023-2024, 2025-2026, 2027-2028]",
                "2023-2028: 乙",
                "2023-2024: 乙, 2025-2026: 丙, 2027-2028: 未定",
            ),
        ),
        (
            ("2024-2026", "[現状, 目標]", "現状: 甲, 目標: 乙", "現状: 甲, 目標: 丙"),
            ("2024-2028", "[現状, 目標]", "現状: 甲, 目標: 乙", "現状: 甲, 目標: 丙"),
        ),
    ],
)
def test_columns_pillars_and_a_range_of_years(plan: Path, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    names = ("years", "columns", "first", "second")
    plan.write_text(_OTHER_SHAPE.format(**dict(zip(names, before, strict=True))), "utf-8")
    assert run(["extend", "2028"]) == 0
    assert plan.read_text("utf-8") == _OTHER_SHAPE.format(**dict(zip(names, after, strict=True)))


def test_columns_that_are_words_with_years_are_named(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = {"years": "2024-2026", "columns": "[2024-2026, 令和9年度以降]"}
    targets = "2024-2026: 甲, 令和9年度以降: 乙"
    plan.write_text(_OTHER_SHAPE.format(**words, first=targets, second=targets), "utf-8")
    assert run(["extend", "2028"]) == 0
    assert "欄「令和9年度以降」" in capsys.readouterr().out
