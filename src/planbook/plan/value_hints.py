"""What a planner meant by a value that can not be read: numbers, years, choices, ids."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from planbook.diagnostics.suggestions import nearest
from planbook.plan.eras import ERAS

_CHOICE_WORDS = {
    "kind": {"section": "課", "partner": "協力団体", "collective": "総称（関係課など）"},
    "on": {
        "policy": "基本方針",
        "measure": "施策",
        "project": "事業",
        "departments": "担当課",
        "goal": "取り組み目標",
        "approaches": "主な取り組み",
        "actions": "取組項目",
    },
    "parts": {
        "cover": "表紙",
        "contents": "目次",
        "system-table": "体系の表",
        "sample-sheet": "記載例",
        "sheets": "シート",
        "figures": "数値目標一覧",
        "index": "索引",
    },
}


def choice_hint(key: str, value: str, choices: tuple[str, ...]) -> str:
    words = _CHOICE_WORDS.get(key, {})
    meant = next((choice for choice, word in words.items() if value and value in word), "")
    near = [meant] if meant else nearest(value, choices)
    hint = f"もしかして「{near[0]}」ですか。" if near else ""
    listed = "、".join(f"{choice}（{words[choice]}）" if choice in words else choice for choice in choices)
    return f"{hint}使えるのは {listed} です。"


def _invalid_id(value: str) -> tuple[str, str, str]:
    corrected = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFKC", value)).strip("-")
    example = f"例えば「{corrected[:60]}」としてください。" if corrected else ""
    if re.fullmatch(r"[\w-]+", value):
        message = f"id「{value[:60]}」に、全角の英数字や半角カナなどがあります。"
        return "invalid-id", message, f"見分けにくいので使えません。{example}"
    hint = f"使えるのは文字、数字、「-」、「_」です。空白や記号は使えません。{example}"
    return "invalid-id", f"id「{value[:60]}」に使えない文字があります。", hint


NUMBER = re.compile(r"(?P<prefix>\D{0,4}?)(?P<value>-?[0-9]+(?:\.[0-9]+)?)(?P<unit>\D{0,10})")


def _invalid_number(value: str) -> tuple[str, str, str]:
    hint = "半角の数字だけを、桁区切りなしで書いてください（例：2300）。"
    if match := NUMBER.fullmatch(_plain_number(value)):
        hint += f"\n{_figure(match)}"
    elif not re.search(r"\d", value):
        hint += "数値が決まっていなければ、figures は書かずに、目標の文章だけを書きます。"
    return "invalid-number", f"「{value[:60]}」は数値として読めません。", hint


def _plain_number(value: str) -> str:
    return unicodedata.normalize("NFKC", value).replace(",", "").replace("、", "").strip()


def _figure(match: re.Match[str]) -> str:
    parts = {"prefix": match["prefix"], "value": match["value"], "unit": match["unit"]}
    return ", ".join(f"{key}: {part}" for key, part in parts.items() if part)


_ERAS = {name: era for era in ERAS[:3] for name in (era.name, era.letter)}
_YEAR = rf"(?:(?P<era>{'|'.join(_ERAS)})(?P<of_era>[0-9]{{1,2}}|元)|(?P<year>[0-9]{{4}}))年?度?"


def _western(match: re.Match[str]) -> int:
    if match["year"]:
        return int(match["year"])
    return _ERAS[match["era"]].western(1 if match["of_era"] == "元" else int(match["of_era"]))


def years_in(value: str) -> list[int]:
    folded = "".join(unicodedata.normalize("NFKC", value).split())
    return [_western(match) for match in re.finditer(_YEAR, folded)]


def years_listed(ends: list[int]) -> str:
    years = range(min(ends), min(max(ends), min(ends) + 20) + 1)
    return f"years: [{', '.join(map(str, years))}]"


def _invalid_year(value: str) -> tuple[str, str, str]:
    years = years_in(value)
    hint = "西暦4桁の半角数字で書いてください（例：2018）。"
    if len(years) == 1:
        hint += f"もしかして「{years[0]}」ですか。"
    elif len(years) == 2:  # noqa: PLR2004 - first and last
        hint += f"範囲は、一年ずつ書きます。\n{years_listed(years)}"
    return "invalid-year", f"「{value[:60]}」は年度として読めません。", hint


def _invalid_years(value: str) -> tuple[str, str, str]:
    years = sorted(years_in(value))
    if short := re.fullmatch(r"([0-9]{2})([0-9]{2})-([0-9]{2})", unicodedata.normalize("NFKC", value)):
        years = [int(short[1] + short[2]), int(short[1] + short[3])]
    hint = "西暦4桁（2018）か、その範囲（2018-2020）を半角で書いてください。"
    if len(years) in (1, 2):
        hint += f"もしかして「{'-'.join(map(str, dict.fromkeys(years)))}」ですか。"
    return "invalid-year", f"「{value[:60]}」は年度として読めません。", hint


def _invalid_date(value: str) -> tuple[str, str, str]:
    folded = "".join(unicodedata.normalize("NFKC", value).split())
    hint = "西暦の年と月を半角で書いてください（例：2018-03）。"
    match = re.match(_YEAR + r"[-/.]?(?P<month>1[0-2]|0?[1-9])(?![0-9])", folded)
    if match:
        hint += f"もしかして「{_western(match)}-{int(match['month']):02}」ですか。"
    return "invalid-date", f"「{value[:60]}」は年月として読めません。", hint


def _empty_target(_: str) -> tuple[str, str, str]:
    hint = (
        "text（文章）か figures（数値）を書いてください。無い年度は「該当なし」、決まっていなければ「未定」と書きます。"
    )
    return "empty-value", "目標の中身がありません。", hint


VALUES: dict[str, Any] = {
    "identifier": _invalid_id,
    "number": _invalid_number,
    "year": _invalid_year,
    "year_range": _invalid_years,
    "year_month": _invalid_date,
    "empty_target": _empty_target,
}


def figures_in(value: object) -> str:
    """Return figures as they are written between brackets, from one that lacks its brackets or its keys."""
    if isinstance(value, dict) and all(isinstance(part, str) for part in value.values()):
        return "{" + ", ".join(f"{key}: {part}" for key, part in value.items()) + "}"
    if isinstance(value, str) and (match := NUMBER.fullmatch(_plain_number(value))) and match["unit"]:
        return "{" + _figure(match) + "}"
    return ""


def phrases_in(text: str) -> list[str]:
    return [phrase for phrase in re.split(r"(?<=[、，])", text) if phrase]


def names_in(text: str) -> list[str]:
    text = re.sub(r"^[（(「『【〔［]|[）)」』】〕］]$", "", text.strip())
    signs = r"[、，,・]" if re.search("[、，,・]", text) else r"\s"
    return [part.strip() for part in re.split(signs, text) if part.strip()]
