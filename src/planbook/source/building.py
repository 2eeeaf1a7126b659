"""YAML events → a document: plain data, and the place of every key and value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from planbook.diagnostics import Finding
from planbook.document import Document, Mapping, Path, Scalar, Sequence, Span, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.source.draft import Draft

MAX_DEPTH = 40
"""Format 1 nests 11 deep; a file far beyond that is not a plan."""

# libyaml where the wheel has it: ten times faster than the reader in Python, with the same events.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """The text can not be read further; `final` says that leaving a line out would not help."""

    def __init__(self, finding: Finding, *, final: bool = False) -> None:
        super().__init__(finding.message)
        self.finding = finding
        self.final = final


class Builder:
    """Builds the document from YAML events. Places are those of the lines as typed, before any correction."""

    def __init__(self, name: str, lines: tuple[str, ...], drafts: list[Draft]) -> None:
        self._document = Document(name, lines)
        self._drafts = drafts
        self.findings: list[Finding] = []

    def build(self, text: str) -> Document:
        """Return the document.

        Raises:
            Unreadable: the text is not YAML, or nests too deep.

        """
        try:
            root = self._root(yaml.parse(text, Loader=_Loader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise Unreadable(self._broken(mark.line if mark else 0, text)) from error
        except yaml.YAMLError as error:
            raise Unreadable(self._broken(0, text), final=True) from error
        document = self._document
        return Document(document.name, document.lines, root, document.keys, document.values)

    def _broken(self, line: int, text: str) -> Finding:
        # The two readers differ in wording and column, but hardly in the line: so the whole line is what is told.
        corrected = text.split("\n")
        line = min(line, len(corrected) - 1)
        while line and not corrected[line].strip():
            line -= 1
        typed = self._document.lines[line] if line < len(self._document.lines) else ""
        start = len(typed) - len(typed.lstrip())
        span = Span(line + 1, start + 1, line + 1, max(len(typed.rstrip()), start + 1) + 1)
        hint = "この行とすぐ上の行の字下げ、「:」「-」の後の空白、引用符とかっこの閉じ忘れを確かめてください。"
        return Finding("yaml", span, "この行を YAML として読めません。", hint)

    def _root(self, events: Iterator[Any]) -> Value | None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self._value(next(events), events, ())
        return None

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Value:
        self._refuse_references(event)
        self._document.values[path] = self._span(event)
        if isinstance(event, yaml.AliasEvent):
            return Scalar(f"*{event.anchor}", path)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, path)
        if len(path) > MAX_DEPTH:
            message = f"入れ子が深すぎます（{MAX_DEPTH} 段まで）。"
            hint = "字下げと、「[」「{」の数を確かめてください。"
            raise Unreadable(Finding("nesting", self._start(event), message, hint), final=True)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[Any], path: Path) -> Sequence:
        sequence = Sequence(path=path)
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            sequence.append(self._value(event, events, (*path, len(sequence))))
        return sequence

    def _mapping(self, events: Iterator[Any], path: Path) -> Mapping:
        mapping = Mapping(path=path)
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._skip(event, events)
                self._skip(next(events), events)
                message = "キー（項目名）は一語の文字でなければなりません。"
                hint = "「キー: 値」の形で書いてください。文字なら引用符で囲みます。"
                self.findings.append(Finding("complex-key", self._start(event), message, hint))
                continue
            key = (*path, event.value)
            self._refuse_references(event)
            if event.value == "<<":
                self._report("merge-key", event, "「<<」（ほかの場所の取り込み）は計画では使えません。", "取り込む中身をここに書いてください。")
                self._skip(next(events), events)
                continue
            if event.value in mapping:
                line = self._document.keys[key].line
                message = f"「{event.value}」が二度あります（一つ目は {line} 行目）。"
                hint = "どちらか一つにしてください。YAML では、片方が黙って捨てられます。"
                self._report("duplicate-key", event, message, hint)
                self._skip(next(events), events)
                continue
            self._document.keys[key] = self._span(event)
            if not mapping:
                self._document.values[path] = self._document.keys[key]  # a mapping is pointed at by its first key
            mapping[event.value] = self._value(next(events), events, key)
        return mapping

    def _skip(self, event: Any, events: Iterator[Any]) -> None:
        """Read over one value."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth <= 0:
                return
            event = next(events)

    def _refuse_references(self, event: Any) -> None:
        """Refuse what makes one text mean two things: aliases, anchors, tags."""
        if isinstance(event, yaml.AliasEvent):
            message = f"「*{event.anchor}」は YAML では別の場所への参照（エイリアス）になります。計画では使えません。"
            self._report("alias", event, message, f'文字として書くときは引用符で囲みます："*{event.anchor}"')
        elif event.anchor:
            message = f"「&{event.anchor}」は YAML では目印（アンカー）になります。計画では使えません。"
            self._report("anchor", event, message, "消すか、文字なら引用符で囲みます。")
        elif event.tag and event.tag != "!":
            message = "「!」は YAML では型の指定（タグ）になります。計画では使えません。"
            self._report("tag", event, message, "消すか、文字なら引用符で囲みます。")

    def _report(self, rule: str, event: Any, message: str, hint: str) -> None:
        at = self._start(event) if isinstance(event, yaml.CollectionStartEvent) else self._span(event)
        self.findings.append(Finding(rule, at, message, hint))

    def _start(self, event: Any) -> Span:
        line, column = self._place(event.start_mark)
        return Span(line, column, line, column + 1)

    def _span(self, event: Any) -> Span:
        return Span(*self._place(event.start_mark), *self._place(event.end_mark))

    def _place(self, mark: Any) -> tuple[int, int]:
        column = self._drafts[mark.line].origin(mark.column) if mark.line < len(self._drafts) else mark.column
        return mark.line + 1, column + 1
