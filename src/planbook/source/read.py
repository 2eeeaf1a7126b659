"""The bytes of a plan file → a document. Strict: what would silently change its meaning is a finding.

What YAML can read is never rearranged unless that explains faults of what stands there (`_read_lines`), and then it is
reported. At the end stands one invariant: either there is an error, or the document is exactly what YAML makes of the
file as it was typed (`_AsTyped`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Document, Span
from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.finding_limit import MAX_FINDINGS, up_to_limit
from planbook.plan.shape import levels_typed, misplaced, plan_shape
from planbook.source.compose import Builder, Source
from planbook.source.conflict_markers import without_markers
from planbook.source.decode import Undecodable, decode, without_controls
from planbook.source.diff_signs import without_diff_signs
from planbook.source.repair.repairer import repair, survey, too_many_slips
from planbook.source.repair.scanner import Scanner
from planbook.source.repair.sound_items import SoundItems
from planbook.source.strict_yaml import refused_by_pyyaml
from planbook.source.yaml_events import UnreadableYaml, YamlLine, yaml_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_REPAIRS = 12
"""Lines that are left out, one after the other, until the rest can be read."""

SURVEYED = 1_000
"""Lines in which it shows what most of the parts of a file do without; the real plan has 600."""


def read(data: bytes, name: str, well_typed: Document | None = None) -> Source:
    """Read a plan file. `name` is how the file is called in messages.

    `well_typed` is what `fast_path` made of the same bytes, if it did: they are not read by YAML once more.

    YAML 1.1 as PyYAML reads it, less all that the format has no use for: tags, anchors, aliases, merge keys, complex
    keys and further documents. What YAML refuses is corrected in memory, so that one run reports all that is wrong.
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
    lines, more, uncertain = without_markers(lines)
    lines, signed = without_diff_signs(lines)
    as_typed = _AsTyped(well_typed, ()) if well_typed else _AsTyped.of(name, typed)
    if as_typed.refused and as_typed.refused.rule == "too-large":
        listed = as_typed.findings if len(as_typed.findings) == MAX_FINDINGS else ()  # else it is hardly a plan
        return Source(Document(name, typed), (*listed, as_typed.refused))
    as_yaml = as_typed if lines == list(typed) else _AsTyped.of(name, tuple(lines))
    readable = as_yaml.document if as_yaml.is_readable else None
    source = _read_lines(lines, Document(name, typed), readable, gaps=uncertain)
    outside = (*up_to_limit(findings, "制御文字のある行"), *up_to_limit([*more, *signed], "印や区切りの行"))
    source = replace(source, findings=(*outside, *source.findings))
    return source if has_error(source.findings) else as_typed.instead_of(source)


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


@dataclass(frozen=True, slots=True)
class _AsTyped:
    """What YAML makes of lines in which nothing was corrected, or the finding that says where it `refused` them."""

    document: Document
    findings: tuple[Finding, ...]
    refused: Finding | None = None

    @classmethod
    def of(cls, name: str, lines: tuple[str, ...]) -> _AsTyped:
        """Read the lines."""
        builder = Builder(name, lines)
        try:
            document = builder.build()
        except UnreadableYaml as error:
            return cls(Document(name, lines), tuple(builder.findings), error.finding)
        return cls(document, tuple(builder.findings))

    @property
    def is_readable(self) -> bool:
        """Whether YAML can read the lines, and the format their keys."""
        return not self.refused and not self.findings

    def instead_of(self, source: Source) -> Source:
        """Return this for a file in which no error was found; what YAML refuses is an error after all."""
        if self.refused:
            return replace(source, findings=(*source.findings, self.refused))
        refused = up_to_limit(refused_by_pyyaml(self.document.lines), "YAML の誤り")
        findings = (*source.findings, *self.findings, *refused)
        return Source(self.document, findings)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the lines of a file, and how many faults it leaves."""

    source: Source
    misplaced: int
    """Keys, lists, mappings and items that stand where the format has none."""
    faults: int
    """These and all errors."""
    is_partial: bool
    """Whether lines were left to YAML, or left out, because there are so many."""

    @classmethod
    def of(
        cls, scanner: Scanner, items: SoundItems, document: Document, as_typed: Document | None = None, *, gaps: bool
    ) -> _Reading:
        """Read the lines as a scanner corrects them; where it corrects nothing, `as_typed` is what they are."""
        findings, stopped_at = repair(scanner, items)
        gaps = gaps or stopped_at is not None
        if as_typed and all(line.is_as_typed(at) for at, line in enumerate(scanner.typed_lines)):
            source = Source(as_typed, tuple(findings), gaps)
        else:
            source = _read_yaml_lines(yaml_lines(scanner.typed_lines), document, findings, gaps=gaps)
        if stopped_at is not None and source.document.root is not None:
            source = replace(source, findings=(*source.findings, too_many_slips(scanner, stopped_at)))
        errors = sum(finding.severity is Severity.ERROR for finding in source.findings)
        root = source.document.root
        astray = scanner.run_on + (misplaced(root, scanner.shape) if root is not None else 1)
        is_partial = any(finding.rule == "too-large" for finding in source.findings)
        return cls(source, astray, errors + astray, is_partial)


def _read_lines(lines: list[str], document: Document, readable: Document | None, *, gaps: bool) -> Source:
    """Read the lines where they stand if YAML can; if that leaves faults, see whether moving some explains them.

    `readable` is what YAML makes of the lines, where it can read them.
    """
    levels, items = levels_typed(lines), SoundItems(lines)
    kept = None
    if readable:
        first = Scanner(lines, plan_shape(levels), keeps_structure=True)
        as_typed = readable if readable.lines == document.lines else None
        kept = _Reading.of(first, items, document, as_typed, gaps=gaps)
        if not kept.misplaced or kept.is_partial:
            return kept.source
    else:
        first = Scanner(lines[:SURVEYED], plan_shape(levels))
        survey(first, items)
    scanner = Scanner(lines, plan_shape(levels, first.outline.rare))
    moved = _Reading.of(scanner, items, document, gaps=gaps)
    return kept.source if kept and kept.faults < moved.faults else moved.source


def _read_yaml_lines(corrected: list[YamlLine], document: Document, findings: list[Finding], *, gaps: bool) -> Source:
    reported = {
        finding.at.line for finding in findings if isinstance(finding.at, Span) and finding.severity is Severity.ERROR
    }
    first = True
    for _ in range(MAX_REPAIRS):
        builder = Builder(document.name, document.lines, corrected)
        try:
            read = builder.build()
        except UnreadableYaml as error:
            if error.yaml_line is None:
                return Source(document, (*findings, *builder.findings, error.finding), gaps)
            # Its fault may be the echo of one that is reported already; then leaving the line out says enough.
            gaps = True
            number = corrected[error.yaml_line].number
            corrected[error.yaml_line] = YamlLine("", number)
            # What follows an unreadable line is unreadable with it, often to the end of the file.
            if first and reported.isdisjoint((number, number + 1)):
                findings.append(error.finding)
                first = False
            reported.add(number + 1)
            continue
        return Source(read, (*findings, *builder.findings), gaps)
    return Source(document, tuple(findings), gaps=True)
