"""A plan of two policies, to be changed in tests."""

from __future__ import annotations

from planbook.check.check import check
from planbook.comparison.compare import Comparison, compare

BASE = """\
format: 1
title: ためし計画
municipality: ためし市
date: 2024-03
years: [2024, 2025]
vision: [ともに生きる, まち]
departments: [福祉課, 総務課, 健康課]
policies:
  - id: one
    title: 福祉の充実
    measures:
      - id: consulting
        title: 相談の充実
        projects:
          - id: desks
            title: 相談窓口の設置
            goal: 相談しやすい窓口を設ける。
            approaches: [窓口を設ける。, 窓口を知らせる。]
            actions:
              - id: desk
                title: 窓口の運営
                departments: [福祉課]
                targets:
                  2024-2025: {text: 窓口の運営, figures: [{name: 窓口, value: 3, unit: か所}]}
              - id: leaflets
                title: ちらしの配布
                departments: [総務課]
                targets: {2024: ちらしの作成, 2025: ちらしの配布}
          - id: visits
            title: 訪問による相談
            goal: 相談に来られない人を訪ねる。
            actions:
              - id: visit
                title: 家庭への訪問
                departments: [福祉課, 健康課]
                targets: {2024-2025: 年12回の訪問}
      - id: telling
        title: 情報の提供
        projects:
          - id: web
            title: ウェブサイトの充実
            goal: 福祉の情報を分かりやすく知らせる。
            actions:
              - relist: leaflets
              - id: pages
                title: ページの見直し
                departments: [総務課]
                targets: {2024-2025: ページの見直し}
  - id: two
    title: 健康の増進
    measures:
      - id: checking
        title: 健診の充実
        projects:
          - id: checkups
            title: 健診の実施
            goal: 健診の受診率を高める。
            actions:
              - id: checkup
                title: 特定健診の実施
                departments: [健康課]
                targets: {2024-2025: 特定健診の実施}
"""


def edited(*replacements: tuple[str, str], text: str = BASE) -> str:
    """Return the plan with texts replaced, each of which has to be there."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


def compared(old: str, new: str) -> Comparison:
    """Compare two plan files, which may have warnings but no errors."""
    plans = []
    for text in (old, new):
        checked = check(text.encode(), "plan.yaml")
        assert checked.plan is not None, [diagnostic.message for diagnostic in checked.diagnostics]
        plans.append(checked.plan)
    return compare(*plans)
