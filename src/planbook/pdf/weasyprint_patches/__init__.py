"""WeasyPrint, quicker: the one door to all that planbook puts in the place of parts of it.

Whatever stands here gives the same bytes as WeasyPrint's own code, and takes less time for many sections with the same
stylesheets (a test says so). It knows WeasyPrint from within, so it belongs to one version of it: any other is used as
it is.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from planbook.pdf.weasyprint_patches.loading import load

load()

# ruff: noqa: E402 - loaded before anything of it is imported
import weasyprint
from weasyprint.css import StyleFor, find_stylesheets
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.float import avoid_collisions
from weasyprint.layout.page import make_margin_boxes
from weasyprint.layout.percent import resolve_percentages
from weasyprint.pdf.fonts import Font
from weasyprint.text.line_break import Layout, strut

from planbook.pdf.weasyprint_patches import boxes, fonts, styles
from planbook.pdf.weasyprint_patches.source import Source
from planbook.pdf.weasyprint_patches.text import KeptLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Source", "quick"]

_KNOWN = "70.0"
_OURS = (
    (StyleFor, styles.SharedStyleFor),
    (find_stylesheets, styles.find_stylesheets),
    (Layout, KeptLayout),
    (strut, boxes.strut),
    (resolve_percentages, boxes.resolve_percentages),
    (avoid_collisions, boxes.avoid_collisions),
    (layout_box_backgrounds, boxes.layout_box_backgrounds),
    (make_margin_boxes, boxes.make_margin_boxes),
    (Box.is_in_normal_flow, boxes.is_in_normal_flow),
    (Font.subset, fonts.subset),
)


def _places() -> list[tuple[Any, str, Any, Any]]:
    """Return where WeasyPrint names what is replaced: the module or class, the name, theirs, ours."""
    if weasyprint.__version__ != _KNOWN:
        return []
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "weasyprint"]
    return [
        (owner, name, theirs, ours)
        for owner in (*modules, Box, Font)
        for name, value in vars(owner).items()
        for theirs, ours in _OURS
        if value is theirs
    ]


_PLACES = _places()


@contextlib.contextmanager
def quick() -> Iterator[None]:
    """Lay out, paint and write with planbook's parts."""
    for owner, name, _, ours in _PLACES:
        setattr(owner, name, ours)
    try:
        yield
    finally:
        for owner, name, theirs, _ in _PLACES:
            setattr(owner, name, theirs)
