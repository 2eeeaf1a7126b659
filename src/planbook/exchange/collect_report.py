"""What replies brought, as lines for the planning section: department by department, then what concerns them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.editing.rendering import Indentation, render_item
from planbook.editing.target_ranges import changed_targets
from planbook.exchange.cell_text import number
from planbook.exchange.new_ids import id_from
from planbook.plan.value_types import UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planbook.editing.nodes import Data
    from planbook.exchange.applying import Applied
    from planbook.exchange.merging import AddedRow, Conflict, Outcome, ReplyChange, ReplyNote
    from planbook.exchange.replies import Reply
    from planbook.plan.model import Plan


def lines_of(
    outcome: Outcome, applied: Applied, replies: Sequence[Reply], plan: Plan, asked: Sequence[str]
) -> Iterator[str]:
    """Yield the lines of the report."""
    taken = {id(change) for change in applied.taken}
    for reply in replies:
        yield f"■ {reply.department or '計画全体'}（{reply.name}）"
        mine = [change for change in outcome.changes if change.place.file == reply.name and id(change) in taken]
        yield from _part(f"変わるもの（{len(mine)} 件）", (_change(change) for change in mine))
        yield from _notes("受け取れないもの", outcome.faults, reply)
        refused = [
            _refused(change, error.message) for change, error in applied.refused if change.place.file == reply.name
        ]
        yield from _part(f"計画の決まりに合わず、受け取れないもの（{len(refused)} 件）", refused)
        yield from _notes("知らせ", outcome.notes, reply)
        yield from _notes("備考", outcome.remarks, reply)
        yield from _notes("消えた行", outcome.missing, reply)
        added = [list(_added(each, plan)) for each in outcome.added if each.place.file == reply.name]
        yield from _part(f"追加された行（{len(added)} 件。採用するときは、計画に書き写してください）", added)
        yield ""
    yield from _part(
        f"■ 食い違い（{len(outcome.conflicts)} 件。どれも書き込みません。どちらにするか決めて、計画を直してください）",
        (_conflict(conflict) for conflict in outcome.conflicts),
    )
    answered = {reply.department for reply in replies}
    if "" not in answered and (silent := [name for name in asked if name not in answered]):
        yield f"■ 回答のないところ（{len(silent)}）：{'、'.join(silent)}"


def proposal(added: AddedRow, plan: Plan) -> list[str]:
    """Return a row that is not in the plan as the YAML to paste."""
    row = added.row
    title = row.text("title") or row.text("name")
    if row.kind == "actions":
        item: dict[str, Data] = {"id": id_from(title, set(plan.originals)), "title": title}
        if row.text("content"):
            item["content"] = row.text("content")
        names = row.text("departments") or added.department
        if names:
            item["departments"] = [name for name in names.replace("\n", "、").split("、") if name]
        columns = [column.key for column in plan.columns_in_use]
        new: dict[str, Data] = {key: row.text(f"target:{key}") or UNDECIDED for key in columns}
        if new:
            item["targets"] = changed_targets({}, columns, new)
    elif row.kind == "figures":
        item = {key: row.text(key) for key in ("name", "prefix") if row.text(key)}
        value = next((row.text(key) for key in row.columns if key.startswith("value:") and row.text(key)), "")
        item["value"] = number(value) or value
        item |= {key: row.text(key) for key in ("unit", "bound", "note") if row.text(key)}
    else:
        item = {key: row.text(key) for key in ("name", "unit", "bound", "source", "note") if row.text(key)}
        values = {key.removeprefix("value:"): row.text(key) for key in row.columns if key.startswith("value:")}
        item["values"] = {key: number(text) or text for key, text in values.items() if text}
    rendered = render_item(item, 0, Indentation(), spread=True)
    return [f"- {rendered.inline}", *rendered.below]


def _part(heading: str, items: Iterator[list[str]] | Sequence[list[str]]) -> Iterator[str]:
    lines = [line for item in items for line in item]
    if lines:
        yield heading if heading.startswith("■") else f"  {heading}"
        yield from (f"    {line}" if line else "" for line in lines)


def _notes(heading: str, notes: Sequence[ReplyNote], reply: Reply) -> Iterator[str]:
    mine = [note for note in notes if note.place.file == reply.name]
    yield from _part(f"{heading}（{len(mine)} 件）", ([_note(note)] for note in mine))


def _note(note: ReplyNote) -> str:
    label = f"「{note.label}」：" if note.label else ""
    return f"{note.place}　{label}{_one_line(note.text)}"


def _change(change: ReplyChange) -> list[str]:
    return [
        f"{change.place}　{change.label}・{change.field.heading}",
        f"    旧：{_one_line(change.old) or '（空）'}",
        f"    新：{_one_line(change.new) or '（なし）'}",
    ]


def _refused(change: ReplyChange, message: str) -> list[str]:
    return [f"{change.place}　{change.label}・{change.field.heading}", f"    {_one_line(change.new)}", f"    {message}"]


def _conflict(conflict: Conflict) -> list[str]:
    lines = [f"{conflict.label}・{conflict.heading}", f"    いまの計画：{_one_line(conflict.now) or '（空）'}"]
    lines += (f"    {place}：{_one_line(text)}" for place, text in zip(conflict.places, conflict.texts, strict=True))
    return lines


def _added(added: AddedRow, plan: Plan) -> Iterator[str]:
    levels = [added.row.text(key) for key in added.row.columns if key.startswith("level:")]
    where = " ＞ ".join(text for text in levels if text) or added.row.text("place")
    yield f"{added.place}" + (f"　（{_one_line(where)}）" if where else "")
    yield from (f"    {line}" for line in proposal(added, plan))


def _one_line(text: str) -> str:
    return text.replace("\n", " ⏎ ")
