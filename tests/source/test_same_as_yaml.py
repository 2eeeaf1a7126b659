"""Nothing is lost: either there is an error, or the data are exactly what PyYAML makes of the file as it was typed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from planbook.check import check as checking
from planbook.diagnostics.finding import Severity
from planbook.rules.explanations import FOLDER
from planbook.source import read as reading
from planbook.source.fast_path import read_well_typed

PLAN = (FOLDER / "undecided" / "right.yaml").read_text("utf-8")
CORPUS = Path(__file__).parent / "corpus"
"""Files that were read otherwise than PyYAML reads them, or took too long; what is found is added here."""

TYPED = [
    *" -:　、,#\"'[]{}|>\t?!&*%\\\xa0\u2028\u200b\r",
    *("  ", "    ", " #", "# ", "- ", ": ", "：", "...\n", "---\n", "\n　\n", "\n\t\n", "\n    ", "\n  # c\n", "|-\n"),
    *('"\\0"', "\\n", "<<: ", "!!str ", "2027-2027: ", "relist: ", "title: ", "  - a\n", "[a、b]", "{a: b}"),
]


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else str(value)


def mutated(chance: random.Random) -> str:
    """Return the plan with some changes, most of them where a line or its text begins or ends."""
    text = PLAN
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text))
        if chance.random() < 0.7:
            at = text.rfind("\n", 0, at) + 1 if chance.random() < 0.5 else max(text.find("\n", at), 0)
            while chance.random() < 0.9 and text[at : at + 1] == " ":
                at += 1
        gone = chance.choice([0, 0, 0, 1, 2, 4])
        text = text[:at] + (chance.choice(TYPED) if not gone else "") + text[at + gone :]
    return text


def assert_as_yaml_reads(data: bytes) -> bool:
    """Return whether there was something to compare."""
    source = read_well_typed(data, "plan") or reading.read(data, "plan")
    if any(finding.severity is Severity.ERROR for finding in source.findings):
        return False
    assert plain(source.document.root) == plain(yaml.load(data, Loader=yaml.BaseLoader))  # noqa: S506 - texts only
    return True


@pytest.mark.parametrize("seed", range(2))
def test_mutated_plans(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    compared = sum(assert_as_yaml_reads(mutated(chance).encode()) for _ in range(150))
    assert compared > 5, "nothing is compared"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.yaml")), ids=lambda path: path.stem)
def test_corpus(path: Path) -> None:
    data = path.read_bytes()
    assert_as_yaml_reads(data)
    assert checking.check(data, "plan").count(Severity.ERROR)


def test_there_is_a_corpus() -> None:
    assert len(list(CORPUS.glob("*.yaml"))) > 5


def test_titles_first_plans_only_lack_what_is_missing() -> None:
    lines = PLAN.split("\n")
    for key in ("departments:", "goal:", "targets:", "id:", "title:"):
        for keep in range(3):
            seen, kept, inside = 0, [], -1
            for line in lines:
                indent = len(line) - len(line.lstrip())
                if inside >= 0 and line.strip() and indent > inside:
                    continue
                inside = -1
                if line.strip().startswith(key) and indent >= 12:
                    seen += 1
                    if seen > keep:
                        inside = indent
                        continue
                kept.append(line)
            found = checking.check("\n".join(kept).encode(), "plan").diagnostics
            assert {diagnostic.rule for diagnostic in found} <= {"missing-key", "target-years", "unused-department"}, (
                key,
                keep,
                found,
            )


def test_no_stand_in_is_ever_shown() -> None:
    lines = PLAN.split("\n")
    for number in range(1, len(lines), 3):
        for diagnostic in checking.check("\n".join(lines[:number]).encode(), "plan").diagnostics:
            assert "\uffff" not in diagnostic.message + diagnostic.hint
            assert "2000 年度" not in diagnostic.message
