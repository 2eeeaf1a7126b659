"""The bytes of a plan file → a document. Strict: what would silently change its meaning is a finding."""

from __future__ import annotations

import re

from planbook.diagnostics.document import Document, Span
from planbook.diagnostics.finding import Finding
from planbook.source.compose import Builder, Row, Source, Unreadable, rows
from planbook.source.conflict_markers import without_markers
from planbook.source.decode import Undecodable, decode, without_controls
from planbook.source.repair.repairer import Scanner

MAX_REPAIRS = 12
"""Lines that are left out, one after the other, until the rest can be read."""


def read(data: bytes, name: str) -> Source:
    """Read a plan file. `name` is how the file is called in messages.

    YAML 1.1 as PyYAML reads it, less all that the format has no use for: tags, anchors, aliases, merge keys, complex
    keys and further documents. Slips of typing are corrected in memory, so that one run tells all that is wrong.
    """
    try:
        text = decode(data)
    except Undecodable as error:
        return Source(Document(name, tuple(error.before.split("\n"))), (error.finding,))
    typed = tuple(text.split("\n"))
    if not any(line.strip() and not re.match(r"\s*#|(---|\.\.\.)\s*$", line) for line in typed):
        message = "ファイルに中身がありません。"
        hint = "記入例は planbook explain empty-file で見られます。"
        return Source(Document(name, typed), (Finding("empty-file", Span(1, 1, 1, 1), message, hint),))
    lines, findings = without_controls(list(typed))
    lines, more = without_markers(lines)
    scanner = Scanner(lines)
    scanner.run()
    findings += [*more, *scanner.findings]
    cut = any(finding.rule == "several-documents" for finding in more)
    return _read_rows(rows(scanner.drafts), Document(name, typed), findings, gaps=cut)


def _read_rows(corrected: list[Row], document: Document, findings: list[Finding], *, gaps: bool) -> Source:
    told = {finding.at.line for finding in findings if isinstance(finding.at, Span)}
    first = True
    for _ in range(MAX_REPAIRS):
        builder = Builder(document.name, document.lines, corrected)
        try:
            read = builder.build()
        except Unreadable as error:
            if error.row is None:
                return Source(document, (*findings, *builder.findings, error.finding), gaps)
            # Its fault may be the echo of one that is told already; then leaving the line out says enough.
            gaps = True
            number = corrected[error.row].number
            corrected[error.row] = Row("", number)
            # What follows an unreadable line is unreadable with it, often to the end of the file.
            if first and told.isdisjoint((number, number + 1)):
                findings.append(error.finding)
                first = False
            told.add(number + 1)
            continue
        return Source(read, (*findings, *builder.findings), gaps)
    return Source(document, tuple(findings), gaps=True)
