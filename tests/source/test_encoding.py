"""A plan that an editor opened in another encoding, and saved, is one fault."""

from __future__ import annotations

from pathlib import Path

from planbook.check.check import check

PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_text("utf-8")


def test_utf8_that_was_opened_as_shift_jis_is_one_report() -> None:
    garbled = PLAN.encode().decode("cp932", errors="replace")
    found = check(garbled.encode(), "plan").diagnostics
    assert [each.rule for each in found] == ["encoding"]
    assert "文字化け" in found[0].message and "git" in found[0].hint


def test_a_text_with_such_characters_is_none() -> None:
    text = PLAN.replace("相談窓口の周知を徹底する。", "相談窓口の周知を繧繝も徹底する。")
    assert text != PLAN
    assert "encoding" not in {each.rule for each in check(text.encode(), "plan").diagnostics}
