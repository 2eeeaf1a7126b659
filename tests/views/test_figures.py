from __future__ import annotations

from decimal import Decimal

import pytest

from planbook.plan.model import Figure, Target
from planbook.views.figures import amount, target_text


def figure(value: str, unit: str, **other: str) -> Figure:
    return Figure(value=Decimal(value), unit=unit, **other)


@pytest.mark.parametrize(
    ("printed", "given"),
    [
        ("2,300部", figure("2300", "部")),
        ("年12回", figure("12", "回", prefix="年")),
        ("1,234,567円", figure("1234567", "円")),
        ("98.50%", figure("98.50", "%")),
        ("0.5%", figure("0.5", "%")),
        ("-3人", figure("-3", "人")),
    ],
)
def test_amount(printed: str, given: Figure) -> None:
    assert amount(given) == printed


@pytest.mark.parametrize(
    ("printed", "target"),
    [
        ("講座の開催", Target(text="講座の開催")),
        (
            "ガイドの発行\n・発行部数：2,300部",
            Target(text="ガイドの発行", figures=(figure("2300", "部", name="発行部数"),)),
        ),
        ("講座の開催（20人）", Target(text="講座の開催", figures=(figure("20", "人"),))),
        ("検討\n・会議（年12回）", Target(text="検討\n・会議\n", figures=(figure("12", "回", prefix="年"),))),
        ("意見交換（9小学校区、20人）", Target(text="意見交換", figures=(figure("9", "小学校区"), figure("20", "人")))),
        (
            "支援（3か所）\n・定例会：各11回",
            Target(text="支援", figures=(figure("11", "回", name="定例会", prefix="各"), figure("3", "か所"))),
        ),
        ("講座（20人〔延べ〕）", Target(text="講座", figures=(figure("20", "人", note="延べ"),))),
        (
            "講座\n・参加者：20人（延べ）",
            Target(text="講座", figures=(figure("20", "人", name="参加者", note="延べ"),)),
        ),
        ("20人（延べ）、3回", Target(figures=(figure("20", "人", note="延べ"), figure("3", "回")))),
        ("・参加者：20人", Target(figures=(figure("20", "人", name="参加者"),))),
        ("未定", Target(text="未定")),
        ("－", Target(text="該当なし")),
    ],
)
def test_target(printed: str, target: Target) -> None:
    assert target_text(target) == printed
