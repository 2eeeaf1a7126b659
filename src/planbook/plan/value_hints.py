"""What a planner meant by a value that can not be read: numbers, years, choices, ids."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from planbook.diagnostics.suggestions import MAX_COMPARED, SHORT_LIST, nearest, perhaps

_CHOICE_WORDS = {
    "kind": {"section": "課", "partner": "協力団体", "collective": "関係課などの総称"},
    "on": {
        "pillar": "基本の柱",
        "policy": "基本方針",
        "measure": "施策",
        "project": "事業",
        "departments": "担当課",
        "goal": "取り組み目標",
        "approaches": "主な取り組み",
        "actions": "取組項目",
        "content": "内容",
    },
    "better": {"higher": "多いほどよい", "lower": "少ないほどよい"},
    "repeated": {"text": "同じ文章", "merged": "一つの欄", "arrow": "→"},
    "restart": {
        "plan": "計画を通して",
        "pillar": "基本の柱ごと",
        "policy": "基本方針ごと",
        "measure": "施策ごと",
        "project": "事業ごと",
    },
    "parts": {
        "cover": "表紙",
        "contents": "目次",
        "system-table": "体系の表",
        "sample-sheet": "記載例",
        "sheets": "シート",
        "indicators": "指標一覧",
        "figures": "数値目標一覧",
        "index": "索引",
    },
}


_MEANT: dict[str, dict[str, tuple[str, ...]]] = {
    "bound": {
        "以上": ("≧", "≥", ">=", "いじょう", "最低", "少なくとも"),
        "以下": ("≦", "≤", "<=", "いか", "以内", "まで", "上限", "最大"),
        "未満": ("＜", "<", "みまん"),
        "超": ("＞", ">", "超える", "超過"),
        "約": ("およそ", "おおよそ", "概ね", "おおむね"),
        "程度": ("ていど", "くらい", "ぐらい", "前後"),
    },
    "better": {
        "higher": ("上がる", "増加", "高い", "大きい", "up"),
        "lower": ("下がる", "減少", "低い", "小さい", "down"),
    },
    "begin": {
        "policy": ("基本方針", "方針", "基本方針ごと"),
        "measure": ("施策", "施策ごと"),
        "flow": ("続けて", "流し込み", "続き"),
    },
    "pages": {"even": ("偶数", "偶数頁", "偶数ページ"), "any": ("自由", "なし", "指定なし")},
    "paper": {
        "A4": ("a4版", "a4判", "a4縦", "210mm"),
        "A3": ("a3版", "a3判", "a3横", "297mm"),
        "B5": ("b5版", "b5判", "jisb5", "182mm"),
    },
    "bleed": {
        "none": ("なし", "無し", "0", "0mm"),
        "3mm": ("3", "3ミリ", "3㎜", "3.0mm", "あり"),
        "5mm": ("5", "5ミリ", "5㎜", "5.0mm"),
    },
    "style": {"book": ("冊子", "本", "計画書"), "form": ("様式", "シート", "帳票", "調書")},
    "repeated": {"arrow": ("矢印", "⇒"), "merged": ("結合", "まとめる"), "text": ("文章", "繰り返し", "くり返し")},
    "kind": {"partner": ("団体", "協力", "外部"), "collective": ("総称", "関係課"), "section": ("課", "部署", "庁内")},
}
"""Other words for the choices of a key."""


def _other_word(key: str, value: str) -> str:
    """Return the choice of a key that another word stands for; an empty text where none does."""
    folded = unicodedata.normalize("NFKC", "".join(value.split())).lower()
    return next((choice for choice, words in _MEANT.get(key, {}).items() if folded in words), "")


def choice_hint(key: str, value: str, choices: tuple[str, ...]) -> str:
    words = _CHOICE_WORDS.get(key, {})
    meant = _other_word(key, value) or next((choice for choice, word in words.items() if value and value in word), "")
    near = [meant] if meant else list(choices) if len(choices) == 1 else nearest(value, choices)
    hint = perhaps(*near[:1])
    listed = "、".join(f"{choice}（{words[choice]}）" if choice in words else choice for choice in choices)
    return f"{hint}使えるのは {listed} です。"


_YES = {"yes", "on", "1", "はい", "有", "有り", "あり", "する", "○", "〇", "前", "真"}
_NO = {"no", "off", "0", "いいえ", "無", "無し", "なし", "しない", "×", "後", "後ろ", "偽"}


def _invalid_id(value: str) -> tuple[str, str, str]:
    corrected = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFKC", value)).strip("-")
    example = f"例えば「{corrected[:60]}」としてください。" if corrected else ""
    if re.fullmatch(r"[\w-]+", value):
        message = f"id「{value[:60]}」に、全角の英数字や半角カナなどがあります。"
        return "invalid-id", message, f"見分けにくいので使えません。{example}"
    hint = f"使えるのは文字、数字、「-」、「_」です。空白や記号は使えません。{example}"
    return "invalid-id", f"id「{value[:60]}」に使えない文字があります。", hint


def _empty_target(_: str) -> tuple[str, str, str]:
    hint = "text（文章）か figures（数値）を書いてください。"
    hint += "目標のない年度は「該当なし」、決まっていなければ「未定」と書きます。"
    return "empty-value", "目標の中身がありません。", hint


def unknown_column(value: str, columns: tuple[str, ...]) -> tuple[str, str, str]:
    """Say of a key that is no year and no column of the plan what it may be."""
    several = re.search(r"[,，、・&＆/／]", value) is not None
    near = nearest(value, columns) if not several else []
    if several:
        hint = "欄ごとに行を分けて書いてください。年度が続くときは、範囲（2026-2029）で書けます。"
        return "unknown-column", f"「{value[:60]}」という欄はありません。", hint
    if not near and len(columns) <= MAX_COMPARED:
        alike = [column for column in columns if _alike(value, column)]
        near = alike if len(alike) == 1 else []
    hint = perhaps(*near[:1])
    if len(columns) <= SHORT_LIST:
        hint += f"欄（columns）にある言葉は {'、'.join(columns)} です。"
    hint += "ほかは年度（2026）か範囲（2026-2029）を書きます。"
    return "unknown-column", f"「{value[:60]}」という欄はありません。", hint


def _alike(one: str, other: str) -> bool:
    """Whether a word that is wrong has half of its characters from another word."""
    return 2 * len(set(one) & set(other)) >= len(set(one))


def _true_or_false(value: str) -> tuple[str, str, str]:
    folded = unicodedata.normalize("NFKC", value).lower().strip()
    meant = "true" if folded in {*_YES, "true"} else "false" if folded in {*_NO, "false"} else ""
    return "invalid-choice", f"「{value[:60]}」は使えません。", f"{perhaps(meant)}true か false と書いてください。"


VALUES: dict[str, Any] = {
    "true_or_false": _true_or_false,
    "identifier": _invalid_id,
    "empty_target": _empty_target,
}


def phrases_in(text: str) -> list[str]:
    return [phrase for phrase in re.split(r"(?<=[、，])[ 　]*,?[ 　]*|[ 　]*,[ 　]*", text) if phrase]


def names_in(text: str) -> list[str]:
    text = re.sub(r"^[（(「『【〔［]|[）)」』】〕］]$", "", text.strip())
    separators = next((each for each in (r"[、，,・､／/]", r"[」』][「『]", r"\s") if re.search(each, text)), r"\s")
    return [part.strip() for part in re.split(separators, text) if part.strip()]
