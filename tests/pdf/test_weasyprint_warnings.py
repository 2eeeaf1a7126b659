"""What the renderer warns of, and what it must not read, stops the build with words that help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planbook.pdf import LayoutError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planbook.pdf import Typesetter

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


def fails(book: Any, typesetter: Typesetter, body: str) -> str:
    with pytest.raises(LayoutError) as caught:
        book.write(typesetter, typesetter.lay_out(book.section(f"<h1>計画</h1>{body}")))
    return str(caught.value)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p>笑\U0001f600</p>", "文字「\U0001f600」（U+1F600）は印刷用の書体にありません。別の字に替えてください。"),
        ('<p><a href="#nowhere">先</a></p>', "リンク先の「nowhere」が、この文書にありません。"),
        (
            '<p><a href="other.html">先</a></p>',
            "other.html」は使えません。https:// などで始まる URL か、#名前 にしてください。",
        ),
        (
            '<p style="line-break: strict">あ</p>',
            "スタイルシートの「line-break: strict」は使えません（その名前の指定がありません）。",
        ),
        ('<p><img src="data:image/png;base64,AAAA" alt="絵"></p>', "画像 data:image/png;base64,AAAA を読めません（"),
    ],
)
def test_warning_is_explained(book: Any, typesetter: Typesetter, body: str, message: str) -> None:
    assert message in fails(book, typesetter, body)


def test_image_needs_a_text(book: Any, typesetter: Typesetter, own: Path) -> None:
    (own / "mark.svg").write_text(SVG.format(""), encoding="utf-8")
    assert "mark.svg に、代わりの文（alt）がありません。" in fails(book, typesetter, '<img src="mark.svg">')


def test_faulty_declaration_is_found_in_its_file(new_typesetter: Callable[[str], Typesetter], own: Path) -> None:
    (own / "css").mkdir()
    more = "p {\n  text-spacing-trim: auto;\n}\n"
    (own / "css/book.css").write_text("/* 自分の書式 */\n" + more, encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        new_typesetter(more)
    assert str(caught.value) == (
        "templates/css/book.css:3:3: スタイルシートの「text-spacing-trim: auto」は使えません"
        "（その名前の指定がありません）。"
    )


def test_files_of_the_plan_are_read(book: Any, new_typesetter: Callable[[str], Typesetter], own: Path) -> None:
    (own / "images").mkdir()
    (own / "images/mark.svg").write_text(SVG.format('<rect width="9" height="9"/>'), encoding="utf-8")
    typesetter = new_typesetter(".seal { background: url(images/mark.svg) }")
    body = '<h1 class="seal">計画</h1><p><img src="images/mark.svg" alt="市章"></p>'
    assert book.write(typesetter, typesetter.lay_out(book.section(body))).startswith(b"%PDF")


@pytest.fixture
def secret(own: Path) -> None:
    """A file beside the folder of templates, and a link in the folder that leads to it."""
    (own.parent / "secret.svg").write_text(SVG.format(""), encoding="utf-8")
    (own / "link.svg").symlink_to(own.parent / "secret.svg")


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1:9/x.png", "使えるのは、テンプレートのフォルダーにあるファイルだけです。"),
        ("ftp://127.0.0.1/x.png", "使えるのは、テンプレートのフォルダーにあるファイルだけです。"),
        ("file://server/share/x.png", "使えるのは、テンプレートのフォルダーにあるファイルだけです。"),
        ("file:///etc/hostname", "テンプレートのフォルダーの外にあります。"),
        ("../secret.svg", "テンプレートのフォルダーの外にあります。"),
        ("%2e%2e/secret.svg", "テンプレートのフォルダーの外にあります。"),
        ("link.svg", "テンプレートのフォルダーの外にあります。"),
        ("missing.svg", "がありません。"),
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="{}" alt="絵"></p>',
        "<style>p {{ background: url({}) }}</style><p>あ</p>",
        '<link rel="stylesheet" href="{}"><p>あ</p>',
        "<p>" + SVG.format('<title>絵</title><image href="{}" width="9" height="9"/>') + "</p>",
    ],
)
def test_nothing_else_is_read(book: Any, typesetter: Typesetter, url: str, message: str, body: str) -> None:
    assert message in fails(book, typesetter, body.format(url))


def test_svg_file_reads_nothing_else(book: Any, typesetter: Typesetter, own: Path) -> None:
    (own / "mark.svg").write_text(
        SVG.format('<image href="file:///etc/hostname" width="9" height="9"/>'), encoding="utf-8"
    )
    assert "テンプレートのフォルダーの外にあります。" in fails(book, typesetter, '<img src="mark.svg" alt="絵">')


def test_column_is_that_of_the_file_behind_a_variable(new_typesetter: Callable[[str], Typesetter], own: Path) -> None:
    (own / "css").mkdir()
    css = ":root { --long-name: 1pt }\n.a { width: var(--long-name); line-break: strict }\n"
    (own / "css/book.css").write_text(css, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"css/book\.css:2:31: "):
        new_typesetter(css)
