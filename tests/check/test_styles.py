"""What is told of a plan is the same in every style of YAML that people and programs write."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from planbook.check.check import check
from tests.check.test_corrections import PLAN

ROOT = Path(__file__).parents[2]
PLANS = {
    "small": PLAN,
    "real": (ROOT / "data" / "plan.yaml").read_text("utf-8"),
}


class _Dumper(yaml.SafeDumper):
    """Lists stand deeper than their key, as people type them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - PyYAML's
        return super().increase_indent(flow, indentless=False)


class _Blocks(_Dumper):
    """Long texts stand in blocks."""


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if len(text) > 12 else None)


_Blocks.add_representer(str, _block)


def _quoted_values(text: str) -> str:
    """Quote the values and leave the keys as they are."""
    lines = []
    for line in text.split("\n"):
        key, colon, value = line.partition(": ")
        plain = value and value[0] not in "[{|\"'#" and "#" not in value
        lines.append(f'{key}: "{value}"' if colon and plain and "{" not in key and "#" not in key else line)
    return "\n".join(lines)


def _dumped(dumper: type[yaml.SafeDumper] = _Dumper, **options: Any) -> Any:
    def write(text: str) -> str:
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - all values stay text
        style: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": 100_000} | options
        return str(yaml.dump(data, Dumper=dumper, **style))

    return write


STYLES = {
    "flow leaves": _dumped(default_flow_style=None),
    "block only": _dumped(default_flow_style=False),
    "lists at the column of their key": _dumped(yaml.SafeDumper, default_flow_style=False),
    "indent of four": _dumped(indent=4),
    "double quotes": _dumped(default_style='"'),
    "single quotes": _dumped(default_style="'"),
    "quoted values": _quoted_values,
    "block scalars": _dumped(_Blocks),
    "all in braces": _dumped(default_flow_style=True, width=10**9),
    "all in braces over lines": _dumped(default_flow_style=True, width=80),
    "leaves over lines": _dumped(default_flow_style=None, width=20),
    "JSON": lambda text: json.dumps(yaml.load(text, Loader=yaml.BaseLoader), ensure_ascii=False, indent=2),  # noqa: S506
    "JSON in one line": lambda text: json.dumps(yaml.load(text, Loader=yaml.BaseLoader), ensure_ascii=False),  # noqa: S506
    "keys in another order": _dumped(sort_keys=True),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "document markers": lambda text: f"---\n{text.rstrip()}\n...\n",
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("plan", PLANS)
def test_plan_in_another_style_has_no_other_report(plan: str, style: str) -> None:
    assert told(STYLES[style](PLANS[plan])) == told(PLANS[plan])


def told(text: str) -> list[tuple[str, str]]:
    """Return what is told of a plan; programs keep no comments, so none that allows something counts."""
    found = check(re.sub("# planbook: allow.*", "", text).encode(), "plan").diagnostics
    return sorted((each.rule, each.message) for each in found)
