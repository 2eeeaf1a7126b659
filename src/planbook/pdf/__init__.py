"""HTML → pages → PDF. The only package that imports WeasyPrint and pydyf.

`Typesetter` lays out sections, measures, stamps and writes them; a `Page` is all that stays of a page.
"""

from __future__ import annotations

import contextlib
import io
import os

from planbook.assets import bundled_fonts
from planbook.failures import LayoutError, PangoMissing

# Read by fontconfig when WeasyPrint loads it: rendering then sees the bundled fonts and no others.
os.environ["FONTCONFIG_FILE"] = str(bundled_fonts() / "fonts.conf")

try:
    # The first import: it fails where Pango is missing, and prints advice in English then.
    with contextlib.redirect_stdout(io.StringIO()):
        import weasyprint as _weasyprint  # noqa: F401
except OSError as error:
    raise PangoMissing(str(error)) from error

from planbook.pdf.measuring import Measures
from planbook.pdf.page import Extent, Page
from planbook.pdf.processes import available as available_processes
from planbook.pdf.typesetter import Typesetter

__all__ = ["Extent", "LayoutError", "Measures", "Page", "PangoMissing", "Typesetter", "available_processes"]
