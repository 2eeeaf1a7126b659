"""HTML → pages → PDF. The only package that imports WeasyPrint and pydyf.

`Typesetter` lays out sections, measures, stamps and writes them; a `Page` is all that stays of a page.
"""

from __future__ import annotations

import os

from planbook.errors import LayoutError, PangoMissing
from planbook.project.paths import bundled_fonts

# Read by fontconfig when WeasyPrint loads it: rendering then sees the bundled fonts and no others.
os.environ["FONTCONFIG_FILE"] = str(bundled_fonts() / "fonts.conf")

try:
    # The first import of WeasyPrint.
    import planbook.pdf.weasyprint_patches as _first  # noqa: F401
except OSError as error:
    raise PangoMissing(str(error)) from error

from planbook.pdf.measure import Measures
from planbook.pdf.page import Extent, Page
from planbook.pdf.typesetter import Request, Typesetter
from planbook.pdf.workers import available as available_processes

__all__ = ["Extent", "LayoutError", "Measures", "Page", "PangoMissing", "Request", "Typesetter", "available_processes"]
