"""The plan → the tables of a workbook, with their columns and rows: for one department, or for the whole plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from planbook.exchange.inquiry import REMARKS, Inquiry, InquiryField, InquiryTable, WorkbookRow
from planbook.plan.model import NOT_APPLICABLE, UNDECIDED, Action, Bound, key_text
from planbook.plan.value_types import Column, NumberRange
from planbook.typography.era_labels import fiscal_year, period
from planbook.views.indicators import indicators_of
from planbook.views.numbering import full_numbers, numbered_title, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from planbook.plan.model import Entry, Figure, Plan, Section

BOUNDS: tuple[str, ...] = get_args(Bound)
SEPARATOR = "、"
"""Between departments, and between marks."""

_REMARKS = InquiryField(REMARKS, "備考", editable=True)


def departments_asked(plan: Plan) -> tuple[str, ...]:
    """Return the departments that answer for something, in the order in which the plan declares them."""
    asked = {name for table in whole(plan).tables for row in table.rows for name in _names(plan, row)}
    return tuple(each.name for each in plan.departments if each.name in asked)


def whole(plan: Plan) -> Inquiry:
    """Return what a workbook of the whole plan shows. Titles, contents and departments can be changed as well."""
    return _inquiry(plan, None)


def of_department(plan: Plan, department: str) -> Inquiry:
    """Return what one department is asked."""
    return _inquiry(plan, department)


def _inquiry(plan: Plan, department: str | None) -> Inquiry:
    return Inquiry(
        _title(plan),
        plan.municipality,
        department,
        tuple(_tables(plan, department)),
        action=plan.word("action"),
        section=plan.word(plan.levels[0]),
    )


def blank(plan: Plan) -> Inquiry:
    """Return the form of a whole plan with one example row: what a new plan needs, in the words of this one."""
    inquiry = whole(plan)
    actions = next(table for table in inquiry.tables if table.kind == "actions")
    fields = tuple(each for each in actions.fields if each.key != "number")
    fields = tuple(replace(each, editable=True, choices=_offered(each)) for each in fields)
    example = {f"level:{level}": f"{plan.word(level)}の名称" for level in plan.levels}
    example |= {
        "title": f"{plan.word('action')}の名称",
        "departments": "福祉課、社会福祉協議会",
        REMARKS: "記入例です。消してください。",
    }
    targets = ["実施に向けた検討", "実施", "実施"]
    example |= {each.key: targets[min(at, 2)] for at, each in enumerate(each for each in fields if each.column)}
    table = InquiryTable("actions", fields, (WorkbookRow("", example),))
    return replace(inquiry, title="計画の記入様式", municipality="", tables=(table,), blank=True)


def _offered(each: InquiryField) -> tuple[str, ...]:
    return () if each.key in ("departments", "marks") else each.choices


def amount(value: Decimal | NumberRange | str) -> str:
    """Return a number or range as it is typed."""
    return f"{value.low}-{value.high}" if isinstance(value, NumberRange) else str(value)


def column_heading(plan: Plan, column: Column) -> str:
    """Return the heading of a column: 平成30年度 (2018), 令和6～8年度 (2024-2026), 現状."""
    if column.years is None:
        return column.key
    first, last = column.years
    if first == last:
        return str(fiscal_year(first, plan.date))
    return f"{period(first, last, plan.date)} ({column.key})"


def _title(plan: Plan) -> str:
    return f"{plan.title}（{plan.stage}）" if plan.stage else plan.title


def _tables(plan: Plan, department: str | None) -> Iterator[InquiryTable]:
    chosen = list(_chosen(plan, department))
    yield _actions(plan, chosen, everything=department is None)
    if figures := tuple(_figure_rows(plan, chosen)):
        yield InquiryTable("figures", tuple(_figure_fields(plan)), figures)
    if indicators := tuple(_indicator_rows(plan, department)):
        yield InquiryTable("indicators", tuple(_indicator_fields(plan, everything=department is None)), indicators)


def _chosen(plan: Plan, department: str | None) -> Iterator[tuple[Section, Entry]]:
    """Yield the entries that a department answers for: its actions, those of its projects, and relistings of these."""
    for section in plan.lowest_sections():
        for entry in section.actions:
            if department is None or department in _answering(plan, entry) or department in (section.departments or ()):
                yield section, entry


def _answering(plan: Plan, entry: Entry) -> tuple[str, ...]:
    return plan.departments_of(plan.original(entry))


def _names(plan: Plan, row: WorkbookRow) -> tuple[str, ...]:
    """Return the departments that are asked for a row of the whole plan."""
    found = plan.originals.get(row.key)
    if found is not None:
        return (*plan.departments_of(found[1]), *(found[0].departments or ()))
    sections = [section for section in plan.sections() if row.at[: len(section.at)] == section.at]
    return plan.departments_of(sections[-1]) if sections else ()


# ---- actions ----


def _actions(plan: Plan, chosen: Sequence[tuple[Section, Entry]], *, everything: bool) -> InquiryTable:
    fields = [InquiryField(f"level:{level}", plan.word(level)) for level in plan.levels]
    if plan.numbers.action is not None:
        fields.append(InquiryField("number", plan.labels.book.number))
    fields.append(InquiryField("title", plan.word("action"), editable=everything, planning=True))
    originals = [action for _, action in plan.originals.values()]
    if any(action.marks for action in originals):
        fields.append(
            InquiryField(
                "marks", "印", editable=everything, planning=True, choices=tuple(each.name for each in plan.marks)
            )
        )
    if any(action.content for action in originals):
        fields.append(InquiryField("content", plan.labels.sheets.content, editable=True))
    if plan.departments:
        names = tuple(each.name for each in plan.departments)
        fields.append(
            InquiryField("departments", plan.word("department"), editable=everything, planning=True, choices=names)
        )
    for column in plan.columns_in_use:
        choices = (UNDECIDED, NOT_APPLICABLE)
        fields.append(
            InquiryField(f"target:{column.key}", column_heading(plan, column), editable=True, choices=choices)
        )
    fields.append(_REMARKS)
    return InquiryTable("actions", tuple(fields), tuple(_action_row(plan, section, entry) for section, entry in chosen))


def _action_row(plan: Plan, section: Section, entry: Entry) -> WorkbookRow:
    action = plan.original(entry)
    own = numbers(plan)
    places = (*plan.ancestors(section), section)
    cells = {f"level:{each.level}": numbered_title(own[each.id], each.title) for each in places}
    cells |= {"number": own[action.id], "title": action.title}
    cells["marks"] = SEPARATOR.join(action.marks)
    cells["content"] = action.content or ""
    cells["departments"] = SEPARATOR.join(plan.departments_of(action))
    for column in plan.columns_in_use:
        cells[f"target:{column.key}"] = _target_text(action, column)
    if isinstance(entry, Action):
        return WorkbookRow(action.id, cells, action.at)
    home = plan.originals[action.id][0]
    cells["title"] += f"（{plan.labels.relisting}）"
    cells[REMARKS] = f"「{numbered_title(full_numbers(plan)[home.id], home.title)}」の行で回答してください。"
    return WorkbookRow(f"{section.id}>{action.id}", cells, entry.at, locked=True)


def _target_text(action: Action, column: Column) -> str:
    try:
        return action.target(column).text or ""
    except KeyError:
        return ""


# ---- figures ----


def _figure_fields(plan: Plan) -> Iterator[InquiryField]:
    yield InquiryField("place", plan.word("project") if "project" in plan.levels else plan.word(plan.levels[-1]))
    yield InquiryField("title", plan.word("action"))
    yield InquiryField("name", "数値の名称", editable=True)
    yield InquiryField("prefix", "前に付く言葉", editable=True)
    for column in plan.columns_in_use:
        yield InquiryField(f"value:{column.key}", column_heading(plan, column), editable=True, numeric=True)
    yield InquiryField("unit", plan.labels.book.unit, editable=True)
    yield InquiryField("bound", "以上・以下など", editable=True, choices=BOUNDS, strict=True)
    yield InquiryField("note", "注記", editable=True)
    yield _REMARKS


def _figure_rows(plan: Plan, chosen: Sequence[tuple[Section, Entry]]) -> Iterator[WorkbookRow]:
    for section, entry in chosen:
        if not isinstance(entry, Action):
            continue
        for position, (figure, places) in enumerate(figure_groups(plan, entry)):
            cells = {
                "place": numbered_title(numbers(plan)[section.id], section.title),
                "title": entry.title,
                "name": figure.name or "",
                "prefix": figure.prefix or "",
                "unit": figure.unit or "",
                "bound": figure.bound or "",
                "note": figure.note or "",
            }
            for column, index in places.items():
                found = next(each for each in plan.columns_in_use if each.key == column)
                cells[f"value:{column}"] = amount(entry.target(found).figures[index].value)
            yield WorkbookRow(f"{entry.id}#{position + 1}", cells, entry.at, places=places)


def figure_groups(plan: Plan, action: Action) -> list[tuple[Figure, dict[str, int]]]:
    """Return the figures of an action, each with its positions by column: the same one in several years is one row."""
    groups: list[tuple[tuple[object, ...], Figure, dict[str, int]]] = []
    for column in plan.columns_in_use:
        try:
            figures = action.target(column).figures
        except KeyError:
            continue
        for index, figure in enumerate(figures):
            identity = (figure.name, figure.prefix, figure.unit, figure.bound, figure.note)
            group = next((each for each in groups if each[0] == identity and column.key not in each[2]), None)
            if group is None:
                groups.append((identity, figure, {column.key: index}))
            else:
                group[2][column.key] = index
    return [(figure, places) for _, figure, places in groups]


# ---- indicators ----


def indicator_columns(plan: Plan) -> list[Column]:
    """Return what indicators have values for, in order: years first, then words."""
    found: dict[str, Column] = {}
    for _, _, indicator in indicators_of(plan):
        for key in indicator.values:
            text = key_text(key)
            found.setdefault(text, Column(text, None if isinstance(key, str) else key))
    return sorted(found.values(), key=lambda column: (column.years is None, column.years or ()))


def _indicator_fields(plan: Plan, *, everything: bool) -> Iterator[InquiryField]:
    yield InquiryField("place", "位置づけ")
    yield InquiryField("name", plan.labels.book.indicator, editable=everything, planning=True)
    yield InquiryField("unit", plan.labels.book.unit, editable=everything, planning=True)
    for column in indicator_columns(plan):
        yield InquiryField(f"value:{column.key}", column_heading(plan, column), editable=True, numeric=True)
    yield InquiryField("bound", "以上・以下など", editable=True, choices=BOUNDS, strict=True)
    yield InquiryField("source", plan.labels.book.source, editable=True)
    yield InquiryField("note", "注記", editable=True)
    yield _REMARKS


def _indicator_rows(plan: Plan, department: str | None) -> Iterator[WorkbookRow]:
    for section, position, indicator in indicators_of(plan):
        if department is not None and (section is None or department not in plan.departments_of(section)):
            continue
        cells = {
            "place": numbered_title(numbers(plan)[section.id], section.title) if section else "計画全体",
            "name": indicator.name,
            "unit": indicator.unit or "",
            "bound": indicator.bound or "",
            "source": indicator.source or "",
            "note": indicator.note or "",
        }
        cells |= {f"value:{key_text(key)}": amount(value) for key, value in indicator.values.items()}
        yield WorkbookRow(f"{section.id if section else ''}#{position + 1}", cells, indicator.at)


__all__ = [
    "BOUNDS",
    "SEPARATOR",
    "amount",
    "departments_asked",
    "figure_groups",
    "of_department",
    "whole",
]
