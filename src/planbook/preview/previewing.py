"""Plan file → what the preview shows: the last good page and PDF, and what is wrong now."""

from __future__ import annotations

import contextlib
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planbook.check.check import check
from planbook.check.reports import Report
from planbook.comparison.web_changes import changed_parts
from planbook.errors import TemplateError, system_reason
from planbook.html.templates import Templates
from planbook.html.web_page import render_preview_pages
from planbook.plan import json_schema
from planbook.plan.schema_file import is_outdated, schema_file, write_schema
from planbook.preview.printer import PreviewJob, PrintedPdf
from planbook.preview.watching import fingerprint
from planbook.project.file_access import MAX_PLAN_BYTES, read_regular

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planbook.comparison.versions import VersionRead
    from planbook.plan.model import Plan
    from planbook.preview.watching import Fingerprint
    from planbook.project.paths import Workspace

GRACE = 0.3
"""Seconds that a file may be away or empty before it is news: editors and git take it away for a moment."""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A page of the plan: as `planbook build` writes it, as the preview shows it, and what it was made from."""

    published: bytes
    live: bytes
    source: bytes

    @property
    def version(self) -> str:
        """Names this state of the live page."""
        return hashlib.sha256(self.live).hexdigest()[:16]


class Printing(StrEnum):
    """How far the PDF of the last good plan is."""

    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Preview:
    """One state of the preview.

    `page` and `pdf` are the last good ones; `pdf` may be older than `page` unless `printing` says ready, and newer
    where the page of a plan can not be made and its PDF can. `report` is about the plan as it stands in the file now,
    `trouble` what else keeps it from being shown. Both texts of trouble are Japanese, and empty where there is none.
    """

    page: PreviewPage | None = None
    pdf: bytes | None = None
    printing: Printing = Printing.MAKING
    report: Report = field(default_factory=lambda: Report.of([], []))
    trouble: str = ""
    pdf_trouble: str = ""

    @property
    def pdf_version(self) -> str | None:
        """Names this state of the PDF; None where there is none."""
        return hashlib.sha256(self.pdf).hexdigest()[:16] if self.pdf else None

    @property
    def failed(self) -> bool:
        """Whether the page is older than the plan file."""
        return bool(self.trouble or self.report.errors)


class Previewer:
    """Makes the newest state of a plan, again and again.

    `print_` returns the PDF of a job, or None where its event was set before. `against` is the version since which
    changes are marked.
    """

    def __init__(
        self,
        workspace: Workspace,
        print_: Callable[[PreviewJob, threading.Event], PrintedPdf | None],
        against: VersionRead | None = None,
    ) -> None:
        self._against = against
        self.preview = Preview()
        self._workspace = workspace
        self._print = print_
        self._templates = Templates()
        self._fingerprint: Fingerprint | None = None
        self._unprinted: Plan | None = None
        self._printed: Plan | None = None
        self.files: tuple[Path, ...] = ()
        """The chapters and pictures that the plan names, as it was read last."""

    def renew(self, changed: threading.Event) -> Iterator[Preview]:
        """Read the plan and the templates; yield each new state: first the page or what is wrong, then the PDF.

        The PDF is begun before the page is made, and is done that much sooner: another process prints it.
        Stops early once `changed` is set: then there is something newer to read.
        """
        data = self._read(changed)
        plan = self._look(data) if isinstance(data, bytes) else None
        with ThreadPoolExecutor(1, "planbook-printing") as beside:
            job = self._job()
            printing = beside.submit(self._print, job, changed) if job else None
            if isinstance(data, str):
                yield self._now(trouble=data)
            elif data is not None:
                yield self._with_page(plan, data) if plan else self.preview
            printed = printing.result() if printing else None
        if job is None or printed is None:
            return
        self._unprinted = None
        if printed.pdf is None:
            yield self._now(printing=Printing.FAILED, pdf_trouble=printed.trouble)
        else:
            self._printed = job.plan
            yield self._now(pdf=printed.pdf, printing=Printing.READY, pdf_trouble="")

    def broken(self, trouble: str) -> Preview:
        """Return the state after a fault of our own: what was good stays, and nothing is tried again unasked."""
        self._unprinted = None
        self._printed = None
        return self._now(trouble=trouble, printing=Printing.FAILED if self.preview.pdf is None else Printing.READY)

    def _now(self, **changes: object) -> Preview:
        self.preview = replace(self.preview, **changes)  # type: ignore[arg-type]  # checked where it is called
        return self.preview

    def _read(self, changed: threading.Event) -> bytes | str | None:
        """Return the plan file, what is wrong with it, or None if it is changing right now."""
        path = self._workspace.plan
        for last in (False, True):
            try:
                data = read_regular(path, MAX_PLAN_BYTES)
            except FileNotFoundError:
                data = b""
                missing = f"計画ファイル「{path}」がありません。戻ると、自動で続きます。"
            except IsADirectoryError:
                return f"「{path}」はフォルダーです。計画の YAML ファイルを指定してください。"
            except OSError as error:
                return f"計画ファイル「{path}」を読めません（{system_reason(error)}）。"
            else:
                missing = ""
            if data or (last and not missing):
                return data
            if last:
                return missing
            if changed.wait(GRACE):
                return None
        return None

    def _look(self, data: bytes) -> Plan | None:
        """Check the plan; return it if it is sound."""
        name = str(self._workspace.plan)
        checked = check(data, name, self._workspace.plan)
        self._renew_schema(checked.incomplete_plan)
        if checked.incomplete_plan is not None:  # else nobody knows what it names
            self.files = checked.files
        self._now(report=Report.of([name], [checked]), trouble="")
        if checked.plan is None:
            return None
        try:
            self._renew_templates()
        except OSError as error:
            self._now(trouble=_no_page(error))
            return None
        if checked.plan == self._printed:
            self._unprinted = None
            self._now(printing=Printing.READY, pdf_trouble="")
        else:
            self._unprinted = checked.plan
            self._now(printing=Printing.MAKING, pdf_trouble="")
        return checked.plan

    def _job(self) -> PreviewJob | None:
        """Return what is to be printed: the last sound plan, if it has not been."""
        if self._unprinted is None or self._fingerprint is None:
            return None
        return PreviewJob(self._unprinted, self._workspace.templates, self._fingerprint)

    def _with_page(self, plan: Plan, data: bytes) -> Preview:
        """Make the page of a plan that was read from `data`."""
        try:
            changes = changed_parts(self._against, plan) if self._against else None
            published, live = render_preview_pages(plan, self._templates, changes)
        except TemplateError as error:
            return self._now(trouble=str(error))
        except OSError as error:
            return self._now(trouble=_no_page(error))
        return self._now(page=PreviewPage(published.encode(), live.encode(), data))

    def _renew_schema(self, incomplete_plan: Plan | None) -> None:
        """Give the editor the names of the plan as it is now, if it has a schema."""
        path = schema_file(self._workspace.plan)
        if incomplete_plan is not None and is_outdated(path, incomplete_plan):
            with contextlib.suppress(OSError):  # the editor has the old names then
                write_schema(path, json_schema.write(incomplete_plan))

    def _renew_templates(self) -> None:
        own = self._workspace.templates
        state = fingerprint(Templates(own).folders)
        if state != self._fingerprint:
            self._templates, self._printed = Templates(own), None
            self._fingerprint = state


def _no_page(error: OSError) -> str:
    return f"ページを作れません（{system_reason(error)}）。"
