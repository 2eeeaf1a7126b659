"""The way through source, loading and rules: one plan file → everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook import rules
from planbook.check.suppressions import settle
from planbook.diagnostics.bound import MOST_FINDINGS, bounded
from planbook.diagnostics.document import Mapping, Span
from planbook.diagnostics.finding import Diagnostic, Finding, Severity
from planbook.diagnostics.locate import locate, place
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

__all__ = ["Checked", "check", "rules"]

_HOLES = {"missing-key", "empty-value", "wrong-type"}
"""What is found wherever something could not be read; so it is no news beside the reason."""

_OPAQUE = {"alias", "tag", "stray-text", "unclosed-quote", "unclosed-bracket", "yaml", "complex-key", "merge-key"}
_OPAQUE |= {"missing-key"}
"""After these, nobody knows what the line was meant to be, or what was above it; its shape says nothing."""


_UNREAD = {"encoding", "too-large", "empty-file", "nesting"}
"""Of a file with one of these, nothing was read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check. `plan` is there only where there is no error: what is here may be printed.

    `sketch` is there more often: a plan with stand-ins (`plan.stand_ins`) for what is wrong, never to be printed;
    `damaged` are the paths of these. `files` are the chapters and pictures that it names, there or not.
    """

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    sketch: Plan | None = None
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
    relations = [] if source.gaps else list(run(loaded, document, warnings=warnings))
    chapters = _chapters(loaded.plan, file)
    relations += chapters.missing if chapters else ()
    opaque = {
        finding.at.line for finding in source.findings if isinstance(finding.at, Span) and finding.rule in _OPAQUE
    }
    hollow = _keys_above_stray_text(source)
    news = [
        finding
        for finding in (*misspelled, *loaded.findings)
        if not (source.gaps and finding.rule in _HOLES) and not _is_hidden(finding, document, opaque, hollow)
    ]
    if not isinstance(document.root, Mapping) and not any(finding.rule in _UNREAD for finding in source.findings):
        news = relations = []
        source = replace(source, findings=(_no_plan(source),))
    if source.findings or news:
        from planbook.check.consequences import without_consequences  # noqa: PLC0415 - most files have no faults

        found, news, relations = without_consequences(source.findings, news, relations, document)
        source = replace(source, findings=found)
    source = replace(source, findings=_not_superseded(source.findings, [*news, *relations], document))
    findings = settle(_without_echoes([*source.findings, *news, *relations], document), document, rule_slugs)
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


def _keys_above_stray_text(source: Source) -> set[int]:
    """Return the lines of the keys that seem to be empty because what stands below them could not be read."""
    lines = source.document.lines
    found = set()
    for finding in source.findings:
        if finding.rule == "stray-text" and isinstance(finding.at, Span):
            above = next((n for n in range(finding.at.line - 1, 0, -1) if lines[n - 1].strip()), 0)
            if above and lines[above - 1].rstrip().endswith(":"):
                found.add(above)
    return found


def _is_hidden(finding: Finding, document: Document, opaque: set[int], hollow: set[int]) -> bool:
    """Whether a finding is about a line of which nobody knows what it was meant to be."""
    line = place(finding, document).line
    if line in opaque:
        return not _is_about_year(finding, document.lines[line - 1])
    return line in hollow and finding.rule == "empty-value"


def _is_about_year(finding: Finding, line: str) -> bool:
    """Whether a finding is about the year with which its line begins: that much is known of it."""
    key = "" if isinstance(finding.at, Span) or not finding.at else str(finding.at[-1])
    typed = line.lstrip()[:4] if finding.rule == "invalid-year" else ""
    return typed.isdigit() and key.startswith(typed)


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
    document, misspelled = spelled(source.document)
    if document.root is None or len(misspelled) > MOST_FINDINGS:
        return source, document, list(bounded(misspelled, "キーの誤り")), Loaded(None)
    return source, document, misspelled, load(document.root)


def _no_plan(source: Source) -> Finding:
    """Say the one thing there is to say of a text that is no plan at all."""
    first = next((index for index, line in enumerate(source.document.lines, start=1) if line.strip()), 1)
    line = source.document.lines[first - 1]
    message = "計画のデータではないようです。「format: 1」や「title: 計画の名称」のような行がありません。"
    hint = "計画の YAML ファイルを指定してください。新しく書き始めるときは、planbook init で見本を作れます。"
    return Finding("wrong-type", Span(first, 1, first, max(len(line), 1) + 1), message, hint)


_SUPERSEDED = {
    "needs-quotes": ("unknown-department",),
    "tab": ("unknown-department", "wrong-type"),
    "indentation": ("extra-hyphen",),
}
"""What is no news beside another finding at the same place: with that one mended, it is gone."""


def _not_superseded(found: tuple[Finding, ...], others: list[Finding], document: Document) -> tuple[Finding, ...]:
    """Leave out what was found in reading a text of which another finding says what it should be."""
    named = {rule for finding in found for rule in _SUPERSEDED.get(finding.rule, ())}
    on_line: dict[int, list[tuple[str, Span]]] = {}  # so that each is compared with those of its line alone
    for other in others:
        if other.rule in named:
            span = place(other, document)
            on_line.setdefault(span.line, []).append((other.rule, span))

    def is_superseded(finding: Finding) -> bool:
        at, rules_of_these = finding.at, _SUPERSEDED.get(finding.rule, ())
        return isinstance(at, Span) and any(
            rule in rules_of_these and (span.column <= at.column < span.end_column or rule == "extra-hyphen")
            for rule, span in on_line.get(at.line, ())
        )

    return tuple(finding for finding in found if not is_superseded(finding))


def _without_echoes(findings: list[Finding], document: Document) -> list[Finding]:
    """Leave out the warnings about what has an error: when it is mended, they may be gone."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    wrong = {finding.at for finding in errors}
    spans: dict[int, list[Span]] = {}
    for error in errors:
        if isinstance(error.at, Span):
            spans.setdefault(error.at.line, []).append(error.at)

    def is_echo(finding: Finding) -> bool:
        if finding.rule == "too-large":
            return False
        if finding.at in wrong:
            return True
        span = place(finding, document)
        # A hidden character behind a dash or a colon is what was typed instead of the blank that is missing there.
        touching = finding.rule == "hidden-character"
        return any(
            error.column <= span.column
            and (error.end_line, error.end_column + touching) >= (span.line, span.end_column)
            for error in spans.get(span.line, ())
        )

    return [finding for finding in findings if finding.severity is Severity.ERROR or not is_echo(finding)]
