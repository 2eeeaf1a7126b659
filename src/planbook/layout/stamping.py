"""What is stamped on finished pages: running heads with the thumb index, footers, and what is known late.

Each of the three is a stamp of its own, printed once on however many pages it stands: where a page is added in the
middle of a book, all that is new are its heads and one page number.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from zlib import crc32

from planbook.views.running_heads import LateText, Stamp, stamps_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from planbook.html.templates import Templates
    from planbook.layout.pages import BookPage
    from planbook.pdf import Page, Typesetter
    from planbook.views.page_numbers import PageLabel

_BATCH = 16
"""Stamps that are laid out together, on average: beginning anew costs little then, and an edit one or two batches."""


def stamped(  # noqa: PLR0913, PLR0917 - what stands on pages, and what prints it
    pages: Sequence[BookPage],
    labels: Sequence[PageLabel],
    stage: str,
    numbers: Mapping[str, str],
    templates: Templates,
    typesetter: Typesetter,
) -> list[Page]:
    """Return the pages with all that stands on them. `stage` is （案） or nothing; `numbers` has those of all anchors.

    Raises:
        LayoutError: the renderer warned, or the stamps do not fit the pages.
        TemplateError: a template of the plan's own can not be used.

    """
    late = [tuple(_late_texts(book_page, numbers)) for book_page in pages]
    stamps = [
        list(_stamps(book_page, number, label, stage, texts))
        for number, (book_page, label, texts) in enumerate(zip(pages, labels, late, strict=True), 1)
    ]
    batches = _batches(dict.fromkeys(stamp for own in stamps for stamp in own))

    def laid_out(batch: Sequence[Stamp]) -> list[Page]:
        html = templates.render("pdf/running-heads.html.j2", view=stamps_of(batch))
        return typesetter.stamps(html, len(batch))

    painted: dict[Stamp, Page] = {}
    for batch, own in zip(batches, typesetter.all([partial(laid_out, batch) for batch in batches]), strict=True):
        painted.update(zip(batch, own, strict=True))
    return [
        book_page.page.saying({text.target: text.text for text in texts}).stamped([painted[stamp] for stamp in own])
        for book_page, texts, own in zip(pages, late, stamps, strict=True)
    ]


def _stamps(
    book_page: BookPage, number: int, label: PageLabel, stage: str, late: tuple[LateText, ...]
) -> Iterator[Stamp]:
    """Yield those of a page, the `number`th of the book."""
    bare = Stamp(book_page.page.width, book_page.page.height)
    # In an open book even pages lie left.
    tab = book_page.tab and replace(book_page.tab, left=number % 2 == 0)
    if book_page.head or book_page.head_right or tab:
        yield replace(bare, head=book_page.head, head_right=book_page.head_right, tab=tab)
    if label.footer and not book_page.bare:
        yield replace(bare, foot=label.footer, stage=stage)
    if late:
        yield replace(bare, late=late)


def _late_texts(book_page: BookPage, numbers: Mapping[str, str]) -> Iterator[LateText]:
    """Yield what is painted in the places that a page has kept for it."""
    for place in book_page.page.awaited:
        if book_page.goes_on:
            target, name = book_page.goes_on
            if place.target == target:
                yield LateText(target, name, place.left, place.top, place.height, name=True)
        elif place.target in numbers:
            yield LateText(place.target, f"p.{numbers[place.target]}", place.left, place.top, place.height)


def _batches(stamps: Collection[Stamp]) -> list[list[Stamp]]:
    """Return stamps in batches. What they say decides, not their place: so an edit changes one or two of them."""
    batches: list[list[Stamp]] = [[] for _ in range(1 << (len(stamps) // _BATCH).bit_length())]
    for stamp in stamps:
        batches[crc32(repr(stamp).encode()) % len(batches)].append(stamp)
    return [batch for batch in batches if batch]
