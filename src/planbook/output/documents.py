"""A checked plan → all its outputs, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.html.web_page import render_web_page
from planbook.project.publication import FileFormat, Output, Publication
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.html.templates import Templates
    from planbook.plan.model import Plan
    from planbook.project.publication import Progress
    from planbook.views.selection import Selection


def build_outputs(  # noqa: PLR0913, PLR0917 - what a build is asked for
    plan: Plan,
    templates: Templates,
    documents: Sequence[Publication],
    formats: Sequence[FileFormat],
    progress: Progress,
    selection: Selection = WHOLE,
) -> tuple[Output, ...]:
    """Make the wanted documents in the wanted formats, of the whole plan or of a part of it.

    Raises:
        PangoMissing: a PDF is wanted, and this machine can not make one.
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    outputs = []
    if FileFormat.PDF in formats:
        # HTML alone needs neither WeasyPrint nor Pango.
        from planbook.layout.book import BookPrinter  # noqa: PLC0415
        from planbook.pdf import available_processes  # noqa: PLC0415

        outputs += BookPrinter(templates, available_processes()).print(plan, documents, progress, selection)
    if FileFormat.HTML in formats:
        pdf = FileFormat.PDF in formats
        outputs += [
            Output(document, FileFormat.HTML, render_web_page(plan, document, templates, selection, pdf=pdf).encode())
            for document in documents
        ]
    return tuple(outputs)
