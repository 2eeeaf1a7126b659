"""What a printer asks for: the finished size, the bleed, crop marks around it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pypdf
import pytest

from planbook.check.check import check
from planbook.errors import LayoutError
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.project.publication import Publication
from tests.plans import SMALL
from tests.validation import assert_valid

if TYPE_CHECKING:
    from pathlib import Path

MILLIMETRE = 72 / 25.4
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)


def book(text: str) -> bytes:
    plan = check(text.encode(), "plan.yaml").plan
    assert plan
    return BookPrinter(Templates()).print(plan, [Publication.PLAN], lambda *_: None)[0].content


def size(box: pypdf.generic.RectangleObject) -> tuple[float, float]:
    return float(box.width), float(box.height)


def test_bleed_lies_around_the_finished_page_and_the_marks_around_that(tmp_path: Path) -> None:
    printed = book(f"{SMALL}\nbook: {{bleed: 3mm}}\n")
    assert_valid(printed, tmp_path)
    for page in pypdf.PdfReader(io.BytesIO(printed)).pages:
        width, height = size(page.trimbox)
        assert sorted((width, height)) == pytest.approx(sorted(A4), abs=0.1)
        assert size(page.bleedbox) == pytest.approx((width + 6 * MILLIMETRE, height + 6 * MILLIMETRE), abs=0.1)
        assert size(page.mediabox) == pytest.approx((width + 26 * MILLIMETRE, height + 26 * MILLIMETRE), abs=0.1)
        assert page.cropbox == page.mediabox
        assert "/ArtBox" not in page
        assert (float(page.trimbox.left), float(page.trimbox.bottom)) == (0, 0)
        assert b" l S" in page.get_contents().get_data().replace(b"\n", b" ")


@pytest.mark.parametrize(("paper", "width", "height"), [("B5", 182, 257), ("A3", 297, 420)])
def test_every_page_has_the_paper_of_the_book(paper: str, width: int, height: int, tmp_path: Path) -> None:
    printed = book(f"{SMALL}\nbook: {{paper: {paper}}}\n")
    assert_valid(printed, tmp_path)
    sizes = {tuple(sorted(size(page.mediabox))) for page in pypdf.PdfReader(io.BytesIO(printed)).pages}
    for sides in sizes:
        assert sides == pytest.approx((width * MILLIMETRE, height * MILLIMETRE), abs=0.2)


def test_a_press_prints_on_one_paper_after_the_other() -> None:
    printer = BookPrinter(Templates())
    plans = [check(f"{SMALL}\nbook: {{paper: {paper}}}\n".encode(), "").plan for paper in ("A4", "B5", "A4")]
    printed = [printer.print(plan, [Publication.PLAN], lambda *_: None)[0].content for plan in plans if plan]
    assert printed[0] == printed[2] != printed[1]


def test_no_type_of_a_small_paper_is_smaller_than_8_points() -> None:
    for page in pypdf.PdfReader(io.BytesIO(book(f"{SMALL}\nbook: {{paper: B5}}\n"))).pages:
        sizes: set[float] = set()
        page.extract_text(visitor_text=lambda text, _, __, ___, at, found=sizes: text.strip() and found.add(at))
        assert min(sizes, default=8) >= 8 - 0.01


def test_without_bleed_all_boxes_are_the_page() -> None:
    for page in pypdf.PdfReader(io.BytesIO(book(SMALL))).pages:
        assert page.trimbox == page.bleedbox == page.mediabox


def test_a_title_that_leaves_no_room_is_told_as_the_title() -> None:
    title = "計画の名称" * 400
    with pytest.raises(LayoutError, match=r"体系の表の題「計画の名称.*2,.*字.*題か見出しの語を短く"):
        book(SMALL.replace("\ntitle:", f"\ntitle: {title}\n#", 1))


def test_black_is_black_ink_alone() -> None:
    for page in pypdf.PdfReader(io.BytesIO(book(SMALL))).pages:
        painted = page.get_contents()
        assert painted is not None
        assert not re.search(rb"(?<![\d.])0 0 0 (rg|RG|scn|SCN)\b", painted.get_data())
        assert re.search(rb"(?m)^0 g$", painted.get_data())


def test_the_number_of_pages_is_even_where_wanted_and_the_last_page_stays_the_last() -> None:
    numbers = [
        len(pypdf.PdfReader(io.BytesIO(book(f"{SMALL}\nbook: {{pages: {wish}}}\n"))).pages) for wish in ("any", "even")
    ]
    assert numbers[1] == numbers[0] + numbers[0] % 2
