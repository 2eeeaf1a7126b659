"""What the filter of the web page knows of the plan: facts of rows and sheets that the page does not show as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planbook.plan.model import Relisting
from planbook.typography.search_key import search_key
from planbook.views.columns import column_headings
from planbook.views.numbered_sections import numbered_lowest
from planbook.views.selection import WHOLE
from planbook.views.sheet_records import row_anchor
from planbook.views.target_states import columns_by_state, state_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planbook.plan.model import Action, Plan, Section
    from planbook.views.columns import ColumnHeading
    from planbook.views.selection import Selection

SYNONYMS = (
    ("障がい", "障害", "障碍"),
    ("子ども", "子供", "こども"),
    ("取組", "取り組み", "取組み"),
    ("見守り", "見まもり"),
    ("支え合い", "支えあい"),
    ("助け合い", "助けあい"),
    ("触れ合い", "ふれ合い", "ふれあい"),
    ("生きがい", "生き甲斐"),
    ("ひとり親", "一人親"),
    ("ひとり暮らし", "一人暮らし", "独り暮らし", "独居"),
    ("問い合わせ", "問合せ", "問合わせ"),
    ("申し込み", "申込み", "申込"),
    ("引きこもり", "ひきこもり"),
)
"""Words that the search takes for the same. What only differs in signs, katakana or full width, needs no place."""


def together(lists: Iterable[tuple[str, ...]]) -> list[list[str]]:
    """Return lists of words that mean the same, those that have a word in common as one: no word stands in two."""
    merged: list[dict[str, str]] = []
    for words in lists:
        own = {search_key(word): word for word in words}
        for other in [each for each in merged if each.keys() & own.keys()]:
            merged.remove(other)
            own = other | own
        merged.append(own)
    return [list(own.values()) for own in merged]


@dataclass(frozen=True, slots=True)
class Filter:
    """The choices that a reader has, and `facts` for the script of the page, ready to be written as JSON.

    `facts["rows"]` has for the anchor of every action and relisting its sheet, its departments and marks (their places
    in `facts["departments"]` and `facts["marks"]`), the keys of the columns in which it has a target and of those in
    which that is in one of the `states`, and whether it is a relisting. `facts["sheets"]` has for every sheet those of
    its departments that none of its actions has: to these the sheet as a whole belongs. `shared` says whether any row
    or sheet has several departments, `searched` in Japanese where the search looks. `anchors` are those of all rows.
    """

    department_label: str
    departments: tuple[str, ...]
    marks: tuple[str, ...]
    column_label: str
    columns: tuple[ColumnHeading, ...]
    target_label: str
    states: Mapping[str, str]
    shared: bool
    searched: str
    anchors: tuple[str, ...]
    facts: Mapping[str, object]


def page_filter(plan: Plan, *, sheets: bool, selection: Selection = WHOLE) -> Filter:
    """Return the filter of a page with or without the sheets. What no row has is no choice."""
    return _Facts(plan, selection, sheets=sheets).filter()


class _Facts:
    """Collects the facts of the rows that a page shows."""

    def __init__(self, plan: Plan, selection: Selection, *, sheets: bool) -> None:
        self._plan = plan
        self._with_sheets = sheets
        shown = [place.section for place in numbered_lowest(plan, selection)]
        self._entries = {
            section.id: section.actions if sheets else selection.entries(plan, section) for section in shown
        }
        self._sections = shown
        in_charge = {name for section in shown for name in (*self._of_actions(section), *plan.departments_of(section))}
        self._departments = tuple(each.name for each in plan.departments if each.name in in_charge)
        used = {
            name for section in shown for entry in self._entries[section.id] for name in self._marks_of(section, entry)
        }
        self._marks = tuple(mark.name for mark in plan.marks if mark.name in used)

    def filter(self) -> Filter:
        labels = self._plan.labels
        columns = column_headings(self._plan)
        years = all(column.years and column.years.first == column.years.last for column in self._plan.columns_in_use)
        column_label = "年度" if years else "年度・欄"
        rows = {anchor: row for section in self._sections for anchor, row in self._rows(section).items()}
        sheets = {section.id: self._whole(section) for section in self._sections}
        texts = state_texts(self._plan, column_label)
        states = {name: text for name, text in texts.items() if any(name in row["states"] for row in rows.values())}
        facts = {
            "departments": self._departments,
            "marks": self._marks,
            "columns": {column.key: str(column) for column in columns},
            "states": states,
            "same": together((*SYNONYMS, *self._plan.synonyms)),
            "words": {
                "action": labels.sheets.action,
                "sheet": getattr(labels.sheets, self._plan.levels[-1]),
                "department": labels.table.department,
                "target": labels.word("target"),
                "column": column_label,
                "relisting": labels.relisting,
            },
            "rows": rows,
            "sheets": sheets,
        }
        return Filter(
            labels.table.department,
            self._departments,
            self._marks,
            column_label,
            columns,
            labels.word("target"),
            states,
            any(len(self._of_actions(section)) + len(sheets[section.id]) > 1 for section in self._sections),
            self._searched(),
            tuple(rows),
            facts,
        )

    def _rows(self, section: Section) -> dict[str, dict[str, Any]]:
        rows: dict[str, dict[str, Any]] = {}
        for entry in self._entries[section.id]:
            action = self._plan.original(entry)
            relisted = isinstance(entry, Relisting)
            rows[row_anchor(section, entry)] = {
                "sheet": section.id,
                "departments": [self._departments.index(name) for name in self._plan.departments_of(action)],
                "marks": [self._marks.index(name) for name in self._marks_of(section, entry)],
                "columns": self._columns(action),
                "states": columns_by_state(self._plan, action),
                "relisted": relisted,
            }
        return rows

    def _whole(self, section: Section) -> list[int]:
        own = self._of_actions(section)
        names = self._plan.departments_of(section) if self._with_sheets else ()
        return [self._departments.index(name) for name in names if name not in own]

    def _of_actions(self, section: Section) -> set[str]:
        return {name for entry in section.actions for name in self._plan.departments_of(self._plan.original(entry))}

    def _marks_of(self, section: Section, entry: Action | Relisting) -> list[str]:
        """Return the marks of an action and of all sections that it is shown in."""
        parts: tuple[Section | Action, ...] = (
            *self._plan.ancestors(section), section, self._plan.original(entry)
        )  # fmt: skip
        return list(dict.fromkeys(name for part in parts for name in part.marks))

    def _columns(self, action: Action) -> list[str]:
        columns = self._plan.columns_in_use if action.targets else ()
        return [column.key for column in columns if not action.target(column).not_applicable]

    def _searched(self) -> str:
        labels = self._plan.labels
        words = [labels.sheets.action, *((labels.table.department,) if self._departments else ())]
        if self._with_sheets and self._plan.columns_in_use:
            words.append(labels.word("target"))
        sections = "・".join(getattr(labels.sheets, level) for level in reversed(self._plan.levels))
        searched = "名称や文章" if self._with_sheets else "名称"
        return f"{'・'.join(words)}と、{sections}の{searched}から探します。空白で区切ると、すべてを含むものを探します。"
