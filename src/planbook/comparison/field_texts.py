"""Records and their fields → the texts that a reader compares, each with the word that the plan has for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from planbook.comparison.chapter_texts import first_line, passages
from planbook.comparison.plain_values import Branch
from planbook.comparison.records import RELISTING, columns, targets
from planbook.plan.model import Action, Plan, Relisting
from planbook.typography.era_labels import fiscal_year, month
from planbook.views import numbering
from planbook.views.figures import target_text
from planbook.views.numbering import bracketed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planbook.comparison.plain_values import Plain
    from planbook.comparison.records import Record

_PLAN_FIELDS = {name: field.title or name for name, field in Plan.model_fields.items()} | {
    "departments": "一覧",
    "chapters": "章",
}
_FIELDS = {"marks": "印", "content": "内容", "indicators": "成果指標"}
_WORDS = ("goal", "approaches")
_KINDS = {"section": "", "partner": "協力団体", "collective": "総称"}

ReportedField = tuple[str, ...]
"""What is reported together: a field, one of its names (texts/現状と課題), or a column of its targets."""


class FieldTexts(NamedTuple):
    """A field as a reader sees it: its word, and its text in both versions ("" where there is none)."""

    label: str
    old: str
    new: str
    fields: tuple[ReportedField, ...] = ()


def reported_field(path: tuple[str, ...]) -> ReportedField:
    """Return what a change of a field is reported with."""
    return (
        path[:2] if path[0] in {"targets", "texts", "indicators", "labels", "chapters"} and len(path) > 1 else path[:1]
    )


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a comparison in words: `numbers` by id, and `places`, the numbers that tell where something is."""

    plan: Plan
    numbers: Mapping[str, str]
    places: Mapping[str, str]

    @classmethod
    def of(cls, plan: Plan) -> Version:
        """Return the side that a plan is."""
        return cls(plan, numbering.numbers(plan), numbering.full_numbers(plan))

    def title(self, record: Record) -> str:
        """Return what a part is called: number and title; of a relisting the title of its original."""
        if record.level == RELISTING:
            original = self.plan.originals.get(record.id)
            title = original[1].title if original else record.id
            return f"{title}{bracketed(self.plan.labels.relisting)}"
        number = self.numbers.get(record.id, "")
        return f"{number} {record.title}" if number else record.title

    def word(self, record: Record) -> str:
        """Return what the plan calls parts of this kind: 基本方針, 取組項目, 再掲."""
        if record.level == RELISTING:
            return str(self.plan.labels.relisting)
        return "計画" if record.level == "plan" else word(self.plan, record.level)

    def place(self, id_: str) -> str:
        """Return the numbers that tell where something is: (1)①; "" where there are none."""
        return self.places.get(id_, "")

    def columns(self) -> tuple[str, ...]:
        """Return the columns of targets as they are typed."""
        return columns(self.plan)

    def label(self, record: Record, reported: ReportedField) -> str:
        """Return the word for a field."""
        name = reported[0]
        if name == "targets":
            return self.column(reported[1])
        if name == "texts":
            return reported[1]
        if record.level == "plan":
            if name == "vision":
                return word(self.plan, "vision")
            label = _PLAN_FIELDS.get(name, name)
            label = f"{word(self.plan, 'department')}の{label}" if name == "departments" else label
        elif name == "title":
            return f"{self.word(record)}の名称"
        elif name == "departments":
            return word(self.plan, "department")
        else:
            label = word(self.plan, name) if name in _WORDS else _FIELDS.get(name, name)
        return f"{label}：{reported[1]}" if len(reported) > 1 else label

    def column(self, key: str) -> str:
        """Return what a column is called: 平成30年度, 令和6～8年度, 現状."""
        first, _, last = key.partition("-")
        if not (first.isdecimal() and (last or first).isdecimal()):
            return key
        return _years(
            fiscal_year(int(first), self.plan.date).label, fiscal_year(int(last or first), self.plan.date).label
        )

    def text(self, record: Record | None, reported: ReportedField) -> str:
        """Return what a field says; "" where the part, or the field, is not there."""
        if record is None:
            return ""
        name = reported[0]
        if name == "targets" and isinstance(record.element, Action):
            target = targets(record.element, self.columns()).get(reported[1]) if len(reported) > 1 else None
            return target_text(target) if target else ""
        value: Plain = record.fields
        for step in reported:
            value = value.get(step) if isinstance(value, Branch) else None
        return "" if value is None else self._said(name, value)

    def _said(self, name: str, value: Plain) -> str:
        if name == "date":
            return month(self.plan.date)
        if name in {"years", "columns"}:
            return joined_columns(self, list(map(str, value)))
        if name == "numbers" and isinstance(value, Branch):
            series = ((level, each) for level, each in value.items() if isinstance(each, Branch))
            return "、".join(f"{word(self.plan, level)}：{each.get('first', '')}" for level, each in series)
        if name in {"departments", "marks"}:
            return "、".join(map(_named, value.values() if isinstance(value, Branch) else value))
        if name == "indicators" and isinstance(value, Branch) and "values" in value:
            return self._indicator(value)
        return said(value)

    def _indicator(self, value: Branch) -> str:
        unit, bound = value.get("unit", ""), value.get("bound", "")
        lines = [
            f"{self.column(key)}　{said(each)}{unit if not isinstance(each, str) else ''}"
            for key, each in value["values"].items()
        ]
        lines += [f"目標値は{bound}"] if bound else []
        lines += ["少ないほどよい"] if value.get("better") == "lower" else []
        lines += [f"{label}　{value[key]}" for key, label in (("source", "出典"), ("note", "注")) if key in value]
        return "\n".join(lines)


def word(plan: Plan, name: str) -> str:
    """Return what the plan calls a thing."""
    words = {"vision": plan.labels.table.vision, "target": plan.word("target")}
    return words.get(name) or str(getattr(plan.labels.sheets, name))


def _named(value: Plain) -> str:
    if not isinstance(value, Branch):
        return str(value)
    about = [str(value["sign"])] if "sign" in value else []
    about += [_KINDS.get(str(value["kind"]), str(value["kind"]))] if value.get("kind") else []
    return f"{value['name']}{bracketed('、'.join(about))}" if about else str(value["name"])


def said(value: Plain) -> str:
    """Return any value as a text: lists as items, names before what they stand for."""
    if isinstance(value, Branch):
        return "\n".join(f"{name}：{said(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return "\n".join(f"・{said(each)}" for each in value) if len(value) > 1 else "".join(map(said, value))
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return str(value).rstrip()


def joined_columns(version: Version, keys: Sequence[str]) -> str:
    """Return columns in words, years that follow each other as a range: 平成30～32年度、令和7年度."""
    parts = []
    for _, run in groupby(enumerate(keys), key=lambda each: int(each[1]) - each[0] if each[1].isdecimal() else each[1]):
        group = [key for _, key in run]
        first, last = version.column(group[0]), version.column(group[-1])
        parts.append(_years(first, last))
    return "、".join(parts)


def _years(first: str, last: str) -> str:
    """Return a range of labels, with what both begin with once: 平成30～32年度."""
    if first == last:
        return first
    era = 0
    while not (first[era].isdecimal() or first[era] == "元") and first[era] == last[era : era + 1]:
        era += 1
    return f"{first.removesuffix('年度')}～{last[era:] if era == 2 else last}"  # noqa: PLR2004 - eras have two characters


def reported_fields(paths: Iterable[tuple[str, ...]]) -> list[ReportedField]:
    """Return what changes at some paths are reported with, each once, the title not among them."""
    return [reported for reported in dict.fromkeys(map(reported_field, paths)) if reported != ("title",)]


def all_fields(record: Record) -> list[ReportedField]:
    """Return all fields of a part, as of one that is new."""
    found: list[ReportedField] = []
    for name, value in record.fields.items():
        if name == "title":
            continue
        named = isinstance(value, Branch) and name in {"targets", "texts", "indicators"}
        found += [(name, key) for key in value] if named else [(name,)]
    return found


def is_names(fields: Iterable[ReportedField]) -> bool:
    """Whether fields are lists of names."""
    return any(reported[0] in {"departments", "marks"} for reported in fields)


def field_texts(
    sides: tuple[Version, Version], records: tuple[Record | None, Record | None], wanted: Iterable[ReportedField]
) -> list[FieldTexts]:
    """Return fields with their words and texts; columns that follow each other and say the same are one."""
    old, new = sides
    record = records[1] or records[0]
    if record is None or isinstance(record.element, Relisting):
        return []
    own = new if records[1] else old
    order = {key: at for at, key in enumerate(dict.fromkeys((*old.columns(), *new.columns())))}
    found = [(reported, old.text(records[0], reported), new.text(records[1], reported)) for reported in wanted]
    others = [each for each in found if each[0][0] not in {"targets", "chapters"}]
    by_column = sorted(
        (each for each in found if each[0][0] == "targets"), key=lambda each: order.get(each[0][-1], len(order))
    )
    runs: list[list[tuple[ReportedField, str, str]]] = []
    for each in by_column:
        last = runs[-1][-1] if runs else None
        if last and last[1:] == each[1:] and order.get(each[0][-1], 0) == order.get(last[0][-1], 0) + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [
        *(FieldTexts(own.label(record, reported), was, now, (reported,)) for reported, was, now in others),
        *(
            FieldTexts(
                joined_columns(own, [reported[-1] for reported, *_ in run]),
                *run[0][1:],
                tuple(reported for reported, *_ in run),
            )
            for run in runs
        ),
        *(each for reported, was, now in found if reported[0] == "chapters" for each in _chapter(reported, was, now)),
    ]


def _chapter(reported: ReportedField, old: str, new: str) -> Iterator[FieldTexts]:
    """Yield the passages of a chapter that changed, with the lines that they have in its file."""
    label = f"章「{reported[-1]}」"
    if not old or not new:
        was, now = (
            "" if not text else f"{first_line(text)}\n（全 {len(text.splitlines())} 行）" for text in (old, new)
        )
        yield FieldTexts(label, was, now, (reported,))
        return
    for passage in passages(old, new):
        first, last = passage.new_lines or passage.old_lines or (1, 1)
        lines = f"{first} 行目" if first == last else f"{first}～{last} 行目"
        where = lines if passage.new_lines else f"変更前の {lines}"
        yield FieldTexts(f"{label} {where}", passage.old, passage.new, (reported,))
