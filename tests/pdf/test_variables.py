from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planbook.pdf.variables import declared, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from planbook.pdf import Typesetter


@pytest.mark.parametrize(
    ("css", "result"),
    [
        (":root { --ink: #000 } p { color: var(--ink) }", "p { color: #000 }"),
        (":root { --ink: #000; --ink: red } p { color: var( --ink ) }", "p { color: red }"),
        (":root { --ink: #000 } :root { --ink: red } p { color: var(--ink) }", "p { color: red }"),
        (":root { --a: var(--b) solid; --b: 1pt } p { border: var(--a) }", "p { border: 1pt solid }"),
        (":root { --a: 1pt } @page { margin: var(--a) }", "@page { margin: 1pt }"),
        # Not the same everywhere, or not known before.
        (":root { --a: 1pt } .b { --a: 2pt } p { margin: var(--a) }", "p { margin: var(--a) }"),
        (":root { --a: 1pt } @media print { p { --a: 2pt } } p { margin: var(--a) }", "p { margin: var(--a) }"),
        (":root { --a: 1pt !important } p { margin: var(--a) }", "p { margin: var(--a) }"),
        (":root { --a: 1pt } p { margin: var(--a, 2pt) }", "p { margin: var(--a, 2pt) }"),
        ("p { margin: var(--a) }", "p { margin: var(--a) }"),
        ("/* :root { --a: 1pt } */ p { margin: var(--a) }", "p { margin: var(--a) }"),
    ],
)
def test_variables_that_are_the_same_everywhere_are_put_in_place(css: str, result: str) -> None:
    assert settled(css).endswith(result)


def test_lines_stay_where_they_are() -> None:
    css = "/* 色\n と線 */\n:root {\n  --line:\n    1pt\n    solid;\n}\np { border: var(--line) }\n"
    assert settled(css).splitlines()[7] == "p { border: 1pt solid }"


def test_variables_in_circles_end() -> None:
    assert "var(--" in settled(":root { --a: var(--b); --b: var(--a) } p { margin: var(--a) }")


def test_names_are_found_in_styles_of_html() -> None:
    assert declared('<p style="--row-height: 3px; color: red">') == {"--row-height"}


def test_a_section_can_set_a_variable_itself(book: Any, new_typesetter: Callable[[str], Typesetter]) -> None:
    typesetter = new_typesetter(":root { --gap: 10mm } .gap { height: var(--gap) }")

    def gap(style: str) -> float:
        html = book.section(f'<h1>計画</h1><p class="gap" id="gap" {style}></p>')
        (page,) = typesetter.lay_out(html)
        _, top, _, bottom = page.anchors["gap"]
        return bottom - top

    assert round(gap("")) == 38
    assert round(gap('style="--gap: 20mm"')) == 76
