"""The variables of a house style, as the web page takes them over: its colours can be read there, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import tinycss2
from tinycss2.color4 import parse_color

if TYPE_CHECKING:
    from collections.abc import Iterator

READABLE = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""

_USUAL_SIZE = 9.5
"""The size of type in css/base.css, in points: one of 10pt makes the page's type larger by a twentieth."""

_POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "q": 72 / 101.6}
_SIZE = re.compile(r"([0-9]*\.?[0-9]+)(pt|px|mm|cm|in|q)", re.IGNORECASE)


class _Colour(NamedTuple):
    """Red, green and blue from 0 to 1."""

    red: float
    green: float
    blue: float

    @property
    def css(self) -> str:
        return "#" + "".join(f"{round(255 * min(max(part, 0), 1)):02x}" for part in self)

    @property
    def luminance(self) -> float:
        """The relative luminance (WCAG 2.2, its definition)."""
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in self)  # noqa: PLR2004
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def toward(self, other: _Colour, share: float) -> _Colour:
        return _Colour(*(ours + (theirs - ours) * share for ours, theirs in zip(self, other, strict=True)))


_BLACK, _WHITE = _Colour(0, 0, 0), _Colour(1, 1, 1)


def _hex(text: str) -> _Colour:
    return _Colour(*(int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)))


# The papers and tints of css/web.css, on which text stands.
_LIGHT = (_hex("#ffffff"), _hex("#eef3f8"))
_DARK = (_hex("#14181d"), _hex("#1f2730"))
_DARK_INK = _hex("#0d1722")


def web_variables(house_style: str) -> str:
    """Return what a house style changes of css/web.css, "" for nothing.

    Of the variables that css/base.css has, those of paper sizes are for paper alone. A colour of text that could not be
    read on the page is made darker, or in the dark scheme lighter, until it can be.
    """
    given = dict(_variables(house_style))
    light = dict(_of_text(given, _LIGHT, _BLACK))
    dark = dict(_of_text(given, _DARK, _WHITE))
    dark.pop("ink", None)  # that of the dark scheme is light already
    if accent := light.get("accent"):
        light["on-accent"] = _readable_on(accent)
        dark["on-accent"] = _readable_on(dark["accent"])
    declared = {name: colour.css for name, colour in light.items()}
    if (shade := _colour(given.get("shade"))) and _contrast(light.get("ink", _BLACK), shade) >= READABLE:
        declared["tint"] = shade.css
        declared |= {
            name: _adjusted(light[name], (*_LIGHT, shade), _BLACK).css for name in ("accent", "quiet") if name in light
        }
    if line := _colour(given.get("line-color")):
        declared |= {"line": line.toward(_WHITE, 0.6).css, "strong-line": line.toward(_WHITE, 0.35).css}
    if font := given.get("font"):
        declared["font"] = font
    root = "".join(f" --{name}: {value};" for name, value in declared.items())
    if scale := _scale(given.get("size", "")):
        root += f" font-size: {scale:.4g}%;"
    if not root:
        return ""
    text = f":root {{{root} }}\n"
    if dark:
        own = "".join(f" --{name}: {colour.css};" for name, colour in dark.items())
        text += f"@media screen and (prefers-color-scheme: dark) {{ :root {{{own} }} }}\n"
    return text


def _variables(css: str) -> Iterator[tuple[str, str]]:
    """Yield the custom properties that the house style declares for the root of the document."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() in {":root", "html"}:
            for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if item.type == "declaration" and item.name.startswith("--"):
                    # Nothing in a value ends the rule that it is written into, nor the page's style.
                    value = tinycss2.serialize(item.value).strip()
                    if not re.search(r"[{}<;]", value):
                        yield item.name[2:], value


def _of_text(given: dict[str, str], papers: tuple[_Colour, ...], toward: _Colour) -> Iterator[tuple[str, _Colour]]:
    for name in ("ink", "quiet", "accent"):
        if colour := _colour(given.get(name)):
            yield name, _adjusted(colour, papers, toward)


def _adjusted(colour: _Colour, papers: tuple[_Colour, ...], toward: _Colour) -> _Colour:
    """Return the colour, made darker or lighter by the least that makes it readable on all papers."""
    steps = (colour.toward(toward, share / 50) for share in range(51))
    return next((each for each in steps if all(_contrast(each, paper) >= READABLE for paper in papers)), toward)


def _readable_on(colour: _Colour) -> _Colour:
    return max(_WHITE, _DARK_INK, key=lambda text: _contrast(text, colour))


def _contrast(one: _Colour, other: _Colour) -> float:
    lower, higher = sorted((one.luminance, other.luminance))
    return (higher + 0.05) / (lower + 0.05)


def _colour(text: str | None) -> _Colour | None:
    colour = parse_color(text) if text else None
    if colour is None or isinstance(colour, str):
        return None
    try:
        parts = colour.to("srgb").coordinates
    except NotImplementedError:  # lab() and its kin: the page keeps its own colour
        return None
    return _Colour(*(float(part or 0) for part in parts))


def _scale(size: str) -> float | None:
    """Return the size of type in percent of what the reader has set."""
    if not (found := _SIZE.fullmatch(size)):
        return None
    return 100 * float(found[1]) * _POINTS[found[2].lower()] / _USUAL_SIZE
