"""Comparison → lines for a terminal: grouped by section, one line for each change, how many there are at the end."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from planbook.check.reports.text import printable
from planbook.comparison.change_words import KIND_WORDS, OTHER_CHANGE, is_level, moved_from, reorganised
from planbook.comparison.changes import GROUPS, ChangeKind
from planbook.comparison.field_texts import Version, field_texts, is_names, reported_field
from planbook.comparison.plain_values import Branch
from planbook.comparison.records import RELISTING, TOP
from planbook.comparison.underlining import underlined, underlined_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planbook.comparison.changes import Change
    from planbook.comparison.compare import Comparison
    from planbook.comparison.records import Record
    from planbook.comparison.underlining import Pieces

_FEW = 2
"""Places of a reorganised department that are named one by one."""
_MAX_LENGTH = 60
"""Characters of a text in a line."""
_AROUND = 12
"""Characters that are shown before and behind what changed."""

_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", ">": "\x1b[36m", "bold": "\x1b[1m", "dim": "\x1b[2m"}
_PLAIN = "\x1b[0m"
_CODES = {*_COLORS.values(), _PLAIN}
_PAINT = re.compile(r"(\x1b\[\d+m)")


def lines(comparison: Comparison, *, color: bool = False) -> Iterator[str]:
    """Yield what changed, line by line; the last line counts."""
    yield from _TerminalReport(comparison, color=color).all()


def summary(comparison: Comparison) -> str:
    """Return how many changes there are, and of which kinds: 変更 12 件（新設 2、移動 1、内容 9）."""
    *_, last = lines(comparison)
    return last


class _TerminalReport:
    def __init__(self, comparison: Comparison, *, color: bool) -> None:
        self._comparison = comparison
        self._color = color
        self._old, self._new = Version.of(comparison.old), Version.of(comparison.new)
        self._headed: list[str] = []
        self._counted: Counter[str] = Counter()

    def all(self) -> Iterator[str]:
        matching = self._comparison.matching
        pending: dict[tuple[bool, str], list[Change]] = {}
        only_number = self._only_number()
        for change in self._comparison.changes:
            if change.kind in GROUPS:
                yield self._group(change)
            elif change not in only_number:
                pending.setdefault((change.kind is ChangeKind.REMOVED, change.key), []).append(change)
        for (gone, key), changes in pending.items():
            record = (matching.old if gone else matching.new)[key]
            depth = 0
            for depth, (name, text) in enumerate(self._headings(record, gone=gone), 1):
                if len(self._headed) < depth or self._headed[depth - 1] != name:
                    del self._headed[depth - 1 :]
                    self._headed.append(name)
                    yield f"{'  ' * (depth - 1)}{self._paint('bold', printable(text))}"
            yield from (f"{'  ' * depth}{line}" for line in self._part(record, changes, gone=gone))
        if only_number:
            yield self._paint("bold", "番号だけが変わったもの")
            for change in only_number:
                old_to_new = f"{change.old or '（なし）'} → {change.new or '（なし）'}"
                yield f"  {self._line(change.kind, '~', f'{old_to_new}　{self._record(change).title}')}"
        yield self._summary()

    def _summary(self) -> str:
        if not self._counted:
            return "変更はありません。"
        order = [*dict.fromkeys(KIND_WORDS.values()), OTHER_CHANGE]
        kinds = "、".join(f"{kind} {self._counted[kind]}" for kind in order if self._counted[kind])
        return f"変更 {sum(self._counted.values())} 件（{kinds}）"

    def _only_number(self) -> list[Change]:
        others = {change.key for change in self._comparison.changes if change.kind is not ChangeKind.RENUMBERED}
        return [
            each for each in self._comparison.changes if each.kind is ChangeKind.RENUMBERED and each.key not in others
        ]

    def _record(self, change: Change) -> Record:
        matching = self._comparison.matching
        return (matching.old if change.kind is ChangeKind.REMOVED else matching.new)[change.key]

    def _headings(self, record: Record, *, gone: bool) -> list[tuple[str, str]]:
        """Return the sections above a part, as they are now if they still are."""
        matching = self._comparison.matching
        found: list[tuple[str, str]] = []
        parent = record.parent
        while parent != TOP and record.level != "plan":
            if gone and parent in matching.new_of:
                gone, parent = False, matching.new_of[parent]
            above = (matching.old if gone else matching.new)[parent]
            found.append((parent, (self._old if gone else self._new).title(above)))
            parent = above.parent
        return found[::-1]

    def _part(self, record: Record, changes: list[Change], *, gone: bool) -> Iterator[str]:
        version = self._old if gone else self._new
        name = f"{version.word(record)}「{version.title(record)}」" if record.level != "plan" else "計画"
        if record.level == RELISTING:
            name = f"「{version.title(record)}」"
        for change in changes:
            match change.kind:
                case ChangeKind.ADDED:
                    yield self._line(change.kind, "+", f"{name}{self._by(version, record)}")
                case ChangeKind.REMOVED:
                    yield self._line(change.kind, "-", f"{name}{self._by(version, record)}")
                case ChangeKind.MOVED:
                    origin = moved_from(change, self._comparison, self._old, self._new)
                    yield self._line(change.kind, ">", f"{name}　{origin}")
                case ChangeKind.ID_CHANGED | ChangeKind.RENUMBERED:
                    old_to_new = f"{change.old or '（なし）'} → {change.new or '（なし）'}"
                    yield self._line(change.kind, "~", f"{name}　{old_to_new}")
                case _:
                    pass
        yield from self._contents(name, record, [change for change in changes if change.field])

    def _line(self, kind: ChangeKind, tone: str, text: str) -> str:
        word = KIND_WORDS.get(kind, OTHER_CHANGE)
        self._counted[word] += 1
        line = f"{tone} {word}　{''.join(part if part in _CODES else printable(part) for part in _PAINT.split(text))}"
        return self._paint(tone, line) if tone in _COLORS else line

    def _by(self, version: Version, record: Record) -> str:
        names = version.text(record, ("departments",)) if record.level in {"action", "project"} else ""
        return f"（{names}）" if names else ""

    def _contents(self, name: str, record: Record, changes: list[Change]) -> Iterator[str]:
        if not changes:
            return
        matching = self._comparison.matching
        before = matching.old[matching.old_of[record.key]]
        sides = self._old, self._new
        wanted = list(dict.fromkeys(reported_field(change.path) for change in changes))
        if ("title",) in wanted:
            wanted.remove(("title",))
            kind = ChangeKind.RENAMED if record.level != "plan" else ChangeKind.CHANGED
            was, now = (side.text(each, ("title",)) for side, each in zip(sides, (before, record), strict=True))
            label = f"{self._new.label(record, ('title',))}：" if record.level == "plan" else ""
            yield self._line(kind, "~", f"{name}　{label}{self._difference(was, now)}")
        for each in field_texts(sides, (before, record), wanted):
            inside = [change for change in changes if reported_field(change.path) in each.fields]
            old_to_new = self._difference(each.old, each.new, names=is_names(each.fields))
            text = f"{name}　{each.label}：{old_to_new}{_by_how_much(inside)}"
            yield self._line(ChangeKind.CHANGED, "~", text)

    def _difference(self, old: str, new: str, *, names: bool = False) -> str:
        was, now = underlined_names(old, new) if names else underlined(old, new, shorten=False)
        return f"{self._side(was, '-')} → {self._side(now, '+')}"

    def _side(self, pieces: Pieces, tone: str) -> str:
        if not pieces:
            return "（なし）"
        text = ""
        last = len(pieces) - 1
        for at, piece in enumerate(pieces):
            part = " ".join(piece.text.split("\n"))
            if piece.changed:
                part = part if len(part) <= _MAX_LENGTH else f"{part[: _MAX_LENGTH // 2]}…{part[-_MAX_LENGTH // 2 :]}"
                text += self._paint(tone, part)
            elif len(pieces) == 1:
                text += part if len(part) <= _MAX_LENGTH else f"{part[:_MAX_LENGTH]}…"
            else:
                text += _context(part, first=at == 0, last=at == last)
        return f"「{text}」"

    def _group(self, change: Change) -> str:
        parts = len({inner.key for inner in change.changes if inner.part != "plan"})
        if change.kind is ChangeKind.PERIOD:
            come = [self._new.column(key) for key in change.new if key not in change.old]
            gone = [self._old.column(key) for key in change.old if key not in change.new]
            texts = [f"追加 {'、'.join(come)}"] * bool(come) + [f"終了 {'、'.join(gone)}"] * bool(gone)
            about = f"（{parts} 件の目標・指標も）" if parts else ""
            return self._line(change.kind, "~", f"{'、'.join(texts) or '年度の変更'}{about}")
        if change.kind is ChangeKind.DEPARTMENTS:
            inside = {inner.key: inner for inner in change.changes if inner.part != "plan"}
            titles = [self._new.title(self._record(inner)) for inner in inside.values()]
            places = "、".join(f"「{title}」" for title in titles) if parts <= _FEW else f"{parts} か所"
            text = f"{reorganised(change)}　{'、'.join(change.old)} → {'、'.join(change.new)}（{places}）"
            return self._line(change.kind, "~", text)
        matching = self._comparison.matching
        moved = sum(inner.kind is ChangeKind.MOVED for inner in change.changes)
        if is_level(change, self._comparison):
            if change.kind is ChangeKind.SPLIT:
                above = "、".join(
                    _named(self._new, matching.new[key]) for key in change.new if key not in matching.old_of
                )
                return self._line(ChangeKind.ADDED, ">", f"{above}（{moved} 件がこの下に移動）")
            above = "、".join(_named(self._old, matching.old[key]) for key in change.old if key not in matching.new_of)
            return self._line(ChangeKind.REMOVED, ">", f"{above}（この下の {moved} 件が上の段に移動）")
        old = "、".join(_named(self._old, matching.old[id_]) for id_ in change.old)
        new = "、".join(_named(self._new, matching.new[id_]) for id_ in change.new)
        return self._line(change.kind, ">", f"{old} → {new}（{moved} 件が移動）")

    def _paint(self, tone: str, text: str) -> str:
        return f"{_COLORS[tone]}{text}{_PLAIN}" if self._color else text


def _named(version: Version, record: Record) -> str:
    place = version.place(record.id)
    return f"「{place}　{record.title}」" if place else f"「{record.title}」"


def _context(text: str, *, first: bool, last: bool) -> str:
    if first:
        return text if len(text) <= _AROUND else f"…{text[-_AROUND:]}"
    if last:
        return text if len(text) <= _AROUND else f"{text[:_AROUND]}…"
    return text if len(text) <= _AROUND * 2 else f"{text[:_AROUND]}…{text[-_AROUND:]}"


def _by_how_much(changes: Iterable[Change]) -> str:
    """Return by how much figures changed: （発行部数 ＋200部）."""
    texts = []
    for change in changes:
        if (amount := difference(change)) is not None:
            figure = change.new if isinstance(change.new, Branch) else {}
            name, unit = figure.get("name", ""), figure.get("unit", "")
            texts.append(f"{name}{' ' if name else ''}{'＋' if amount > 0 else '－'}{abs(amount):,f}{unit}")
    return f"（{'、'.join(dict.fromkeys(texts))}）" if texts else ""


def difference(change: Change) -> Decimal | None:
    """Return by how much a figure, or a value of an indicator, grew; None of what can not be counted so."""
    old, new = change.old, change.new
    if isinstance(old, Branch) and isinstance(new, Branch) and old.get("unit") == new.get("unit"):
        old, new = old.get("value"), new.get("value")
    if isinstance(old, Decimal) and isinstance(new, Decimal) and old != new:
        return new - old
    return None
