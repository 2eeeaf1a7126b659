"""What is asked of boxes again and again: computed once for each style, or not at all where there is nothing to find.

WeasyPrint resolves the percentages of all lengths of a box each time it lays it out, also where there are none; it
looks for floats beside every line and for a background of every box, and lays out sixteen margin boxes for every page:
a fifth of what it does for a book (measured with 70.0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.css import PAGE_MARGIN_BOXES
from weasyprint.css.functions import check_math
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box, LineBox
from weasyprint.layout.background import layout_box_backgrounds as _layout_box_backgrounds
from weasyprint.layout.float import avoid_collisions as _avoid_collisions
from weasyprint.layout.page import make_margin_boxes as _make_margin_boxes
from weasyprint.layout.percent import adjust_box_sizing
from weasyprint.layout.percent import resolve_percentages as _resolve_percentages
from weasyprint.text.line_break import strut as _strut

if TYPE_CHECKING:
    from collections.abc import Iterable

_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{axis}" for axis in ("width", "height") for limit in ("", "min_", "max_")),
)
_RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def strut(style: Any) -> tuple[float, float]:
    """Do what WeasyPrint's function does: the height of a line, and its baseline."""
    try:
        size: tuple[float, float] = style.planbook_strut
    except AttributeError:
        size = style.planbook_strut = _strut(style)
    return size


_is_in_normal_flow = Box.is_in_normal_flow


def is_in_normal_flow(box: Any) -> bool:
    """Do what WeasyPrint's method does."""
    style = box.style
    try:
        normal: bool = style.planbook_normal_flow
    except AttributeError:
        normal = style.planbook_normal_flow = _is_in_normal_flow(box)
    return normal


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


def layout_box_backgrounds(
    page: Any,
    box: Any,
    get_image_from_uri: Any,
    layout_children: bool = True,  # noqa: FBT001, FBT002 - WeasyPrint's signature
    style: Any = None,
) -> None:
    """Do what WeasyPrint's function does: find what is painted behind a box, and how round its corners are."""
    own = box.style
    try:
        plain = own.planbook_plain
    except AttributeError:
        plain = own.planbook_plain = _is_plain(own)
    if not plain or style is not None or box is page:
        _layout_box_backgrounds(page, box, get_image_from_uri, layout_children, style)
        return
    for name in _RADII:
        setattr(box, name, (0, 0))
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)
    box.background = None


def _is_plain(style: Any) -> bool:
    """Whether nothing is painted behind boxes of a style, and their corners are not round."""
    return bool(
        style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and style["visibility"] != "hidden"
        and get_color(style, "background_color").alpha == 0
        and all(kind != "url" and not value for kind, value in style["background_image"])
        and not style["box_shadow"]
        and all((0, "px") in style[name] for name in _RADII)
    )


def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterable[Any]:
    """Do what WeasyPrint's function does; where no margin box has content, there is none."""
    styles = (context.style_for(page.page_type, name) for name in (f"@{name}" for name in PAGE_MARGIN_BOXES))
    if any(style is not None and style["content"] not in {"normal", "inhibit", "none"} for style in styles):
        boxes: Iterable[Any] = _make_margin_boxes(context, page, state)
        return boxes
    return ()
