"""Small plans for tests, as text."""

from __future__ import annotations

SMALL = """\
format: 1
title: ためし計画
municipality: ためし市
date: 2024-03
years: [2024, 2025]
vision: [ともに生きる, まち]
departments: [福祉課, 総務課]
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
            approaches: [窓口を設ける。]
            actions:
              - id: desk
                title: 窓口の運営
                departments: [福祉課]
                targets:
                  2024-2025: {text: 窓口の運営, figures: [{value: 3, unit: か所}]}
          - id: again
            title: 窓口の周知
            goal: 窓口を知ってもらう。
            actions:
              - relist: desk
              - id: leaflets
                title: ちらしの配布
                departments: [総務課]
                targets: {2024: ちらしの作成, 2025: ちらしの配布}
"""
