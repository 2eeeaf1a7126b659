"""YAML events → a document: plain data, and the place of every key and value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from planbook.diagnostics.document import Document, Mapping, Path, Scalar, Sequence, Span, Value
from planbook.diagnostics.finding import Finding
from planbook.diagnostics.finding_limit import MAX_FINDINGS, too_many
from planbook.source.decode import UNREADABLE
from planbook.source.references import refusal
from planbook.source.yaml_events import LOADER, MAX_DEPTH, UnreadableYaml, YamlLine, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator


MAX_VALUES = 120_000
"""Texts, lists and mappings; the real plan has about 800, one of 5 MB (`decode.MAX_BYTES`) as densely typed 110,000."""

DENSE_VALUES = 40_000
"""As many may be typed as densely as one likes; of more, each has `VALUE_BYTES` on average."""

VALUE_BYTES = 22
"""Keys and margins among them: plans have 23 to 45."""

MAX_ITEMS = 10_000
"""Of one list or mapping; the real plan has up to 30, and one of 64 times its size 320."""

MAX_TEXT = 10_000
"""Characters of one text; no page has room for so many."""

_MANY_BLANKS = re.compile("[ \u3000\xa0]{100,}")
"""Nobody types these; what looks for slips in texts may take them for bounded."""

_MEMO = re.compile(
    r"""(?P<value>.*(?P<end>[]}"']))[ \u3000]*(?P<rest>(?:[＃※][ \u3000]*|(?=[（(〔【]))(?P<memo>.*\S))"""
)
"""What people write behind a list, a mapping or a quoted text, and YAML takes for no comment."""


@dataclass(frozen=True, slots=True)
class Source:
    """What reading made of a file.

    The document's root is None where nothing could be read. `gaps` says that whole lines had to be left out, so
    that what seems to be missing may stand there.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    gaps: bool = False


class Builder:
    """Builds the document from YAML events. Places are those of the lines as typed, before any correction.

    Without `yaml_lines`, YAML is to read the lines as they were typed.
    """

    def __init__(
        self,
        name: str,
        lines: tuple[str, ...],
        yaml_lines: list[YamlLine] | None = None,
        *,
        most_findings: int = MAX_FINDINGS,
    ) -> None:
        self._document = Document(name, lines)
        self._most_findings = most_findings
        self._yaml_lines = yaml_lines
        self.findings: list[Finding] = []
        self._skipped = 0
        self._most_values = DENSE_VALUES

    def build(self) -> Document:
        """Return the document.

        Raises:
            UnreadableYaml: the text is not YAML, nests too deep, or has more values or findings than are read.

        """
        try:
            text = self._text()
            self._most_values = min(MAX_VALUES, max(DENSE_VALUES, len(text.encode()) // VALUE_BYTES))
            root = self._root(yaml.parse(text, Loader=LOADER))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._broken(mark.line if mark else 0) from error
        except yaml.YAMLError as error:
            raise UnreadableYaml(self._broken(0).finding) from error
        document = self._document
        return Document(document.name, document.lines, root, document.keys, document.values)

    def _text(self) -> str:
        if self._yaml_lines is None:
            return "\n".join(self._document.lines)
        return "\n".join(yaml_line.text for yaml_line in self._yaml_lines)

    def _broken(self, index: int) -> UnreadableYaml:
        # The two readers differ in wording and column, but hardly in the line: so the whole line is what is reported.
        texts = [each.text for each in self._yaml_lines] if self._yaml_lines else self._document.lines
        index = min(index, len(texts) - 1)
        while index and not texts[index].strip():
            index -= 1
        line = self._yaml_lines[index].number if self._yaml_lines else index
        typed = self._document.lines[line]
        start = len(typed) - len(typed.lstrip())
        span = Span(line + 1, start + 1, line + 1, max(len(typed.rstrip()), start + 1) + 1)
        hint = "この行とすぐ上の行の字下げ、「:」「-」の後の空白、引用符とかっこの閉じ忘れを確かめてください。"
        if re.search(r'"[^"]*\\', typed):
            hint = '「"」の間の「\\」は、「\\\\」と二つ重ねて書いてください。'
        message = "この行を YAML として読めません。"
        if memo := _MEMO.match(typed):
            message = f"「{memo['end']}」の後に文字があり、YAML として読めません。"
            hint = "印刷しないメモなら、次のように半角の「#」を前に付けてください。"
            hint += f"\n{memo['value'].strip()} # {memo['memo']}"
            span = Span(line + 1, memo.start("rest") + 1, line + 1, len(typed.rstrip()) + 1)
        finding = Finding("yaml", span, message, hint)
        return UnreadableYaml(finding, index if texts[index].strip() else None)

    def _root(self, events: Iterator[Any]) -> Value | None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                value = self._value(next(events), events, ())
                self._refuse_more_documents(events)
                return value
        return None

    def _refuse_more_documents(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                message = "計画の後に、別の文書があります。"
                hint = "「---」や「...」の行を消すか、そこから後ろを別のファイルにしてください。"
                self._add(Finding("several-documents", self._start(event), message, hint))
                return

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Value:
        self._refuse_references(event)
        self._document.values[path] = self._span(event)
        self._count(event)
        if isinstance(event, yaml.AliasEvent):
            return Scalar(f"*{event.anchor}", path)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(self._sound_text(event), path)
        if len(path) > MAX_DEPTH:
            raise too_deep(self._start(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[Any], path: Path) -> Sequence:
        sequence = Sequence(path=path)
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            self._refuse_many_items(len(sequence), event)
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
                self._add(Finding("complex-key", self._start(event), message, hint))
                continue
            name = self._sound_text(event)
            key = (*path, name)
            self._refuse_references(event)
            if name == "<<":
                self._report(
                    "merge-key",
                    event,
                    "「<<」（ほかの場所の取り込み）は計画では使えません。",
                    "取り込む中身をここに書いてください。",
                )
                self._skip(next(events), events)
                continue
            if name in mapping:
                line = self._document.keys[key].line
                message = f"「{name[:60]}」が二度あります（一つ目は {line} 行目）。"
                hint = "どちらか一つにしてください。YAML では、片方が黙って捨てられます。"
                self._report("duplicate-key", event, message, hint)
                self._skip(next(events), events)
                continue
            self._refuse_many_items(len(mapping), event)
            self._document.keys[key] = self._span(event)
            if not mapping:
                self._document.values[path] = self._document.keys[key]  # a mapping is pointed at by its first key
            mapping[name] = self._value(next(events), events, key)
        return mapping

    def _sound_text(self, event: Any) -> str:
        """Return the text of a scalar as far as it can be printed; escapes may write what can not be typed."""
        text: str = event.value
        if len(text) >= 100:  # noqa: PLR2004 - the least that can be too much
            text = self._bounded(text, event)
        if event.style != '"' or not (found := UNREADABLE.search(text)):
            return text
        message = f"「\\」で書いた制御文字（U+{ord(found[0]):04X}）があります。"
        self._report("control-character", event, message, "「\\」から始まる、この文字の書き方を消してください。")
        return UNREADABLE.sub("", text)

    def _bounded(self, text: str, event: Any) -> str:
        """Refuse a text that no page has room for; return as much of it as the rules need to go on."""
        message = ""
        if _MANY_BLANKS.search(text):
            message, text = "空白が 100 個以上続いています。", _MANY_BLANKS.sub(" ", text)
        if len(text) > MAX_TEXT:
            message, text = f"文章が長すぎます（{len(text)} 字。{MAX_TEXT} 字まで）。", text[:100]
        if message:
            self._report("too-large", event, message, "文章を短くしてください。貼り付けの誤りなら消してください。")
        return text

    def _count(self, event: Any) -> None:
        """Refuse a file with more values than any plan has, those that were skipped among them."""
        if len(self._document.values) + self._skipped > self._most_values:
            message = f"値が多すぎます（{self._most_values} 個まで）。"
            hint = "計画のファイルかどうかを確かめてください。"
            raise UnreadableYaml(Finding("too-large", self._start(event), message, hint))

    def _refuse_many_items(self, number: int, event: Any) -> None:
        if number == MAX_ITEMS:
            message = f"一つのリストや組の項目が多すぎます（{MAX_ITEMS} 個まで）。"
            hint = "計画のファイルかどうかを確かめてください。"
            raise UnreadableYaml(Finding("too-large", self._start(event), message, hint))

    def _skip(self, event: Any, events: Iterator[Any]) -> None:
        """Read over one value."""
        self._skipped += 1
        self._count(event)
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth <= 0:
                return
            if depth > MAX_DEPTH:
                raise too_deep(self._start(event))
            event = next(events)

    def _refuse_references(self, event: Any) -> None:
        """Refuse what makes one text mean two things: aliases, anchors, tags."""
        if isinstance(event, yaml.AliasEvent):
            self._report(
                "alias",
                event,
                refusal("alias", f"*{event.anchor}"),
                f'文字として書くときは引用符で囲みます："*{event.anchor}"',
            )
        elif event.anchor:
            self._report("anchor", event, refusal("anchor", f"&{event.anchor}"), "消すか、文字なら引用符で囲みます。")
        elif event.tag and event.tag != "!":
            self._report("tag", event, refusal("tag", "!"), "消すか、文字なら引用符で囲みます。")

    def _report(self, rule: str, event: Any, message: str, hint: str) -> None:
        at = self._start(event) if isinstance(event, yaml.CollectionStartEvent) else self._span(event)
        self._add(Finding(rule, at, message, hint))

    def _add(self, finding: Finding) -> None:
        """Note a finding, up to the number that is looked for."""
        if len(self.findings) == self._most_findings:
            raise UnreadableYaml(too_many("YAML の誤り", finding.at))
        self.findings.append(finding)

    def _start(self, event: Any) -> Span:
        line, column = self._place(event.start_mark)
        return Span(line, column, line, column + 1)

    def _span(self, event: Any) -> Span:
        if self._yaml_lines is None:
            begin, end = event.start_mark, event.end_mark
            if end.line < len(self._document.lines):
                return Span(begin.line + 1, begin.column + 1, end.line + 1, end.column + 1)
        elif event.start_mark.line == event.end_mark.line < len(self._yaml_lines):
            line = self._yaml_lines[event.start_mark.line]
            if not line.line:  # nothing was corrected in it
                return Span(line.number + 1, event.start_mark.column + 1, line.number + 1, event.end_mark.column + 1)
        start, end = self._place(event.start_mark), self._place(event.end_mark)
        return Span(*start, *max(start, end))  # lines that were swapped may end above their beginning

    def _place(self, mark: Any) -> tuple[int, int]:
        lines = self._document.lines if self._yaml_lines is None else self._yaml_lines
        if mark.line >= len(lines):
            return len(self._document.lines), 1
        if self._yaml_lines is None:
            return mark.line + 1, mark.column + 1
        yaml_line = self._yaml_lines[mark.line]
        return yaml_line.number + 1, yaml_line.column(mark.column) + 1
