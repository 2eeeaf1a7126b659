"""What a printer needs around a page: the boxes of the sheet of paper, and the marks along which it is cut.

Lengths are points (1/72 inch). The origin is the lower left corner of the finished page, so that nothing on it moves.
"""

from __future__ import annotations

import pydyf

from planbook.pdf.encoding import Content

MILLIMETRE = 72 / 25.4

_AROUND = 10 * MILLIMETRE
"""What the paper has beyond the bleed: there the marks stand."""

_LINE = 0.3


def boxes(width: float, height: float, bleed: float) -> tuple[bytes, bytes, bytes]:
    """Return TrimBox, BleedBox and MediaBox of a page of that finished size (ISO 32000-1, 14.11.2).

    The CropBox is the MediaBox, so that viewers show the marks. There is no ArtBox: it stands for the TrimBox, and a
    page for the printer has one of them (ISO 15930-7, 6.11).
    """
    return (
        _box(width, height, 0),
        _box(width, height, bleed),
        _box(width, height, bleed + _AROUND if bleed else 0),
    )


def crop_marks(width: float, height: float, bleed: float) -> Content:
    """Return the marks as an artifact: at each corner one for the cut and one for the bleed, and the middles.

    Both corners are drawn as Japanese printers do, as two right angles (内トンボ, 外トンボ).
    """
    end = bleed + _AROUND
    lines = []
    for x, outward in ((0.0, -1), (width, 1)):
        for y, upward in ((0.0, -1), (height, 1)):
            for inner, other in ((0.0, bleed), (bleed, 0.0)):
                at_x, at_y = x + outward * inner, y + upward * inner
                lines += [
                    (at_x, y + upward * max(inner, other), at_x, y + upward * end),
                    (x + outward * max(inner, other), at_y, x + outward * end, at_y),
                ]
    half = _AROUND / 2
    for y, upward in ((0.0, -1), (height, 1)):
        bottom = y + upward * bleed
        lines += [
            (width / 2, bottom, width / 2, y + upward * end),
            (width / 2 - half, bottom + upward * half, width / 2 + half, bottom + upward * half),
        ]
    for x, outward in ((0.0, -1), (width, 1)):
        side = x + outward * bleed
        lines += [
            (side, height / 2, x + outward * end, height / 2),
            (side + outward * half, height / 2 - half, side + outward * half, height / 2 + half),
        ]
    drawn = "\n".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)
    return Content(f"/Artifact BMC\nq 0 G {_LINE} w\n{drawn}\nQ\nEMC".encode(), deflated=False)


def _box(width: float, height: float, around: float) -> bytes:
    corners = (-around, -around, width + around, height + around) if around else (0, 0, width, height)
    return bytes(pydyf.Array(corners).data)
