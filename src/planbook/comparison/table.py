"""Comparison → 新旧対照表: frozen display records, in the order of the new plan. Whoever writes it only loops."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from planbook.comparison.change_words import KIND_WORDS, OTHER_CHANGE, is_level, moved_from, reorganised
from planbook.comparison.changes import ChangeKind
from planbook.comparison.field_texts import FieldTexts, Version, all_fields, field_texts, is_names, reported_fields
from planbook.comparison.records import RELISTING, TOP
from planbook.comparison.underlining import Piece, underlined, underlined_names
from planbook.views.numbering import bracketed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planbook.comparison.changes import Change
    from planbook.comparison.compare import Comparison
    from planbook.comparison.records import Record
    from planbook.comparison.underlining import Pieces


@dataclass(frozen=True, slots=True)
class ComparisonHeading:
    """A row over the whole width: a section under which something changed, or a part of the table. From level 1."""

    level: int
    text: str
    word: str = ""
    is_heading: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One thing on both sides: its label ("" for its title), and the texts.

    `first`: the part that it is about begins here; `begun`: it begins here, and more of it follows. `one_sided`: the
    part is on one side only, so that there is nothing to be missed on the other.
    """

    label: str
    new: Pieces
    old: Pieces
    remark: str = ""
    first: bool = False
    begun: bool = False
    one_sided: bool = False
    is_heading: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """The words of the table, and whether what is new stands left."""

    new: str = "新"
    old: str = "旧"
    remark: str = "備考"
    title: str = "新旧対照表"
    new_first: bool = True


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """A comparison table. `versions` are what the old and the new version are called."""

    words: ComparisonWords
    plan: str
    municipality: str
    versions: tuple[str, str]
    rows: tuple[ComparisonHeading | ComparisonRow, ...]
    summary: str
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"{self.plan}　{self.words.title}"


@dataclass(slots=True)
class _PartChanges:
    """All that changed in one part."""

    record: Record
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _RowMaker:
    comparison: Comparison
    reasons: Mapping[str, str]
    old: Version
    new: Version

    def rows(self) -> Iterator[ComparisonHeading | ComparisonRow]:
        own = [
            change
            for change in self.comparison.changes
            if change.kind not in {ChangeKind.PERIOD, ChangeKind.DEPARTMENTS}
        ]
        sections = [inner for change in own for inner in (change.changes or (change,))]
        yield from self._tree(sections, self._plan_groups())
        for change in self.comparison.changes:
            if change.kind is ChangeKind.PERIOD and (inner := [each for each in change.changes if each.part != "plan"]):
                yield ComparisonHeading(1, "計画期間・欄の変更に伴うもの")
                yield from self._tree(inner, (), marked=False)
        yield from self._renumbered(sections)

    def _plan_groups(self) -> list[ComparisonRow]:
        rows: list[ComparisonRow] = []
        old, new = self._records(TOP)
        for change in self.comparison.changes:
            if change.kind is ChangeKind.PERIOD:
                own = reported_fields(inner.path for inner in change.changes if inner.part == "plan")
                said = field_texts((self.old, self.new), (old, new), own)
                rows += [self._row(each, remark=self.reasons.get("years", ""), first=True) for each in said]
            elif change.kind is ChangeKind.DEPARTMENTS and new:
                places = len({inner.key for inner in change.changes if inner.part != "plan"})
                lines = f"{reorganised(change)}（{places} か所）", self.reasons.get("departments", "")
                remark = "\n".join(filter(None, lines))
                label = self.new.label(new, ("departments",))
                names = "、".join(change.old), "、".join(change.new)
                rows.append(self._row(FieldTexts(label, *names, (("departments",),)), remark=remark, first=True))
        return rows

    def _row(self, each: FieldTexts, *, remark: str = "", first: bool = False) -> ComparisonRow:
        compare = underlined_names if is_names(each.fields) else underlined
        was, now = compare(each.old, each.new)
        return ComparisonRow(each.label, now, was, remark, first)

    def _records(self, key: str) -> tuple[Record | None, Record | None]:
        matching = self.comparison.matching
        old_key = matching.old_of.get(key)
        return (matching.old[old_key] if old_key is not None else None), matching.new.get(key)

    def _tree(
        self, changes: Iterable[Change], plan_rows: Sequence[ComparisonRow], *, marked: bool = True
    ) -> Iterator[ComparisonHeading | ComparisonRow]:
        """Yield what changed under headings, each part where it stands now, or where it stood.

        Where all has the same cause, and a heading says which, it is not `marked` one by one.
        """
        about: dict[tuple[bool, str], _PartChanges] = {}
        matching = self.comparison.matching
        for change in changes:
            gone = change.kind is ChangeKind.REMOVED
            if change.kind is ChangeKind.RENUMBERED:
                continue
            record = (matching.old if gone else matching.new)[change.key]
            about.setdefault((gone, change.key), _PartChanges(record)).changes.append(change)
        if (own := about.pop((False, TOP), None)) or plan_rows:
            yield ComparisonHeading(1, "計画全体")
            yield from plan_rows
            yield from self._plan_rows(own)
        headings: list[str] = []
        for (gone, key), each in about.items():
            path = self._path(key, gone=gone)
            version = self.old if gone else self.new
            lowest = each.record.level in {"action", RELISTING}
            for level, (name, record, owner) in enumerate(path if lowest else [*path, (key, each.record, version)], 1):
                if level > len(headings) or headings[level - 1] != name:
                    del headings[level - 1 :]
                    headings.append(name)
                    yield ComparisonHeading(level, owner.title(record), owner.word(record))
            yield from self._part(each, gone=gone, marked=marked)

    def _path(self, key: str, *, gone: bool) -> list[tuple[str, Record, Version]]:
        """Return the sections above a part, as they are now if they still are."""
        matching = self.comparison.matching
        found: list[tuple[str, Record, Version]] = []
        parent = (matching.old if gone else matching.new)[key].parent
        while parent != TOP:
            if gone and parent in matching.new_of:
                gone, parent = False, matching.new_of[parent]
            side = self.old if gone else self.new
            record = (matching.old if gone else matching.new)[parent]
            found.append((parent, record, side))
            parent = record.parent
        return found[::-1]

    def _plan_rows(self, about: _PartChanges | None) -> Iterator[ComparisonRow]:
        if about is None:
            return
        records = self._records(TOP)
        paths = [change.path for change in about.changes]
        if ("title",) in paths:
            title = ("title",)
            texts = self.old.text(records[0], title), self.new.text(records[1], title)
            label = self.new.label(about.record, title)
            yield self._row(FieldTexts(label, *texts), remark=self.reasons.get("title", ""), first=True)
        for reported in reported_fields(paths):
            for each in field_texts((self.old, self.new), records, [reported]):
                yield self._row(each, remark=self.reasons.get(reported[0], ""), first=True)

    def _part(self, about: _PartChanges, *, gone: bool, marked: bool) -> Iterator[ComparisonRow]:
        kinds = {change.kind for change in about.changes}
        record = about.record
        old, new = (record, None) if gone else self._records(record.key)
        if ChangeKind.ADDED in kinds:
            old = None
        titles = [side.title(each) if each else "" for side, each in ((self.old, old), (self.new, new))]
        remark = self._marks(about) if marked else ""
        if old is None or new is None:
            new_title = _whole(titles[1], bracketed(KIND_WORDS[ChangeKind.REMOVED]))
            old_title = _whole(titles[0], bracketed(KIND_WORDS[ChangeKind.ADDED]))
            changed = all_fields(record)
            yield ComparisonRow("", new_title, old_title, remark, first=True, begun=bool(changed))
        else:
            changed = reported_fields(change.path for change in about.changes if change.field)
        rows = [
            replace(self._row(each), one_sided=not (old and new))
            for each in field_texts((self.old, self.new), (old, new), changed)
        ]
        if old and new:
            # The heading has said what a section is called.
            lowest = record.level in {"action", RELISTING}
            if lowest or not rows or titles[0] != titles[1]:
                title = self._row(FieldTexts("", titles[0], titles[1]), remark=remark, first=True)
                if not marked:  # a new title is reported where it belongs
                    title = replace(title, old=(Piece(titles[0]),), new=(Piece(titles[1]),))
                yield replace(title, begun=bool(rows))
            else:
                rows[0] = replace(rows[0], remark=remark, first=True)
        yield from rows

    def _marks(self, about: _PartChanges) -> str:
        marks = []
        for change in about.changes:
            if change.kind is ChangeKind.MOVED:
                origin = moved_from(change, self.comparison, self.old, self.new)
                marks.append(bracketed(f"{KIND_WORDS[change.kind]}：{origin}"))
            elif change.kind is ChangeKind.ID_CHANGED:
                marks.append(bracketed(f"id の変更：{change.old}から"))
        if any(change.field for change in about.changes):
            marks.append(bracketed(OTHER_CHANGE))
        for group in self.comparison.changes:
            if group.kind in {ChangeKind.MERGED, ChangeKind.SPLIT}:
                marks += [
                    self._joined(group, inner)
                    for inner in group.changes
                    if inner in about.changes and inner.kind is not ChangeKind.MOVED
                ]
        reason = self.reasons.get(about.record.id, "")
        return "\n".join(part for part in ("".join(dict.fromkeys(marks)), reason) if part)

    def _joined(self, group: Change, inner: Change) -> str:
        if is_level(group, self.comparison):
            return ""
        if inner.kind is ChangeKind.REMOVED:
            return bracketed(f"{self.name(self.new, group.new[-1])}に統合")
        return bracketed(f"{self.name(self.old, group.old[0])}から分離" if group.kind is ChangeKind.SPLIT else "統合")

    def name(self, version: Version, id_: str) -> str:
        """Return how a section is named in a remark: by its number, or its title."""
        matching = self.comparison.matching
        record = (matching.old if version is self.old else matching.new)[id_]
        return version.place(id_) or f"「{record.title}」"

    def _renumbered(self, changes: Sequence[Change]) -> Iterator[ComparisonHeading | ComparisonRow]:
        others = {change.key for change in changes if change.kind is not ChangeKind.RENUMBERED}
        only = [change for change in changes if change.kind is ChangeKind.RENUMBERED and change.key not in others]
        if only:
            yield ComparisonHeading(1, "番号だけが変わったもの")
        for change in only:
            old, new = self._records(change.key)
            if old and new:
                yield self._row(FieldTexts("", self.old.title(old), self.new.title(new)), first=True)


def _whole(text: str, otherwise: str) -> Pieces:
    return (Piece(text, changed=True),) if text else (Piece(otherwise),)


def table(
    comparison: Comparison, versions: tuple[str, str], words: ComparisonWords, reasons: Mapping[str, str], summary: str
) -> ComparisonTable:
    """Return the comparison as a table; `versions` are what the old and the new one are called."""
    maker = _RowMaker(comparison, reasons, Version.of(comparison.old), Version.of(comparison.new))
    plan = comparison.new
    return ComparisonTable(words, "".join(plan.title), plan.municipality, versions, tuple(maker.rows()), summary)
