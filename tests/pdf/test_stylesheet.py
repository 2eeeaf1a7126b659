"""Constant variables are put in place: what a stylesheet says stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planbook.pdf.stylesheet import with_constants

if TYPE_CHECKING:
    from collections.abc import Callable

    from planbook.pdf import Typesetter


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (":root { --a: 1pt } p { width: var( --a ) }", "p { width: 1pt }"),
        (":root { --a: 1pt } :root { --a: 2pt } p { width: var(--a) }", "p { width: 2pt }"),
        (":root { --a: 1pt; --b: var(--a) solid } p { border: var(--b) red }", "p { border: 1pt solid red }"),
        (":root { --a: calc(1pt + 2pt) } p { width: var(--a) }", "p { width: calc(1pt + 2pt) }"),
        # What may have another value somewhere stays a variable, and so does what depends on it.
        (":root { --a: 1pt } p { width: var(--a) } .x { --a: 2pt }", "p { width: var(--a) } .x { --a: 2pt }"),
        (":root { --a: 1pt; --b: var(--a) } p { width: var(--b); --a: 2pt }", "p { width: var(--b); --a: 2pt }"),
        (
            ":root { --a: 1pt } p { width: var(--a) } @media print { :root { --a: 2pt } }",
            "p { width: var(--a) } @media print { :root { --a: 2pt } }",
        ),
        (":root { --a: 1pt !important; --a: 2pt } p { width: var(--a) }", "p { width: var(--a) }"),
        (":root { --a: var(--b); --b: var(--a) } p { width: var(--a) }", "p { width: var(--a) }"),
        (":root { --a: ; } p { width: var(--a) }", "p { width: var(--a) }"),
        (":root { --a: 1pt } p { width: var(--other, 2pt) }", "p { width: var(--other, 2pt) }"),
        # Where it is no variable.
        (":root { --a: 1pt } p::before { content: 'var(--a)' }", "p::before { content: 'var(--a)' }"),
        (":root { --a: 1pt } /* var(--a) */ p { width: 1pt }", "/* var(--a) */ p { width: 1pt }"),
        (":root { --a: 1pt } p { width: 2pt } /* var(--a)", "p { width: 2pt } /* var(--a)"),
    ],
)
def test_constants_are_put_in_place(css: str, expected: str) -> None:
    assert with_constants(css).endswith(expected)


def test_lines_stay_where_they_are() -> None:
    css = ":root {\n  --a: 1pt;\n  --b: 1pt\n    solid;\n}\np {\n  width: var(--a);\n  border: var(--b);\n}\n"
    assert with_constants(css).splitlines() == css.replace("var(--a)", "1pt").splitlines()


def test_a_document_may_give_a_variable_another_value(new_typesetter: Callable[[str], Typesetter], book: Any) -> None:
    typesetter = new_typesetter(":root { --ink: #000; --other: 1pt } p { color: var(--ink) }")
    red, black, other, plain = (
        typesetter.lay_out(book.section(f"<div{style}><p>色</p></div>"))[0].content
        for style in (' style="--ink: #f00"', ' style="--ink: #000"', ' style="--unknown: 1pt"', "")
    )
    assert red != black == other == plain
