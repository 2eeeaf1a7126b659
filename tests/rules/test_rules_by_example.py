"""Every rule by its examples: the wrong one is reported as expected.txt says, the right one is clean.

This module, run as a program, writes expected.txt anew; look at what changed before you commit it.
"""

from __future__ import annotations

import re

import pytest
import yaml

from planbook.check import reports as reporting
from planbook.check.check import Checked, check
from planbook.rules import RULES
from planbook.rules.explanations import FOLDER, explanation, rule_slugs

EXAMPLES = [slug for slug in rule_slugs() if (FOLDER / slug / "wrong.yaml").exists()]


def checked(slug: str, example: str) -> Checked:
    return check((FOLDER / slug / example).read_bytes(), example)


def report(slug: str, example: str) -> str:
    return reporting.write(reporting.Report.of([example], [checked(slug, example)]), "text") + "\n"


@pytest.mark.parametrize("slug", EXAMPLES)
def test_wrong_example_is_reported_as_expected(slug: str) -> None:
    assert report(slug, "wrong.yaml") == (FOLDER / slug / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("slug", EXAMPLES)
def test_wrong_example_is_reported_by_its_rule_with_a_hint(slug: str) -> None:
    found = [diagnostic for diagnostic in checked(slug, "wrong.yaml").diagnostics if diagnostic.rule == slug]
    assert len(found) == 1
    assert found[0].hint
    assert found[0].severity == explanation(slug).severity


@pytest.mark.parametrize("slug", EXAMPLES)
def test_right_example_is_clean(slug: str) -> None:
    assert report(slug, "right.yaml") == "right.yaml: 問題はありません。\n"


@pytest.mark.parametrize("slug", EXAMPLES)
def test_reports_do_not_depend_on_libyaml(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("compose", "yaml_events"):
        monkeypatch.setattr(f"planbook.source.{module}.LOADER", yaml.SafeLoader)
    assert report(slug, "wrong.yaml") == (FOLDER / slug / "expected.txt").read_text("utf-8")


def test_every_registered_rule_is_explained() -> None:
    assert set(rule_slugs()) >= RULES.keys()
    assert all(explanation(slug).severity == rule.severity for slug, rule in RULES.items())


def test_every_slug_in_the_code_is_explained() -> None:
    parts = ("source", "plan", "chapters", "rules", "check")
    code = "\n".join(path.read_text("utf-8") for part in parts for path in (FOLDER.parents[1] / part).rglob("*.py"))
    slugs = set(re.findall(r"(?:Finding\(|return |rule, message(?:, hint)? = )\"([a-z]+(?:-[a-z]+)+)\"", code))
    assert {"unknown-column", "wrong-type", "missing-key"} <= slugs
    assert slugs <= set(rule_slugs())


def test_only_what_needs_a_huge_file_or_other_files_has_no_example() -> None:
    without = set(rule_slugs()) - set(EXAMPLES)
    assert {slug for slug in without if not slug.startswith("chapter-")} == {"too-large"}


if __name__ == "__main__":
    for each in EXAMPLES:
        (FOLDER / each / "expected.txt").write_text(report(each, "wrong.yaml"), "utf-8")
