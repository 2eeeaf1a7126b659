"""The rule `long-sheet`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Action, Plan, Section

LINES = 50
"""Lines of body text on an A4 page below the heads of a sheet. Measured: the fullest sheets that fit have 47 or 48."""


ROW = 0.6
"""Lines that the padding of a row takes."""


LINE = 50
"""Characters on a line over the width of the sheet."""


@rule("long-sheet", severity=Severity.WARNING, needs=r"years(/\d+)?")
def long_sheet(plan: Plan) -> Iterator[Finding]:
    """The sheet of a section fits on a page.

    An estimate from character counts, a little low on purpose: what it reports does not fit. Only a project has a sheet
    that is meant to be one page; the list of actions of a measure or policy goes on where it must.
    """
    if "project" not in plan.levels:
        return
    for section in plan.lowest_sections():
        lines = _lines(plan, section)
        if lines > LINES:
            word = plan.word(section.level)
            message = f"{word}「{section.title[:60]}」のシートが 1 ページに収まりません（およそ {lines:.0f} 行）。"
            hint = f"{plan.word('action')}を別の{word}に分けるか、文章を短くしてください。"
            yield Finding("", (*section.at, "title"), message, hint)


def _lines(plan: Plan, section: Section) -> float:
    prose = [section.title, section.goal or "", *section.approaches]
    prose += [item for text in section.texts.values() for item in ((text,) if isinstance(text, str) else text)]
    actions = (plan.originals[id_][1] for id_ in _rows(section) if id_ in plan.originals)
    return sum(_wrapped(text, LINE) for text in prose) + sum(_row(plan, action) + ROW for action in actions)


def _rows(section: Section) -> list[str]:
    return [str(getattr(entry, "id", "") or getattr(entry, "relist", "")) for entry in section.actions]


def _row(plan: Plan, action: Action) -> int:
    width = max(LINE * 3 // 4 // max(len(plan.columns_in_use), 1), 1)
    cells = [_wrapped(target.text or "", width) + len(target.figures) for target in action.targets.values()]
    return max(*cells, _wrapped(action.content or "", width), _wrapped(action.title, LINE // 4), 1)


def _wrapped(text: str, width: int) -> int:
    return sum(-(-len(line) // width) for line in text.split("\n"))
