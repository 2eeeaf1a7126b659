"""CSS variables that are the same everywhere, put in place before WeasyPrint reads the stylesheet.

WeasyPrint takes a declaration with `var()` apart anew for every element: a tenth of what it does (measured with 70.0).
"""

from __future__ import annotations

import re
from collections import Counter

import tinycss2

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARED = re.compile(r"(--[\w-]+)\s*:")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_DEEPEST = 16
"""Variables in variables; where they go round in circles, WeasyPrint says so."""


def declared(text: str) -> set[str]:
    """Return the names of all variables that a stylesheet, or HTML with styles in it, declares."""
    return set(_DECLARED.findall(text))


def settled(css: str) -> str:
    """Return a stylesheet with the values of those variables in place that are declared for `:root` and nowhere else.

    Every line stays where it is. The declarations stay, too.
    """
    css = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), css)
    values: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if each.type == "declaration" and each.name.startswith("--"):
                    values[each.name] = " ".join(tinycss2.serialize(each.value).split())
                    seen[each.name] += 1 if not each.important else 0
    everywhere = Counter(_DECLARED.findall(css))
    known = {name: value for name, value in values.items() if everywhere[name] == seen[name]}
    for _ in range(_DEEPEST):
        before = css
        css = _USED.sub(lambda use: known.get(use[1], use[0]), css)
        if css == before:
            break
    return css
