"""What a planner meant by a year or a date that can not be read: 平成30年度, 18, 毎年度, H30.3."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Scalar, Sequence
from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import perhaps
from planbook.plan.eras import TYPED_ERAS
from planbook.plan.key_examples import plan_years
from planbook.plan.value_types import read_years

if TYPE_CHECKING:
    from collections.abc import Collection

    from planbook.diagnostics.document import Path, Value

_YEAR = rf"(?:FY)?(?:(?P<era>{'|'.join(TYPED_ERAS)})[.．]?(?P<of_era>[0-9]{{1,2}}|元)|(?P<year>[1-9][0-9]{{3}}))年?度?"
_TO = r"(?:[-～〜~―—–−ー/→]+|\.{2,3}|から)"
_UNTIL = "(?:まで)?"
_EVERY = re.compile("毎年度?|全年度?|各年度?|全期間|計画期間中?|期間中")
_MAX_YEARS = 20
"""Years of a range that are listed; no plan is so long."""
_NEAR = 9
"""Years of a plan after that of its date."""


def years_in(typed: str) -> list[int]:
    """Return the years that a text names, a range year by year; nothing if it has anything else in it."""
    several = re.sub(rf"(?<=[0-9年度])\s+(?={_YEAR})", ",", unicodedata.normalize("NFKC", typed))
    folded = "".join(several.split())
    if ends := _range(folded):
        return list(range(ends[0], min(ends[1], ends[0] + _MAX_YEARS) + 1))
    parts = [part for part in re.split("[・、,;]", folded.strip("()[]「」")) if part]
    if parts and (era := re.match("|".join(TYPED_ERAS), parts[0])):  # 令和9・10年度
        parts = [f"{era[0]}{part}" if re.fullmatch("[0-9]{1,2}年?度?", part) else part for part in parts]
    years = [_western(match) for part in parts if (match := re.fullmatch(_YEAR, part))]
    return years if years and len(years) == len(parts) else []


def _range(folded: str) -> tuple[int, int] | None:
    """Return the first and the last year of a range: 平成30～令和2年度, 令和9-10年度, 2018-20."""
    first = re.match(_YEAR, folded)
    if not first or not (separator := re.match(_TO, folded[first.end() :])):
        return None
    rest = re.sub(f"{_UNTIL}$", "", folded[first.end() + separator.end() :])
    low = _western(first)
    if last := re.fullmatch(_YEAR, rest):
        high = _western(last)
    elif last := re.fullmatch(r"(?P<short>[0-9]{1,2})年?度?", rest):
        short = int(last["short"])
        if first["era"]:
            high = TYPED_ERAS[first["era"]].western(short)
        elif len(last["short"]) == 2:  # noqa: PLR2004 - 2018-20
            high = low // 100 * 100 + short
        else:
            high = low // 10 * 10 + short
    else:
        return None
    if low > high and not (last := re.fullmatch(_YEAR, rest)):
        return None  # 2018-1
    return (min(low, high), max(low, high)) if low != high else None


def _western(match: re.Match[str]) -> int:
    if match["year"]:
        return int(match["year"])
    return TYPED_ERAS[match["era"]].western(1 if match["of_era"] == "元" else int(match["of_era"]))


def year_key(typed: str, root: Value, beside: Collection[str] = ()) -> str:
    """Return the key of targets that was meant (2018, 2018-2020); an empty text where that is not certain.

    `beside` are all keys that stand there: every year is each that these leave, where they are few.
    """
    plan = plan_years(root)
    folded = "".join(unicodedata.normalize("NFKC", typed).split())
    since = re.fullmatch(f"{_YEAR}(?:以降|以後|から|[～〜~-])", folded)
    if plan and (since or _EVERY.fullmatch(folded)):
        if len(beside) > _MAX_YEARS:
            return ""
        taken = {year for key in beside if (span := read_years(key)) for year in range(span.first, span.last + 1)}
        left = [year for year in plan if year not in taken and (not since or year >= _western(since))]
        whole = left == list(range(left[0], left[-1] + 1)) if left else False
        return "-".join(map(str, dict.fromkeys((left[0], left[-1])))) if whole else ""
    if short := re.fullmatch(rf"([0-9]{{2}})(?:年?度?{_TO}([0-9]{{2}}))?年?度?", folded):
        years = [2000 + int(each) for each in short.groups() if each]
        years = years if set(years) <= set(plan) else []
    else:
        years = years_in(folded)
        if len(years) > 1 and not _range(folded) and years != list(range(years[0], years[-1] + 1)):
            return ""
    return "-".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else ""


def wrong_year_key(path: Path, typed: str, root: Value) -> Finding:
    """Say of a key of targets that it is no year."""
    hint = "西暦4桁（2018）か、その範囲（2018-2020）を半角で書いてください。"
    if path[-2:-1] == ("values",) and re.match("現状|基準|現在|策定時|目標|最終", typed):
        hint = "現状値も目標値も、その値の年度を西暦4桁で書いてください（例：values: {2022: 38.5, 2026: 45}）。"
    else:
        hint += perhaps(year_key(typed, root, _beside(path, root)))
    return Finding("invalid-year", path, f"「{typed[:60]}」は年度として読めません。", hint, part="key")


def _beside(path: Path, root: Value) -> Collection[str]:
    """Return the keys that stand where one does in the file."""
    around = root
    for step in path[:-1]:
        if isinstance(around, Mapping):
            around = around.get(str(step), around)
        elif isinstance(around, Sequence) and isinstance(step, int) and step < len(around):
            around = around[step]
    return around.keys() if isinstance(around, Mapping) else ()


def wrong_year(path: Path, typed: str, root: Value) -> Finding:
    """Say of a year of the plan that it can not be read, with all years of the plan where they are certain."""
    message = f"「{typed[:60]}」は年度として読めません。"
    hint = "西暦4桁の半角数字で書いてください（例：2018）。"
    listed = root.get("years") if isinstance(root, Mapping) else None
    items = [str(item) for item in listed if isinstance(item, Scalar)] if isinstance(listed, Sequence) else []
    known = [int(item) for item in items if re.fullmatch("[1-9][0-9]{3}", item)]
    years: list[int] = []
    for item in items:
        short = re.fullmatch("[0-9]{2}", unicodedata.normalize("NFKC", item))
        year = 2000 + int(short[0]) if short else 0
        read = [year] if year and (known or _is_near_date(year, root)) else years_in(item)
        if not read:
            return Finding("invalid-year", path, message, hint)
        years += read
    if len(items) == 1 and len(years) == 1:
        return Finding("invalid-year", path, message, hint + perhaps(str(years[0])))
    instead = f"[{', '.join(map(str, years[:_MAX_YEARS]))}]"
    return Finding("invalid-year", path, message, hint, instead=instead, instead_of=path[:-1])


def _is_near_date(year: int, root: Value) -> bool:
    """Tell whether a year is one that a plan of its date may have: 30 may be of 平成."""
    date = root.get("date") if isinstance(root, Mapping) else None
    match = re.match("[0-9]{4}", date) if isinstance(date, Scalar) else None
    return match is not None and 0 <= year - int(match[0]) <= _NEAR


def wrong_date(path: Path, typed: str, root: Value) -> Finding:  # noqa: ARG001 - like the others
    """Say of a date that it is no year and month."""
    folded = "".join(unicodedata.normalize("NFKC", typed).split())
    hint = "西暦の年と月を半角で書いてください（例：2018-03）。"
    match = re.match(_YEAR + r"[-/.]?(?P<month>1[0-2]|0?[1-9])(?![0-9])", folded)
    if match:
        hint += perhaps(f"{_western(match)}-{int(match['month']):02}")
    return Finding("invalid-date", path, f"「{typed[:60]}」は年月として読めません。", hint)
