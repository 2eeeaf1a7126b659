"""A relisting says on which page its original is, and that where it is listed again: in print, and read aloud."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.project.publication import Publication
from planbook.views.selection import WHOLE, Selection
from tests.plans import SMALL

# Each measure has a page of its own, so that the two rows stand on different ones.
APART = SMALL.replace(
    "          - id: again\n",
    "      - id: telling\n        title: 周知の充実\n        projects:\n          - id: again\n",
)


def books(parts: str, selection: Selection = WHOLE) -> list[pypdf.PdfReader]:
    plan = check(f"{APART}book: {{begin: measure, parts: [{parts}]}}\n".encode(), "plan.yaml").plan
    assert plan
    outputs = BookPrinter(Templates()).print(plan, [Publication.PLAN, Publication.SHEETS], lambda *_: None, selection)
    return [pypdf.PdfReader(io.BytesIO(output.content)) for output in outputs]


def told(book: pypdf.PdfReader) -> list[tuple[str, str]]:
    """Return the page numbers that stand behind 再掲先 and 初出, in the order of the pages."""
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in book.pages))
    return re.findall(r"(再掲先|初出)：[^：]*?p\.(\d+)", text)


def read_aloud(element: Any) -> list[str]:
    """Return the texts that elements of the structure are read as."""
    element = element.get_object()
    if isinstance(element, list):
        return [text for each in element for text in read_aloud(each)]
    if not isinstance(element, dict):
        return []
    own = [str(element["/ActualText"])] if "/ActualText" in element else []
    return own + (read_aloud(element["/K"]) if "/K" in element else [])


@pytest.mark.parametrize("parts", ["cover, contents, sheets, system-table", "cover, contents, system-table, sheets"])
def test_the_page_is_that_of_the_other_row(parts: str) -> None:
    for book in books(parts):
        label = {
            name: book.page_labels[book.get_destination_page_number(place)]
            for name, place in book.named_destinations.items()
        }
        pages = [label["again:desk"], label["desk"]]
        assert pages[0] != pages[1]
        assert told(book) == [("再掲先", pages[0]), ("初出", pages[1])]
        aloud = [text for text in read_aloud(book.root_object["/StructTreeRoot"]) if text.startswith("p")]
        assert aloud == [f"p.{page}" for page in pages]


def test_what_is_not_in_the_book_has_no_page() -> None:
    for book in books("cover, sheets", Selection(section="again")):
        text = "".join(page.extract_text() for page in book.pages)
        assert "初出" in text
        assert told(book) == []
        assert "page-of" not in "".join(read_aloud(book.root_object["/StructTreeRoot"]))
