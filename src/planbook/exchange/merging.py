"""Replies → what changes: a three-way merge of what was asked, what came back, and what the plan says now."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from planbook.exchange.cell_text import clean, is_none_sign, number, same
from planbook.exchange.inquiry import REMARKS, digest
from planbook.exchange.replies import ReplyCell, identified
from planbook.plan.value_types import NOT_APPLICABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planbook.exchange.inquiry import InquiryField, InquiryTable, TableKind, WorkbookRow
    from planbook.exchange.replies import Base, Reply, ReplyRow
    from planbook.exchange.worksheets import WorkbookCell


@dataclass(frozen=True, slots=True)
class ReplyChange:
    """A value that a reply changes. `new` is "" where it is to go."""

    department: str
    place: ReplyCell
    kind: TableKind
    row: WorkbookRow
    field: InquiryField
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was changed on both sides, or by two replies in different ways."""

    label: str
    heading: str
    places: tuple[ReplyCell, ...]
    texts: tuple[str, ...]
    now: str


@dataclass(frozen=True, slots=True)
class ReplyNote:
    """Something to report of a reply: an error, a remark, a wish. `label` says which row."""

    place: ReplyCell
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row that is not in the plan."""

    department: str
    place: ReplyCell
    row: ReplyRow


class _WrittenText(NamedTuple):
    """What a cell held when the workbook was written: its text, or a digest of it, or nobody knows."""

    text: str | None
    digest: str | None

    @property
    def known(self) -> bool:
        return self.text is not None or self.digest is not None

    def was(self, text: str) -> bool:
        return same(text, self.text) if self.text is not None else self.digest == digest(text)


@dataclass
class Outcome:
    """What replies say, all of it."""

    changes: list[ReplyChange] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[ReplyNote] = field(default_factory=list)
    notes: list[ReplyNote] = field(default_factory=list)
    remarks: list[ReplyNote] = field(default_factory=list)
    added: list[AddedRow] = field(default_factory=list)
    missing: list[ReplyNote] = field(default_factory=list)


def merge(replies: Sequence[Reply], tables: Sequence[InquiryTable]) -> Outcome:
    """Compare replies with the plan's tables as they are now."""
    return _Merging(replies, {table.kind: table for table in tables}).outcome()


class _Merging:
    def __init__(self, replies: Sequence[Reply], tables: Mapping[TableKind, InquiryTable]) -> None:
        self._replies = replies
        self._tables = tables
        self._rows = {(kind, row.key): row for kind, table in tables.items() for row in table.rows}
        self._outcome = Outcome()
        self._candidates: dict[tuple[TableKind, str, str], list[ReplyChange]] = {}

    def outcome(self) -> Outcome:
        for reply in self._replies:
            self._read(reply)
        for changes in self._candidates.values():
            texts = tuple(dict.fromkeys(change.new for change in changes))
            if len(texts) > 1:
                first = changes[0]
                places = tuple(change.place for change in changes)
                shown = tuple(change.new or "（空）" for change in changes)
                self._outcome.conflicts.append(Conflict(first.label, first.field.heading, places, shown, first.old))
            else:
                self._outcome.changes.append(changes[0])
        return self._outcome

    def _base(self, reply: Reply) -> Base:
        """Return what the cells held: as this workbook remembers it, else another one that rows were copied from."""
        merged: Base = {}
        for each in (*(other for other in self._replies if other is not reply), reply):
            for kind, rows in each.base.items():
                merged.setdefault(kind, {}).update(rows)
        return merged

    def _read(self, reply: Reply) -> None:
        base = self._base(reply)
        seen: dict[tuple[str, str], ReplyRow] = {}
        known = {str(kind): table for kind, table in self._tables.items()}
        for row, key in identified(reply.rows, base, known):
            self._remark(reply, row, base.get(row.kind, {}).get(key))
            if not key:
                self._outcome.added.append(
                    AddedRow(reply.department, ReplyCell(reply.name, row.sheet, f"{row.number + 1} 行目"), row)
                )
                continue
            twin = seen.get((row.kind, key))
            seen[row.kind, key] = row
            if twin and all(twin.text(name) == row.text(name) for name in row.cells):
                continue
            self._compare(reply, row, key, base.get(row.kind, {}).get(key))
        self._report_missing(reply, seen)
        for sheet, heading in reply.absent:
            self._outcome.notes.append(
                ReplyNote(
                    ReplyCell(reply.name, sheet), "", f"「{heading}」の欄がありません。この欄は受け取っていません。"
                )
            )

    def _compare(self, reply: Reply, row: ReplyRow, key: str, base: Mapping[str, str] | None) -> None:
        now = self._rows.get((row.kind, key))
        if now is None:
            asked = {name: text for name, text in (base or {}).items() if name in row.cells and name != REMARKS}
            if base is None or not all(same(row.text(name), text) for name, text in asked.items()):
                place = ReplyCell(reply.name, row.sheet, f"{row.number + 1} 行目")
                title = row.text("title") or row.text("name")
                self._outcome.faults.append(
                    ReplyNote(place, title, "この行は、いまの計画にはありません。受け取れませんでした。")
                )
            return
        for each in self._tables[row.kind].fields:
            if each.key != REMARKS and each.key in row.cells:
                self._compare_cell(reply, row, now, each, None if base is None else base.get(each.key, ""))

    def _compare_cell(
        self, reply: Reply, row: ReplyRow, now: WorkbookRow, each: InquiryField, base: str | None
    ) -> None:
        place = ReplyCell(reply.name, row.sheet, row.place(each.key))
        cell = row.cells[each.key]
        current = clean(now.cells.get(each.key, ""))
        label = _label(row.kind, now)
        held = _WrittenText(base, row.digests.get(each.key))
        if not cell.problem and (same(cell.text, current) or held.was(cell.text)):
            return  # left alone: the plan may have moved on
        if now.locked or not _may_change(reply, row, each):
            if base is not None and cell.text and not cell.problem:
                was = f"{_quoted(current)} → {_quoted(cell.text)}"
                text = f"見るだけの欄が変えられています：{was}。計画には入れていません。"
                self._outcome.notes.append(ReplyNote(place, f"{label}・{each.heading}", text))
            return
        new, problem = _read_value(cell, row.kind, each, now, current)
        if problem:
            self._outcome.faults.append(ReplyNote(place, f"{label}・{each.heading}", problem))
            return
        if same(new, current) or held.was(new) or (each.key == "departments" and _names(new) == _names(current)):
            return
        if held.known and not held.was(current):
            self._outcome.conflicts.append(Conflict(label, each.heading, (place,), (new or "（空）",), current))
            return
        if not held.known:
            text = "いつの計画への回答かの控えがありません。いまの計画と比べました。"
            self._outcome.notes.append(ReplyNote(place, f"{label}・{each.heading}", text))
        change = ReplyChange(reply.department, place, row.kind, now, each, label, current, new)
        self._candidates.setdefault((row.kind, now.key, each.key), []).append(change)

    def _remark(self, reply: Reply, row: ReplyRow, base: Mapping[str, str] | None) -> None:
        text = row.text(REMARKS)
        if text and text != (base or {}).get(REMARKS, ""):
            label = row.text("title") or row.text("name")
            self._outcome.remarks.append(ReplyNote(ReplyCell(reply.name, row.sheet, row.place(REMARKS)), label, text))

    def _report_missing(self, reply: Reply, seen: Iterable[tuple[str, str]]) -> None:
        seen = set(seen)
        for kind, rows in reply.base.items():
            for key, cells in rows.items():
                if (kind, key) not in seen:
                    label = cells.get("title", "") or cells.get("name", "")
                    text = "この行がありません（消されたようです）。計画はそのままです。"
                    self._outcome.missing.append(ReplyNote(ReplyCell(reply.name), label, text))


def _may_change(reply: Reply, row: ReplyRow, each: InquiryField) -> bool:
    """Whether a cell was there to be filled in; the digests in the hidden column are those of such cells."""
    if row.digests:
        return each.key in row.digests
    return each.editable and not (reply.department and each.planning)


def _label(kind: TableKind, row: WorkbookRow) -> str:
    title = row.cells.get("title", "")
    if kind == "figures":
        return f"{title}の数値" + (f"「{row.cells['name']}」" if row.cells.get("name") else "")
    return title or f"指標「{row.cells.get('name', '')}」"


def _names(text: str) -> list[str]:
    return [name for name in re.split(r"[\s、，,・／/]+", text) if name]


def _quoted(text: str) -> str:
    return f"「{text}」" if text else "（空）"


def _read_value(
    cell: WorkbookCell, kind: TableKind, each: InquiryField, now: WorkbookRow, current: str
) -> tuple[str, str]:
    """Return the value that a cell gives, or what is wrong with it."""
    text = cell.text
    if cell.problem:
        return "", cell.problem
    if not text:
        hint = "「該当なし」と" if each.key.startswith("target:") else "「－」と"
        return "", f"空になっています。もとは{_quoted(current)}です。なくすときは、{hint}書いてください。"
    if is_none_sign(text):
        needed = each.key in ("title", "departments", "name") and kind != "figures"
        nothing = NOT_APPLICABLE if each.key.startswith("target:") else ""
        return nothing, "「－」にはできません。" if needed else ""
    if each.numeric:
        return _read_number(text, kind, now)
    return text, _fault_of_text(text, each)


def _fault_of_text(text: str, each: InquiryField) -> str:
    if each.strict and text not in each.choices:
        return f"「{text}」は選べません。{'、'.join(each.choices)} から選んでください。"
    if "\n" in text and each.key in ("name", "prefix", "unit", "bound"):
        return "改行は入れられません。一行で書いてください。"
    return ""


def _read_number(text: str, kind: TableKind, now: WorkbookRow) -> tuple[str, str]:
    """Read a number, with the words around it that the row has in fields of their own: 1,240部, 年12回, 60％以上."""
    if (value := number(text)) is not None:
        return value, ""
    rest = text
    bound = now.cells.get("bound", "")
    for word in (now.cells.get("prefix", ""), "約" if bound == "約" else ""):
        rest = rest.removeprefix(word).strip() if word else rest
    for word in (bound, now.cells.get("unit", "")):
        rest = _without_ending(rest, word)
    if (value := number(rest)) is not None:
        return value, ""
    if kind == "indicators" and not re.search(r"[0-9０-９]", text):
        return text, ""  # a state in words
    return (
        "",
        f"「{text}」は数として読めません。数字だけを書いてください（単位や「以上」などは、それぞれの欄に書きます）。",
    )


def _without_ending(text: str, word: str) -> str:
    for ending in (word, {"％": "%", "%": "％"}.get(word, "")):
        if ending and text.endswith(ending):
            return text.removesuffix(ending).strip()
    return text
