"""The table of printable characters is true to the bundled fonts; this module, run as a program, writes it anew."""

from __future__ import annotations

from itertools import groupby

from fontTools.ttLib import TTFont

from planbook.project.paths import bundled_fonts
from planbook.typography.printable_characters import TABLE, unprintable


def table() -> str:
    """Return the characters that every bundled font has, a line for each 64 code points."""
    cmaps = [set(TTFont(font).getBestCmap()) for font in sorted(bundled_fonts().glob("*.ttf"))]
    points = sorted(set.intersection(*cmaps))
    return "".join("".join(map(chr, block)) + "\n" for _, block in groupby(points, key=lambda point: point // 64))


def test_table_is_current() -> None:
    assert (bundled_fonts() / TABLE).read_text("utf-8") == table()


def test_what_planners_type_is_printable() -> None:
    assert unprintable("白井市 第2次（案）※1 ①～⑳ ・、。「」—…♪℡㈱髙﨑\n") == ()


def test_first_missing_character_is_told() -> None:
    assert unprintable("祝🎉と🎉と😀") == ("🎉", "😀")
    assert unprintable("見\u200bえない") == ("\u200b",)
    assert unprintable("葛\U000e0100城") == ("\U000e0100",)


if __name__ == "__main__":
    (bundled_fonts() / TABLE).write_text(table(), "utf-8")
