"""The headings of a city's own table → what its columns are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from planbook.exchange.cell_text import compact
from planbook.plan.eras import TYPED_ERAS
from planbook.plan.sections import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS: Mapping[str, str] = {
    "pillar": "(?:基本)?(?:の)?柱|基本政策|政策|編|基本理念",
    "policy": "基本方針|基本目標|方針|大項目|目標",
    "measure": "(?:基本)?施策(?:の方向(?:性)?|名|の展開|項目)?|中項目|(?:取組|取り組み)の方向(?:性)?",
    "project": "(?:主要|具体的|個別|重点|実施|関連)?事業(?:名|名称|項目)?|小項目",
    "action": "(?:具体的な|個別の?|主な)?(?:取組|取り組み|取組み)(?:項目|名|事項|の名称)?|活動項目",
    "departments": "(?:主な|主要)?(?:担当|所管|主管|実施|関係|関連)"
    "(?:部署|課|課名|部局|所属|機関|主体|部門|課等|部課|者)?|所属|実施機関",
    "content": "(?:事業|取組|取り組み|取組み)?の?(?:内容|概要)|説明",
    "marks": "区分|新規・?継続(?:の別)?|新規・?継続区分",
    "goal": "取り組み目標|取組目標|事業目標|目的|ねらい",
}
_IGNORED = re.compile("番号|no|№|備考|整理番号|管理番号|照合|頁|ページ|通番|連番")
_YEAR = (
    rf"(?:(?P<{{0}}era>{'|'.join(TYPED_ERAS)})\.?(?P<{{0}}n>元|[0-9]{{{{1,2}}}})|(?P<{{0}}w>(?:19|20)[0-9]{{{{2}}}}))"
    "(?:年度?|年)?"
)
_ONE_YEAR = re.compile(_YEAR.format("a"))
_PERIOD = re.compile(
    f"{_YEAR.format('a')}" + r"\s*[~〜～\-－―–ー]\s*" + f"(?:{_YEAR.format('b')}|(?P<short>[0-9]{{1,2}})年?度?)"
)
_OTHER_COLUMN = re.compile("現状|現況|実績|当初|最終|目標値?|前期|後期|中期|以降|計画期間|期間中")


class Meaning(NamedTuple):
    """What a column is: a level, `action`, `departments`, `content`, `marks`, `goal`, or `column` with its key."""

    what: str
    key: str = ""


Known = Mapping[str, Meaning]
"""What is known of headings, as they are compared (`compact`), before they are looked at as words."""


def meanings(headings: Sequence[str], known: Known | None = None) -> dict[int, Meaning]:
    """Return what columns are, by position."""
    found: dict[int, Meaning] = {}
    levels: list[int] = []
    known = known or {}
    for position, heading in enumerate(headings):
        text = compact(heading)
        if not text or (text not in known and _IGNORED.fullmatch(text.lower().rstrip("."))):
            continue
        meaning = known.get(text) or _meaning(text) or _meaning(re.sub(r"\(.*?\)", "", text))
        if meaning is None or meaning in found.values():
            if meaning and meaning.what in LEVELS:
                levels.append(position)
            continue
        if meaning.what == "column" or all(each.what != meaning.what for each in found.values()):
            found[position] = meaning
            if meaning.what in LEVELS:
                levels.append(position)
    if not any(compact(heading) in known for heading in headings):
        found |= _levels(found, levels, headings)
    return _without_doubts(found)


def _levels(found: dict[int, Meaning], positions: Sequence[int], headings: Sequence[str]) -> dict[int, Meaning]:
    """Return which levels the columns of sections are.

    Cities call a level by the word that is another one's here (基本施策 above 施策): then what counts is
    their order. What stands right of the actions is no section of theirs.
    """
    action = next((position for position, meaning in found.items() if meaning.what == "action"), None)
    for position in [each for each in positions if action is not None and each > action]:
        text = compact(headings[position])
        found.pop(position, None)
        if _OTHER_COLUMN.search(text):
            found[position] = Meaning("column", text)
    chosen = sorted(position for position in positions if action is None or position < action)[: len(LEVELS)]
    typed = [found[position].what if position in found else "" for position in chosen]
    if not chosen or ("policy" in typed and typed == [level for level in LEVELS if level in typed]):
        return {}
    for position in chosen:
        found.pop(position, None)
    return {position: Meaning(level) for position, level in zip(chosen, _in_order(typed), strict=True)}


def _in_order(typed: Sequence[str]) -> tuple[str, ...]:
    """Return as many levels as there are, from above; every plan has policies."""
    last = "project" if typed[-1] == "project" else "measure"
    with_pillars = typed[0] == "pillar"
    by_count = {
        1: ("policy",),
        2: ("pillar", "policy") if with_pillars else ("policy", last),
        3: ("pillar", "policy", last) if with_pillars else ("policy", "measure", "project"),
        4: LEVELS,
    }
    return by_count[len(typed)]


def year_key(text: str) -> str | None:
    """Return the key of a year or period that a heading names: 平成30年度 is 2018, 令和6～8年度 is 2024-2026."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if written := re.search(r"\(((?:19|20)[0-9]{2}(?:-(?:19|20)[0-9]{2})?)(?:年度?)?\)", plain):
        return written[1]
    plain = re.sub(r"\(.*?\)", "", plain)
    if "以降" in plain or "以前" in plain:
        return None
    if match := _PERIOD.search(plain):
        first = _year(match, "a")
        if match["short"]:
            last = first - int(match["an"]) + int(match["short"]) if (match["an"] or "").isdigit() else None
        else:
            last = _year(match, "b")
        return f"{first}-{last}" if last is not None and last > first else None
    if match := _ONE_YEAR.search(plain):
        return str(_year(match, "a"))
    return None


def _year(match: re.Match[str], which: str) -> int:
    if match[f"{which}w"]:
        return int(match[f"{which}w"])
    number = match[f"{which}n"]
    return TYPED_ERAS[match[f"{which}era"]].western(1 if number == "元" else int(number))


def _meaning(text: str) -> Meaning | None:
    if key := year_key(text):
        return Meaning("column", key)
    for what, form in _WORDS.items():
        if re.fullmatch(form, text):
            return Meaning(what)
    if _OTHER_COLUMN.search(text):
        return Meaning("column", text)
    return None


def _without_doubts(found: dict[int, Meaning]) -> dict[int, Meaning]:
    """Let the lowest level be the actions where no column is called so: 事業 is, in tables without 取組."""
    kinds = {meaning.what: position for position, meaning in found.items()}
    if "action" not in kinds:
        lowest = next((level for level in reversed(LEVELS) if level in kinds), None)
        if lowest is not None and len([level for level in LEVELS if level in kinds]) > 1:
            found[kinds[lowest]] = Meaning("action")
    return found
