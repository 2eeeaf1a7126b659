"""The text of a YAML file → a document. Strict: what would silently change its meaning is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from planbook.diagnostics import Finding
from planbook.document import Document, Mapping, Path, Scalar, Sequence, Span, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 40
"""Format 1 nests 11 deep; a file far beyond that is not a plan."""

# libyaml where the wheel has it: ten times faster than the reader in Python, with the same events.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stop(Exception):
    """The rest of the file can not be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read(data: bytes, name: str) -> tuple[Document, list[Finding]]:
    """Read a plan file. The document's root is None where there is nothing that could be read.

    `name` is how the file is called in messages. YAML 1.1 as PyYAML reads it, less all that the format has no use
    for: tags, anchors, aliases, merge keys and further documents.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        at = _character(before, len(before))
        message = "UTF-8 として読めない文字があります。"
        return Document(name, (before,)), [
            Finding("encoding", at, message, "文字コード UTF-8 で保存し直してください。")
        ]
    document = Document(name, tuple(text.split("\n")))
    builder = _Builder(document)
    try:
        root = builder.build(text)
    except _Stop as stop:
        return document, [*builder.findings, stop.finding]
    return Document(name, document.lines, root, document.keys, document.values), builder.findings


def _character(text: str, index: int) -> Span:
    """Return the span of the character at `index` of `text`."""
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Span(line, column, line, column + 1)


def _span(start: Any, end: Any) -> Span:
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


class _Builder:
    """Builds the document from YAML events."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.findings: list[Finding] = []

    def build(self, text: str) -> Value | None:
        try:
            return self._document(yaml.parse(text, Loader=_Loader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            at = _span(mark, mark) if mark else Span(1, 1, 1, 1)
            message = f"YAML として読めません（{error.problem}）。"
            raise _Stop(Finding("yaml", at, message, "字下げと記号を確かめてください。")) from error
        except yaml.reader.ReaderError as error:
            at = _character(text, error.position)
            message = "使えない制御文字があります。"
            raise _Stop(Finding("control-character", at, message, "この文字を消してください。")) from error

    def _document(self, events: Iterator[Any]) -> Value | None:
        root: Value | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    message = "「---」で区切った二つ目の文書があります。"
                    self._report("several-documents", event, message, "計画は一つのファイルに一つです。")
                    break
                root = self._value(next(events), events, ())
        return root

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Value:
        self._refuse_references(event)
        self.document.values[path] = _span(event.start_mark, event.end_mark)
        if isinstance(event, yaml.AliasEvent):
            return Scalar(f"*{event.anchor}", path)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, path)
        if len(path) > MAX_DEPTH:
            message = f"入れ子が深すぎます（{MAX_DEPTH}段まで）。"
            raise _Stop(Finding("nesting", self.document.values[path], message, "字下げを確かめてください。"))
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
                message = "キー（項目名）は一語の文字でなければなりません。"
                raise _Stop(Finding("key", _span(event.start_mark, event.end_mark), message))
            key = (*path, event.value)
            self._refuse_references(event)
            if event.value in mapping:
                line = self.document.keys[key].line
                message = f"「{event.value}」が二度あります（一つ目は {line} 行目）。"
                self._report("duplicate-key", event, message, "どちらか一つにしてください。")
                self._skip(events)
                continue
            self.document.keys[key] = _span(event.start_mark, event.end_mark)
            if not mapping:
                self.document.values[path] = self.document.keys[key]  # a mapping is pointed at by its first key
            mapping[event.value] = self._value(next(events), events, key)
        return mapping

    def _skip(self, events: Iterator[Any]) -> None:
        depth = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if not depth:
                return

    def _refuse_references(self, event: Any) -> None:
        """Refuse what makes one text mean two things: aliases, anchors, tags."""
        if isinstance(event, yaml.AliasEvent):
            message = f"「*{event.anchor}」は YAML では別の場所への参照になります。"
            self._report("alias", event, message, f'文字として書くときは引用符で囲みます："*{event.anchor}"')
        elif event.anchor:
            message = f"「&{event.anchor}」は YAML では目印（アンカー）になります。"
            self._report("anchor", event, message, "文字として書くときは引用符で囲みます。")
        elif event.tag and event.tag != "!":
            message = f"「{event.tag}」は YAML では型の指定（タグ）になります。"
            self._report("tag", event, message, "文字として書くときは引用符で囲みます。")

    def _report(self, rule: str, event: Any, message: str, hint: str) -> None:
        self.findings.append(Finding(rule, _span(event.start_mark, event.end_mark), message, hint))
