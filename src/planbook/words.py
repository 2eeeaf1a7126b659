"""The words of the planning section, as planners type them where a key belongs."""

from __future__ import annotations

WORDS = {
    "タイトル": "title",
    "計画名": "title",
    "名称": "title",
    "事業名": "title",
    "市町村": "municipality",
    "自治体": "municipality",
    "段階": "stage",
    "策定年月": "date",
    "計画期間": "years",
    "年度": "years",
    "めざす姿": "vision",
    "目指す姿": "vision",
    "担当課": "departments",
    "記載例": "example",
    "基本方針": "policies",
    "施策": "measures",
    "施策の方向": "measures",
    "事業": "projects",
    "取組項目": "actions",
    "取り組み目標": "goal",
    "目標": "goal",
    "主な取り組み": "approaches",
    "年度目標": "targets",
    "再掲": "relist",
    "数値": "value",
    "単位": "unit",
    "注記": "note",
}
"""The words of the planning section and the keys that stand for them."""
