"""The rule `target-years`."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import perhaps
from planbook.plan.model import YearRange, key_text
from planbook.plan.value_types import BLANK
from planbook.rules.common.plan_parts import target_path, years_meant
from planbook.rules.registry import rule
from planbook.rules.too_many_years import MAX_YEARS

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator

    from planbook.plan.model import Action, Column, ColumnKey, Plan


@rule("target-years", needs=r"years(/\d+)?|columns(/\d+)?")
def target_years(plan: Plan) -> Iterator[Finding]:
    """Every action has exactly one target for every column, and none for others; or no action has any."""
    if plan.columns is None and any(year != before + 1 for before, year in pairwise(plan.years)):
        return  # reported already
    if any(years_meant(column) for column in plan.columns or ()) or len(plan.columns_in_use) > MAX_YEARS * 2:
        return  # reported, too
    everywhere = (yield from _in_all_actions(plan)) if plan.columns is None else set()
    columns = [column for column in plan.columns_in_use if not _years(column) & everywhere]
    lacking = [action for _, action in plan.originals.values() if not action.targets]
    if columns:
        yield from _without(plan, lacking, len(plan.originals))
    sound: set[tuple[ColumnKey, ...]] = set()  # nearly all actions have targets for the same years
    for _, action in plan.originals.values():
        keys = tuple(action.targets)
        if keys and keys not in sound:
            found = list(_of_action(plan, action, columns, everywhere))
            yield from found
            if not found:
                sound.add(keys)


def _without(plan: Plan, lacking: list[Action], number: int) -> Iterator[Finding]:
    """Report actions without targets: each, or where they are most of all, once."""
    word = plan.word("target")
    for action in lacking if len(lacking) * 2 <= number else lacking[:1]:
        others = f"（ほかに {len(lacking) - 1} か所）" if len(lacking) * 2 > number and len(lacking) > 1 else ""
        message = f"「{action.title[:40]}」に「targets」がありません{others}。"
        hint = f"ほかの{plan.word('action')}には{word}があります。"
        yield Finding("", action.at, message, hint, added=(f"targets: {{{_to_fill_in(plan)}}}",))


def _to_fill_in(plan: Plan) -> str:
    """Return targets for all columns, still to be written."""
    if plan.columns is None:
        return f"{'-'.join(map(str, dict.fromkeys((plan.years[0], plan.years[-1]))))}: {BLANK}"
    return ", ".join(f"{column.key}: {BLANK}" for column in plan.columns_in_use[:MAX_YEARS])


def _of_action(plan: Plan, action: Action, columns: list[Column], everywhere: set[int]) -> Iterator[Finding]:
    own = {key: [column for column in columns if _covers(key, column)] for key in action.targets}
    covered = set(chain.from_iterable(own.values()))
    missing = [column for column in columns if column not in covered]
    known = {year for column in columns for year in _years(column)} | everywhere
    outside = False
    covered.clear()
    for key in action.targets:
        for finding in _misplaced(plan, action, key, columns, own[key], covered, known, missing):
            outside = outside or "ありません" in finding.message
            yield finding
        covered.update(own[key])
    if missing and not outside:
        message = f"{_named(missing)}の目標がありません。"
        what = "年度" if plan.columns is None else "欄"
        hint = f"その{what}に目標がなければ「該当なし」、決まっていなければ「未定」と書きます。"
        added = tuple(f"{column.key}: {BLANK}" for column in missing[:MAX_YEARS])
        yield Finding("", (*action.at, "targets"), message, hint, part="key", added=added)


def _in_all_actions(plan: Plan) -> Generator[Finding, None, set[int]]:
    """Tell once, at the years of the plan, what is wrong in all its actions; return these years."""
    targets = [
        {year for key in action.targets for year in _span(key)}
        for _, action in plan.originals.values()
        if action.targets
    ]
    if len(targets) < 2:  # noqa: PLR2004 - of a single action, nobody knows which of the two is wrong
        return set()
    missing = [year for year in plan.years if all(year not in each for each in targets)]
    if missing:
        message = f"{_listed(missing)} 年度の目標が、どの{plan.word('action')}にもありません。"
        hint = (
            f"計画年度でなければここから消し、計画年度なら、すべての{plan.word('action')}に目標を書き足してください。"
        )
        hint += "年度ごとでない目標は、columns に欄を書きます（例：columns: [2026, 2029]）。"
        yield Finding("", ("years", plan.years.index(missing[0])), message, hint)
    outside = sorted(set.intersection(*targets).difference(plan.years))
    if outside:
        message = f"どの{plan.word('action')}にも {_listed(outside)} 年度の目標がありますが、計画年度にありません。"
        years = sorted({*plan.years, *outside})
        instead = f"[{', '.join(map(str, years[: MAX_YEARS * 2]))}]"
        yield Finding("", ("years",), message, "計画年度なら、", instead=instead)
    return {*missing, *outside}


def _misplaced(  # noqa: PLR0913, PLR0917 - one target among the others of its action
    plan: Plan,
    action: Action,
    key: YearRange | str,
    columns: list[Column],
    own: list[Column],
    covered: Collection[Column],
    known: set[int],
    missing: list[Column],
) -> Iterator[Finding]:
    at = target_path(action, key)
    if doubled := [column for column in own if column in covered]:
        message = f"{_named(doubled)}の目標が二つあります。"
        what = "年度" if plan.columns is None else "欄"
        yield Finding("", at, message, f"{what}が重ならないようにしてください。", part="key")
        return
    outside = [year for year in _span(key) if year not in known]
    if plan.columns is not None:
        # A range covers the columns inside it: years between these are no fault.
        outside = [year for year in outside if not min(known, default=0) < year < max(known, default=0)]
    if plan.columns is None and outside:
        message = f"{_listed(outside)} 年度は、計画年度にありません。"
        hint = f"計画年度（years）は {_listed(plan.years)} です。"
        if missing:
            hint += f"{_named(missing)}の目標がないので、{_meant(missing)}"
        elif own:
            inside = sorted(year for column in own for year in _years(column))
            hint += perhaps("-".join(map(str, dict.fromkeys((inside[0], inside[-1])))))
        else:
            hint += "計画年度なら years に足し、書き間違いなら、この行を消すか年度を直してください。"
        yield Finding("", at, message, hint, part="key")
    elif plan.columns is not None and (outside or not own):
        message = f"「{key_text(key)}」に当てはまる欄がありません。"
        hint = f"欄（columns）は {'、'.join(column.key for column in columns)} です。"
        hint += f"{_named(missing)}の目標がないので、{_meant(missing)}" if missing else ""
        hint += "年度の範囲は、その中に収まる欄のすべてに印刷されます。"
        yield Finding("", at, message, hint, part="key")


def _meant(missing: list[Column]) -> str:
    """Return the question that names the key which is missing, or what to do where several are."""
    return perhaps(missing[0].key) if len(missing) == 1 else "書き間違いでしたら直してください。"


def _covers(key: YearRange | str, column: Column) -> bool:
    if isinstance(key, str) or column.years is None:
        return key == column.word
    return key.first <= column.years.first and column.years.last <= key.last


def _span(key: YearRange | str) -> range:
    return range(0) if isinstance(key, str) else range(key.first, min(key.last, key.first + 99) + 1)


def _years(column: Column) -> set[int]:
    return set(range(column.years.first, column.years.last + 1)) if column.years else set()


def _named(columns: list[Column]) -> str:
    """Return columns in words: 2018、2019 年度, or 「現状」「2024-2026」."""
    if all(column.years and column.years.first == column.years.last for column in columns):
        return f"{_listed([int(column.key) for column in columns])} 年度"
    return "".join(f"「{column.key}」" for column in columns[:MAX_YEARS])


def _listed(years: list[int] | tuple[int, ...]) -> str:
    shown = "、".join(map(str, years[:MAX_YEARS]))
    return f"{shown} ほか" if len(years) > MAX_YEARS else shown
