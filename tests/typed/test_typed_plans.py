"""Plans of kinds that cities print, typed so: nothing is complained of, and all that was typed is there."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.project.publication import Publication
from planbook.views.indicators import indicator_values, indicators_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

PLANS = sorted(Path(__file__).parent.glob("*.yaml"))

# What stands before a title, as the city prints it: looked up with the title, in the order of the plan.
NUMBERED = {
    "gender-equality": [
        "基本目標Ⅰ人権の尊重と男女共同参画の意識づくり",
        "重点目標1男女共同参画への意識改革",
        "(2)学校教育・生涯学習における男女平等教育の推進",
        "②生涯学習の場での学習機会の提供",
        "基本目標Ⅲ安全・安心な暮らしの実現",
        "重点目標2男女共同参画の視点からの防災",
    ],
    "resilience": [
        "1人命を守る",
        "1-1建物の倒壊や火災による死傷者の発生",
        "1-1-1★住宅の耐震化の促進",
        "1-1-2感震ブレーカーの設置補助新",
        "2-2-2下水道管のマンホール浮上対策継",
    ],
}


def plan_of(path: Path) -> Plan:
    checked = check(path.read_bytes(), path.name)
    assert [(each.rule, each.span.line) for each in checked.diagnostics] == []
    assert checked.plan
    return checked.plan


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_nothing_is_complained_of(path: Path) -> None:
    plan_of(path)


@pytest.mark.parametrize("name", NUMBERED)
def test_all_that_was_typed_is_printed(name: str) -> None:
    plan = plan_of(next(path for path in PLANS if path.stem == name))
    pdf = BookPrinter(Templates()).print(plan, [Publication.PLAN], lambda *_: None)[0].content
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    printed = _bare(text)
    assert [each for each in (*_typed(plan), *NUMBERED[name]) if _bare(each) not in printed] == []


def _typed(plan: Plan) -> Iterator[str]:
    for section in plan.sections():
        yield section.title
        yield section.goal or ""
        for heading, said in section.texts.items():
            yield heading
            yield from (said,) if isinstance(said, str) else said
    for _, action in plan.originals.values():
        yield action.title
        yield action.content or ""
        for target in action.targets.values():
            yield "" if target.not_applicable else target.text or ""
            yield from (str(figure.value) for figure in target.figures)
    for _, _, indicator in indicators_of(plan):
        yield f"{indicator.name}{indicator.unit or ''}"
        yield indicator.source or ""
        yield from (value.text for value in indicator_values(plan, indicator))


def _bare(text: str) -> str:
    return re.sub(r"[\s\u2060]", "", text)
