"""The way through source, loading and rules: one plan file → everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook.check.overlaps import not_superseded, of_readable_lines, without_warnings_beside_errors
from planbook.check.suppressions import without_allowed
from planbook.diagnostics.document import Mapping, Span
from planbook.diagnostics.finding import Diagnostic, Finding, Severity
from planbook.diagnostics.finding_limit import MAX_FINDINGS, up_to_limit
from planbook.diagnostics.locate import locate
from planbook.plan.load import Loaded, load, load_faultless
from planbook.rules.explanations import rule_slugs
from planbook.rules.registry import run
from planbook.source.fast_path import read_well_typed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planbook.chapters.chapter_files import ReadChapters
    from planbook.diagnostics.document import Document
    from planbook.diagnostics.document import Path as PathInFile
    from planbook.plan.model import Plan
    from planbook.source.compose import Source

_FIRST_KEYS = ("format:", "title:", "policies:", "pillars:")
"""What a line of a plan begins with, even where the file as a whole can not be read."""

_UNREAD = {"encoding", "too-large", "empty-file", "nesting"}
"""Of a file with one of these, nothing was read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check. `plan` is there only where there is no error: what is here may be printed.

    `incomplete_plan` is there more often: it has stand-ins (`plan.stand_ins`) for what is wrong, and is never printed;
    `damaged` are the paths of these. `files` are the chapters and pictures that it names, there or not.
    """

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    incomplete_plan: Plan | None = None
    damaged: frozenset[PathInFile] = frozenset()
    files: tuple[Path, ...] = ()

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics have that severity."""
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)


def check(data: bytes, name: str, file: Path | None = None, *, warnings: bool = True) -> Checked:
    """Check the bytes of a plan file that messages call `name`.

    Where it is known which `file` it is, its chapters are read and checked, too. Without `warnings` it is checked for
    errors alone, which takes half the time.
    """
    source, document, misspelled, loaded = _loaded(data, name)
    of_rules = [] if source.gaps else list(run(loaded, document, warnings=warnings))
    chapters = _chapters(loaded.plan, file)
    of_rules += chapters.missing if chapters else ()
    of_shape = of_readable_lines((*misspelled, *loaded.findings), source, document)
    if not isinstance(document.root, Mapping) and not any(finding.rule in _UNREAD for finding in source.findings):
        of_shape = of_rules = []
        if not source.findings or not any(line.startswith(_FIRST_KEYS) for line in document.lines):
            source = replace(source, findings=(_no_plan(source),))
    if source.findings or of_shape:
        from planbook.check.consequences import without_consequences  # noqa: PLC0415 - most files have no faults

        read, of_shape, of_rules = without_consequences(source.findings, of_shape, of_rules, document)
        source = replace(source, findings=read)
    source = replace(source, findings=not_superseded(source.findings, [*of_shape, *of_rules], document))
    found = without_warnings_beside_errors([*source.findings, *of_shape, *of_rules], document)
    findings = without_allowed(found, document, rule_slugs)
    diagnostics = _ordered(
        each for each in dict.fromkeys(locate(findings, document)) if warnings or each.severity is Severity.ERROR
    )
    diagnostics += chapters.diagnostics if chapters else ()
    sound = not any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    plan = loaded.plan
    if plan and chapters:
        plan = plan.with_chapters(chapters.chapters, chapters.cover_picture)
    files = chapters.files if chapters else ()
    return Checked(plan if sound else None, tuple(diagnostics), plan, loaded.damaged, files)


def _chapters(plan: Plan | None, file: Path | None) -> ReadChapters | None:
    """Read the chapters and pictures that a plan names, if it does and it is known where they are."""
    if plan is None or file is None or not (any(plan.book.chapter_parts()) or plan.book.cover):
        return None
    from planbook.chapters.chapter_files import read_files  # noqa: PLC0415 - most plans have none

    return read_files(plan.book, file)


def _ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort by place, errors before warnings; a warning beside an error on its line stays there."""
    everything = sorted(diagnostics, key=lambda diagnostic: (diagnostic.span, diagnostic.rule))
    wrong = {diagnostic.span.line for diagnostic in everything if diagnostic.severity is Severity.ERROR}
    return sorted(everything, key=lambda diagnostic: diagnostic.span.line not in wrong)


def _loaded(data: bytes, name: str) -> tuple[Source, Document, list[Finding], Loaded]:
    """Read and load a file: by the short way if it has no fault, else as one that may have any."""
    quick = read_well_typed(data, name)
    document = quick.document if quick else None
    if quick and document and document.root is not None and (plan := load_faultless(document.root)):
        return quick, document, [], Loaded(plan)
    from planbook.plan.unknown_keys import spelled  # noqa: PLC0415
    from planbook.source.read import read  # noqa: PLC0415 - most files need neither

    source = read(data, name, document)
    del document, quick  # a file of many values has its memory once
    document = source.document
    if document.root is not None and (plan := load_faultless(document.root)):
        return source, document, [], Loaded(plan)  # with slips of typing alone
    document, misspelled = spelled(source.document)
    if document.root is None or len(misspelled) > MAX_FINDINGS:
        return source, document, list(up_to_limit(misspelled, "キーの誤り")), Loaded(None)
    return source, document, misspelled, load(document.root)


def _no_plan(source: Source) -> Finding:
    """Say the one thing there is to say of a text that is no plan at all."""
    first = next((index for index, line in enumerate(source.document.lines, start=1) if line.strip()), 1)
    line = source.document.lines[first - 1]
    message = "計画のデータではないようです。「format: 1」や「title: 計画の名称」のような行がありません。"
    hint = "計画の YAML ファイルを指定してください。新しく書き始めるときは、planbook init で見本を作れます。"
    return Finding("wrong-type", Span(first, 1, first, max(len(line), 1) + 1), message, hint)
