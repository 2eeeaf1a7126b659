"""HTML → pages → PDF. The only package that imports WeasyPrint and pydyf.

`Typesetter` lays out sections, measures, stamps and writes them; a `Page` is all that stays of a page.
"""

from __future__ import annotations

import os

from planbook.failures import LayoutError, PangoMissing
from planbook.project.bundled_files import bundled_fonts

# Read by fontconfig when WeasyPrint loads it: rendering then sees the bundled fonts and no others.
os.environ["FONTCONFIG_FILE"] = str(bundled_fonts() / "fonts.conf")

try:
    # The first import of WeasyPrint.
    import planbook.pdf.engine as _engine  # noqa: F401
except OSError as error:
    raise PangoMissing(str(error)) from error

from planbook.pdf.measuring import Measures
from planbook.pdf.page import Extent, Page
from planbook.pdf.processes import available as available_processes
from planbook.pdf.typesetter import Typesetter

__all__ = ["Extent", "LayoutError", "Measures", "Page", "PangoMissing", "Typesetter", "available_processes"]
