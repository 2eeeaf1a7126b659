"""Lines of text that are set up once for each font, and painted as they were measured.

Replaces `weasyprint.text.line_break.Layout`. Gains a tenth of a book. Upstream: the context of a font could be kept in
its `FontConfiguration`; that would be the larger half of it.

WeasyPrint makes a Pango context and a font description anew for each line, forgets the line when it knows its size, and
makes it again to paint it: a tenth of what it does for a book (measured with 70.0).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_FONT = (
    "font_family",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_variation_settings",
    "font_language_override",
    "lang",
    "direction",
    *_FEATURES,
)
_TO_THE_END = 2**32 - 1
_OTHER_LINES = "\n\r\t\u2028\u2029"
"""After these there may be another line, or Pango needs to know how wide a tab is."""


class _Font(NamedTuple):
    """What Pango wants to know of a font before it lays out a line."""

    context: Any
    description: Any
    language: Any


class KeptLayout(Layout):  # type: ignore[misc]  # WeasyPrint ships no types
    """A line that WeasyPrint lays out."""

    def setup(self, style: Any) -> None:
        try:
            font = style.planbook_font
        except AttributeError:
            font = style.planbook_font = _known_font(style)
        self._font = font
        if font is None or style["text_decoration_line"] != "none":
            super().setup(style)
            return
        self.style = style
        self.first_line_direction = 0
        self.ascent = self.underline_position = self.underline_thickness = None
        self.strikethrough_position = self.strikethrough_thickness = None
        self.language = font.language
        self.layout = ffi.gc(pango.pango_layout_new(font.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)  # noqa: FBT003 - Pango's signature
        pango.pango_layout_set_font_description(self.layout, font.description)

    def set_text(self, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - WeasyPrint's signature
        style = self.style
        self._plain = (
            self._font is not None
            and not (self.justification_spacing or style["word_spacing"])
            and style["letter_spacing"] in {"normal", 0}
            and not any(each in text for each in _OTHER_LINES)
        )
        if not self._plain:
            super().set_text(text, justify)
            return
        self.text = text
        pango.pango_layout_set_text(self.layout, text.encode().replace(b"\0", b""), -1)
        # As it will be painted: to say so then would lay it out again.
        pango.pango_layout_set_single_paragraph_mode(self.layout, True)  # noqa: FBT003
        if text and style["overflow_wrap"] in {"anywhere", "break-word"}:
            pango.pango_layout_set_attributes(self.layout, _WITHOUT_HYPHENS)

    def deactivate(self) -> None:
        if not self._plain:
            super().deactivate()

    def reactivate(self, style: Any) -> None:
        if not self._plain:
            super().reactivate(style)


def _known_font(style: Any) -> _Font | None:
    fonts: dict[Any, _Font | None] = vars(style.font_config).setdefault("planbook_fonts", {})
    # In drawings (SVG) the families are a list.
    key = tuple([tuple(value) if isinstance(value := style[name], list) else value for name in _FONT])
    if key not in fonts:
        fonts[key] = _font(style)
    return fonts[key]


def _font(style: Any) -> _Font | None:
    """Return the font of a style, or none where it has features: each line would have to note them for itself."""
    if font_features(*[style[name] for name in _FEATURES]):
        return None
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    override = style["font_language_override"]
    if name := LST_TO_ISO.get(override.lower(), override) if override != "normal" else style["lang"]:
        language = pango.pango_language_from_string(name.encode())
        pango.pango_context_set_language(context, language)
    return _Font(context, get_font_description(style), language)


def _without_hyphens() -> Any:
    attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    attribute = pango.pango_attr_insert_hyphens_new(False)  # noqa: FBT003
    attribute.start_index, attribute.end_index = 0, _TO_THE_END
    pango.pango_attr_list_change(attributes, attribute)
    return attributes


_WITHOUT_HYPHENS = _without_hyphens()
