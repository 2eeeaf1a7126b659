"""What is asked of boxes again and again: computed once for each style, or shortly where no float is around.

WeasyPrint resolves the percentages of all lengths of a box each time it lays it out, also where there are none, and
looks for floats beside every line: a seventh of what it does for a book (measured with 70.0).
"""

from __future__ import annotations

from typing import Any

from weasyprint.css.functions import check_math
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout.float import avoid_collisions as _avoid_collisions
from weasyprint.layout.percent import adjust_box_sizing
from weasyprint.layout.percent import resolve_percentages as _resolve_percentages
from weasyprint.text.line_break import strut as _strut

_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{axis}" for axis in ("width", "height") for limit in ("", "min_", "max_")),
)
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def strut(style: Any) -> tuple[float, float]:
    """Do what WeasyPrint's function does: the height of a line, and its baseline."""
    try:
        size: tuple[float, float] = style.planbook_strut
    except AttributeError:
        size = style.planbook_strut = _strut(style)
    return size


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Do what WeasyPrint's function does: set the used lengths of a box."""
    style = box.style
    try:
        lengths = style.planbook_lengths
    except AttributeError:
        lengths = style.planbook_lengths = _lengths(style)
    if lengths is None:
        _resolve_percentages(box, containing_block)
        return
    own = vars(box)
    own.update(lengths)
    collapse = style["border_collapse"] == "collapse"
    for name in _BORDERS:
        # Where borders collapse, the box knows better.
        if not (collapse and name in own):
            own[name] = style[name]
    if style["box_sizing"] != "content-box":
        adjust_box_sizing(box, "width")
        adjust_box_sizing(box, "height")


def _lengths(style: Any) -> dict[str, Any] | None:
    """Return the lengths of a style, or none where one of them depends on the containing block."""
    lengths = {}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            lengths[name] = 0 if name.startswith("min_") else value
        elif check_math(value) or value.unit != "px":
            return None
        else:
            lengths[name] = value.value
    return lengths


def avoid_collisions(
    context: Any,
    box: Any,
    containing_block: Any,
    outer: bool = True,  # noqa: FBT001, FBT002 - WeasyPrint's signature
) -> tuple[float, float, float]:
    """Do what WeasyPrint's function does: where a box stands beside floats, and how much room it has there."""
    simple = isinstance(box, LineBox) and not outer and containing_block.style["direction"] == "ltr"
    if not simple or context.excluded_shapes:
        position: tuple[float, float, float] = _avoid_collisions(context, box, containing_block, outer)
        return position
    left = containing_block.content_box_x()
    right = left + containing_block.width - box.margin_right
    left += box.margin_left
    # The sums of the renderer, in its order: it compares them.
    return left - box.margin_left, box.position_y + box.margin_top - box.margin_top, right - left
