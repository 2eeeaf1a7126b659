"""The rule `repeated-approach`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.plan.model import Action
from planbook.rules.common.plan_parts import copied_from, word
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan, Section


@rule("repeated-approach", severity=Severity.WARNING, needs=r".*/(relist|actions(/\d+)?(/id)?|id)")
def repeated_approach(plan: Plan) -> Iterator[Finding]:
    """An approach stands twice only where the sections share an action."""
    first: dict[str, Section] = {}
    copies = copied_from(plan)
    sharing: dict[tuple[Path, Path], bool] = {}
    for section in plan.sections():
        own: set[str] = set()
        for index, approach in enumerate(section.approaches):
            other = first.setdefault(fold(approach), section)
            path: Path = (*section.at, "approaches", index)
            pair = (other.at, section.at)
            if other is section:
                if approach in own:
                    message = f"同じ{word(plan, 'approaches')}が二度書かれています。"
                    yield Finding("", path, message, "どちらか一つを消してください。")
            elif section.at in copies or _same(other, section):
                pass  # reported, or not wrong
            elif sharing[pair] if pair in sharing else sharing.setdefault(pair, _may_share(plan, other, section)):
                pass  # not wrong
            else:
                message = f"{word(plan, 'approaches')}が、{word(plan, other.level)}「{other.title[:60]}」と同じです。"
                hint = f"写し間違いなら直し、{word(plan, 'action')}も共通なら relist で再掲してください。"
                yield Finding("", path, message, hint)
            own.add(approach)


def _may_share(plan: Plan, one: Section, other: Section) -> bool:
    """Tell whether two sections share an action, or may do so: where a relisting points to nothing, nobody knows."""
    ids = [_originals(each) for each in (one, other)]
    return bool(ids[0] & ids[1]) or any(not each <= plan.originals.keys() for each in ids)


def _originals(section: Section) -> set[str]:
    return {entry.id if isinstance(entry, Action) else entry.relist for entry in section.actions}


def _same(one: Section, other: Section) -> bool:
    return fold(one.title) == fold(other.title) or fold(one.goal or "") == fold(other.goal or "-")
