"""The stylesheet of all sections, with variables that are the same everywhere put in their places.

WeasyPrint parses the declaration again for every element that has a variable in it: a fifteenth of a book (measured
with 70.0). Nearly all of planbook's variables are declared at `:root` alone and can not change from there.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import tinycss2
import weasyprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weasyprint.text.fonts import FontConfiguration

    from planbook.pdf.fetcher import Fetcher

_NAME = re.compile(r"--[\w-]+(?=\s*:)")
_USE = re.compile(
    r"""/\*.*?(?:\*/|\Z) | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | var\(\s*(?P<name>--[\w-]+)\s*\)""",
    re.DOTALL | re.VERBOSE,
)


class Stylesheet:
    """Parsed once for all sections."""

    def __init__(self, css: str, base_url: str, fetcher: Fetcher, fonts: FontConfiguration) -> None:
        self._css = css
        self._base_url = base_url
        self._fetcher = fetcher
        self._fonts = fonts
        self._constants = _constants(css)
        self._parsed = self._parse(_put_in_place(css, self._constants))

    def parsed_for(self, html: str) -> weasyprint.CSS:
        """Return it for a section. One that may give variables other values gets it with all variables."""
        return self._parsed if self._constants.keys().isdisjoint(_NAME.findall(html)) else self._with_variables

    @cached_property
    def _with_variables(self) -> weasyprint.CSS:
        return self._parse(self._css)

    def _parse(self, css: str) -> weasyprint.CSS:
        return weasyprint.CSS(string=css, base_url=self._base_url, url_fetcher=self._fetcher, font_config=self._fonts)


def with_constants(css: str) -> str:
    """Return a stylesheet that says the same, line by line, with the values of constant variables in their places."""
    return _put_in_place(css, _constants(css))


def _constants(css: str) -> dict[str, str]:
    """Return the variables that only `:root` declares, with values that have no variables in them."""
    declared: dict[str, str] = {}
    varying: set[str] = set()
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if each.type == "declaration" and not each.important and "\n" not in tinycss2.serialize(each.value):
                    declared[each.name] = tinycss2.serialize(each.value).strip()
                else:
                    varying.update(_NAME.findall(each.serialize()))
        elif rule.type in {"qualified-rule", "at-rule"}:
            varying.update(_NAME.findall(tinycss2.serialize(rule.content or [])))
    return _without_variables({name: text for name, text in declared.items() if name not in varying})


def _without_variables(declared: Mapping[str, str]) -> dict[str, str]:
    known: dict[str, str] = {}
    left = dict(declared)
    while left:
        left = {name: _put_in_place(text, known) for name, text in left.items()}
        found = {name: text for name, text in left.items() if text and "var(" not in text.lower()}
        if not found:
            break
        known |= found
        left = {name: text for name, text in left.items() if name not in found}
    return known


def _put_in_place(css: str, constants: Mapping[str, str]) -> str:
    return _USE.sub(lambda found: constants.get(found["name"] or "", found[0]), css)
