"""A table of a city → the text of a new plan file, and what is missing in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.editing.rendering import Indentation, pair
from planbook.editing.scalars import Number
from planbook.editing.target_ranges import changed_targets
from planbook.exchange.cell_text import compact
from planbook.exchange.city_indicators import amount_with_words, year_of
from planbook.exchange.city_table import CityRow, CityTable, Problem, original_of
from planbook.exchange.new_ids import id_from
from planbook.exchange.numbered_titles import first_number, split_number
from planbook.plan.labels import Labels
from planbook.plan.sections import LEVEL_KEYS
from planbook.plan.value_types import BLANK, NOT_APPLICABLE, UNDECIDED
from planbook.typography.number_series import FIRST_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.editing.nodes import Data
    from planbook.exchange.city_indicators import CityIndicator

_COLLECTIVE = ("関係課", "関係各課", "各課", "全課", "庁内", "全庁", "関係部署", "関係機関")
_PARTNERS = (
    "協議会",
    "委員会",
    "法人",
    "組合",
    "NPO",
    "団体",
    "連合会",
    "警察署",
    "大学",
    "民生委員",
    "自治会",
    "社協",
)

_BASELINE = re.compile("現状|現況|実績|基準|当初")
_WHOLE = frozenset({"計画全体", "全体", "計画"})

_HEAD = """\
# yaml-language-server: $schema=plan.schema.json
#
# 計画のデータです。表から作りました。○○ のところを書き入れ、planbook check で確かめてください。
# 番号（(1)、①）、（再掲）の印、年度の表記、ページ番号は自動で付きますので、書かないでください。
# id は印刷されません。名称を直すときも、id はそのまま残してください。
"""


@dataclass(frozen=True, slots=True)
class Given:
    """What the options say of a plan."""

    title: str = ""
    municipality: str = ""
    date: str = ""
    vision: str = ""


@dataclass(frozen=True, slots=True)
class NewPlan:
    """The text of a plan file, and what the table left open."""

    text: str
    problems: tuple[Problem, ...]


def new_plan(table: CityTable, given: Given) -> NewPlan:
    """Return a plan with all rows of a table."""
    builder = _PlanBuilder(table)
    hierarchy = builder.hierarchy()
    builder.add_indicators()
    head: dict[str, Data] = {
        "format": Number("1"),
        "title": given.title or BLANK,
        "municipality": given.municipality or f"{BLANK}市",
        "stage": "案",
        "date": Number(given.date) if given.date else BLANK,
        "years": _years(table),
        "vision": [given.vision or BLANK],
    }
    if builder.of_plan:
        head["indicators"] = list(builder.of_plan)
    if names := list(dict.fromkeys(name for row in table.rows for name in row.departments)):
        head["departments"] = [_department(name) for name in names]
    elif table.with_departments:
        head["departments"] = [BLANK]
    if numbers := builder.numbers():
        head["numbers"] = numbers
    if labels := _labels(table):
        head["labels"] = labels
    if table.columns and not _are_single_years(table.columns):
        head["columns"] = [Number(column) if column[:1].isdigit() else column for column in table.columns]
    if marks := list(dict.fromkeys(mark for row in table.rows for mark in row.marks)):
        head["marks"] = list(marks)
    steps = Indentation()
    lines = [line for name, value in (head | hierarchy).items() for line in pair(name, value, 0, steps)]
    return NewPlan(_HEAD + "\n".join(lines) + "\n", (*table.problems, *builder.problems))


class _PlanBuilder:
    def __init__(self, table: CityTable) -> None:
        self._table = table
        self._taken: set[str] = set()
        self._ids: dict[int, str] = {}
        self._sections: list[tuple[tuple[str, ...], dict[str, Data]]] = []
        self.of_plan: list[Data] = []
        self.problems: list[Problem] = []
        for row in table.rows:
            if not row.relisted:
                self._ids[id(row)] = self._new_id(row.title)

    def hierarchy(self) -> dict[str, Data]:
        levels = self._table.levels or ("policy",)
        found: list[dict[str, Data]] = []
        path: list[tuple[str, dict[str, Data]]] = []
        for row in self._table.rows:
            wanted = [row.sections[level].title if level in row.sections else BLANK for level in levels]
            same = 0
            while same < len(path) and path[same][0] == wanted[same]:
                same += 1
            del path[same:]
            for depth in range(same, len(levels)):
                section: dict[str, Data] = {"id": self._new_id(wanted[depth]), "title": wanted[depth]}
                if depth == len(levels) - 1 and row.goal:
                    section["goal"] = row.goal
                self._sections.append((tuple(map(compact, wanted[: depth + 1])), section))
                self._append(path[-1][1] if path else None, LEVEL_KEYS[levels[depth]], section, found)
                path.append((wanted[depth], section))
            if (entry := self._entry(row)) is not None:
                self._append(path[-1][1], "actions", entry, found)
        return {LEVEL_KEYS[levels[0]]: list(found)}

    @staticmethod
    def _append(parent: dict[str, Data] | None, key: str, child: dict[str, Data], top: list[dict[str, Data]]) -> None:
        if parent is None:
            top.append(child)
            return
        children = parent.setdefault(key, [])
        if isinstance(children, list):
            children.append(child)

    def _entry(self, row: CityRow) -> dict[str, Data]:
        if row.relisted and (original := original_of(row, self._table.rows)) is not None:
            return {"relist": self._ids[id(original)]}
        if row.relisted:
            text = f"再掲「{row.title}」の元の取組が見つかりません。目標を書き入れてください。"
            self.problems.append(Problem(row.place, text))
            self._ids[id(row)] = self._new_id(row.title)
        action: dict[str, Data] = {"id": self._ids[id(row)], "title": row.title}
        if row.marks:
            action["marks"] = list(row.marks)
        if row.content:
            action["content"] = row.content
        if row.departments:
            action["departments"] = list(row.departments)
        elif self._table.with_departments:
            action["departments"] = [BLANK]
        new: dict[str, Data] = {key: self._target(row, key) for key in self._table.columns}
        if new:
            action["targets"] = changed_targets({}, self._table.columns, new)
        return action

    def _target(self, row: CityRow, key: str) -> Data:
        text = row.targets.get(key, BLANK)
        figures = self._table.figures.get((compact(row.title), key))
        if not figures:
            return _with_figure(text, *row.figure)
        return {"text": text, "figures": list(figures)} if text else {"figures": list(figures)}

    def add_indicators(self) -> None:
        """Put each indicator into its section, before what is below it."""
        years = [int(year) for column in self._table.columns if column[:1].isdigit() for year in column.split("-")]
        for indicator in self._table.indicators:
            made = self._indicator(indicator, years)
            if made is None:
                continue
            section = self._section_of(indicator)
            if section is None:
                self.of_plan.append(made)
                continue
            listed = section.get("indicators")
            if isinstance(listed, list):
                listed.append(made)
            else:
                below = {key: section.pop(key) for key in list(section) if key in LEVEL_KEYS.values()}
                section |= {"indicators": [made], **below}

    def _section_of(self, indicator: CityIndicator) -> dict[str, Data] | None:
        """Return the section that an indicator belongs to, None for the whole plan."""
        wanted = [compact(split_number(text).title) for text in indicator.sections]
        if not wanted or wanted[-1] in _WHOLE:
            return None
        fitting = [(path, section) for path, section in self._sections if path[-1] == wanted[-1]]
        if not fitting:
            name = indicator.sections[-1].replace("\n", "")
            text = f"「{name}」が取組の表にないので、指標「{indicator.name}」は計画全体の指標としました。"
            self.problems.append(Problem(indicator.place, text))
            return None
        return max(fitting, key=lambda each: sum(part in each[0] for part in wanted))[1]

    def _indicator(self, indicator: CityIndicator, years: Sequence[int]) -> dict[str, Data] | None:
        values: dict[str, Data] = {}
        for value in indicator.values:
            key = year_of(value.heading) or (value.heading if value.heading in self._table.columns else "")
            if not key and years:
                key = str(min(years) - 1 if _BASELINE.search(value.heading) else max(years))
                assumed = f"「{value.heading}」が何年度の値か分からないので、{key} 年度としました。"
                if key not in values and all(assumed != each.text for each in self.problems):
                    self.problems.append(Problem(value.place, assumed))
            if not key or key in values:
                lost = f"「{value.heading}」が何年度の値か分からないので、「{value.text}」は入れていません。"
                self.problems.append(Problem(value.place, lost))
                continue
            values[key] = Number(value.text) if value.is_number else value.text
        if not values:
            text = f"指標「{indicator.name}」の値がないので、入れていません。"
            self.problems.append(Problem(indicator.place, text))
            return None
        about = {"unit": indicator.unit, "bound": indicator.bound, "source": indicator.source, "note": indicator.note}
        said: dict[str, Data] = {key: text for key, text in about.items() if text}
        unit = {"unit": said.pop("unit")} if "unit" in said else {}
        return {"name": indicator.name, **unit, "values": dict(sorted(values.items())), **said}

    def numbers(self) -> dict[str, Data]:
        """Return how the levels are numbered, as far as it is not as usual."""
        found: dict[str, Data] = {}
        for level in self._table.levels:
            typed = dict.fromkeys(row.sections[level] for row in self._table.rows if level in row.sections)
            if first := first_number((each.number for each in typed), FIRST_NUMBERS.get(level, "")):
                found[level] = first
        if first := first_number((row.number for row in self._table.rows), ""):
            found["action"] = first
        return found

    def _new_id(self, title: str) -> str:
        found = id_from(title, self._taken)
        self._taken.add(found)
        return found


def _with_figure(text: str, name: str, unit: str) -> Data:
    """Return a target of a table that says in columns of their own what is counted."""
    value, unit_typed, bound = amount_with_words(text)
    if value is None or not (name or unit):
        return f"{name}：{text}" if name and text not in (UNDECIDED, NOT_APPLICABLE) else text
    about = {"name": name, "value": Number(value), "unit": unit_typed or unit, "bound": bound}
    return {"figures": [{key: word for key, word in about.items() if word}]}


def _labels(table: CityTable) -> dict[str, Data]:
    """Return what the table calls the levels, where it is not what the plan calls them anyway."""
    names = {"departments": "department"}
    labels = Labels()
    found: dict[str, Data] = {}
    for what in (*LEVEL_KEYS, *names):
        word = table.words.get(what, "")
        name = names.get(what, what)
        usual = {compact(getattr(part, name)) for part in (labels.table, labels.sheets)}
        if word and compact(word) not in usual:
            found[name] = word
    return found


def _years(table: CityTable) -> Data:
    years: set[int] = set()
    for column in table.columns:
        if column[:1].isdigit():
            first, _, last = column.partition("-")
            years |= set(range(int(first), int(last or first) + 1))
    if not years:
        return [BLANK]
    return [Number(str(year)) for year in range(min(years), max(years) + 1)]


def _are_single_years(columns: Sequence[str]) -> bool:
    years = [int(column) for column in columns if column.isdigit()]
    return len(years) == len(columns) and years == list(range(min(years), max(years) + 1))


def _department(name: str) -> Data:
    if name.startswith(_COLLECTIVE):
        return {"name": name, "kind": "collective"}
    if name.endswith(_PARTNERS):
        return {"name": name, "kind": "partner"}
    return name
