"""HTML → the tree that WeasyPrint lays out."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import cssselect2
import weasyprint


class Source(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint ships no types
    """A section.

    HTML that is XML as well, as planbook's templates write it, is read by Expat: WeasyPrint's parser, in Python, takes
    a sixteenth of the time of a book (measured with 70.0). Anything else is left to it.
    """

    def __init__(self, html: str, base_url: str, url_fetcher: Any) -> None:
        root = _parsed(html)
        if root is None:
            super().__init__(string=html, base_url=base_url, url_fetcher=url_fetcher)
            return
        self.base_url = base_url
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _parsed(html: str) -> ET.Element | None:
    """Return the root, or none where HTML means something else than XML: it puts rows of tables into a `tbody`."""
    try:
        root = ET.fromstring(html)  # noqa: S314 - planbook's own templates wrote it
    except ET.ParseError:
        return None
    rows = (child for table in root.iter("table") for child in table if child.tag == "tr")
    return root if next(rows, None) is None else None
