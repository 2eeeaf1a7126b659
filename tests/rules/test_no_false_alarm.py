"""A file that YAML reads as it was meant is never called wrong, however it is quoted."""

from __future__ import annotations

import copy
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planbook.check.check import check
from planbook.diagnostics.finding import Severity
from tests.plans import SMALL

# What typing slips are made of, between letters: none of it is a slip where it stands in quotes.
SIGNS = "ab1 　:：,，、[]{}［］｛｝\"'“”「」#＃*&!|>%@`-－—ー~?=;.\\/\n"
texts = st.text(SIGNS, min_size=1, max_size=24).filter(lambda text: text.strip(" 　\n") != "")


def planned(title: str, goal: str, target: str, note: str) -> dict[str, Any]:
    plan = copy.deepcopy(yaml.load(SMALL, Loader=yaml.BaseLoader))  # noqa: S506 - all values stay text
    project = plan["policies"][0]["measures"][0]["projects"][0]
    project["title"], project["goal"] = title, goal
    project["actions"][0]["targets"] = {
        "2024": target,
        "2025": {"text": target, "figures": [{"value": "3", "unit": "か所", "note": note}]},
    }
    return plan


@settings(max_examples=150, deadline=None)
@given(
    st.tuples(texts, texts, texts, texts),
    st.fixed_dictionaries(
        {
            "default_flow_style": st.sampled_from([None, False]),
            "default_style": st.sampled_from(['"', "'"]),
            "width": st.sampled_from([80, 10_000]),
        }
    ),
)
@example(("題", "目標", "a", 'a" onclick="alert(1)'), {"default_style": "'"})
@example(("題", "目標", "a", "</td>"), {"default_style": '"'})
@example(("題", "目標", "a", "{"), {"default_style": "'"})
@example(("題", "目標", "a", "'\n"), {"default_style": "'"})
def test_what_yaml_reads_is_not_called_wrong(typed: tuple[str, str, str, str], form: dict[str, Any]) -> None:
    text = yaml.dump(planned(*typed), allow_unicode=True, sort_keys=False, **form)
    errors = [each for each in check(text.encode(), "plan.yaml").diagnostics if each.severity is Severity.ERROR]
    assert errors == [], text
