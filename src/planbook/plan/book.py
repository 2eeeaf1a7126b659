"""The book: its parts in the order of printing, its chapters, its cover and colophon, and how it looks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Discriminator, Field, Tag

from planbook.plan.element import Element, NonEmpty, Text

BookPart = Literal["cover", "contents", "system-table", "sample-sheet", "sheets", "indicators", "figures", "index"]


class ChapterPart(Element):
    """章: a part of the book that is a text of its own, from a Markdown file beside the plan file."""

    chapter: Text = Field(title="章のファイル", description="計画ファイルから見た Markdown ファイルの場所です。")


def _part_kind(value: object) -> str:
    return "chapter" if isinstance(value, dict | ChapterPart) else "part"


AnyPart = Annotated[
    Annotated[BookPart, Tag("part")] | Annotated[ChapterPart, Tag("chapter")], Discriminator(_part_kind)
]


class BookCover(Element):
    """What stands on the cover beside title, vision, date and municipality. A picture needs a `description`."""

    subtitle: Text | None = Field(None, title="副題", description="表紙の名称の下に印刷されます。")
    picture: Text | None = Field(
        None, title="表紙の画像", description="計画ファイルから見た画像（PNG、JPEG、SVG）の場所です。"
    )
    description: Text | None = Field(None, title="画像の説明", description="画像を見られない人に読み上げられます。")


class Colophon(Element):
    """奥付, the last page: who has made the book. Without `issuer` it is the municipality."""

    issuer: Text | None = Field(None, title="発行者", description="省略すると、市町村名になります。")
    department: Text | None = Field(None, title="編集した課", description="計画を担当する課です。")
    address: Text | None = Field(None, title="所在地", description="郵便番号と住所です。")
    telephone: Text | None = Field(None, title="電話番号", description="問い合わせ先の電話番号です。")
    email: Text | None = Field(None, title="電子メール", description="問い合わせ先の電子メールです。")
    note: Text | None = Field(None, title="添え書き", description="「この冊子は再生紙を使っています。」などです。")


class Book(Element):
    """The book: its parts in the order of printing, and how it looks.

    `style` is the municipality's own form, or a book; `begin` is what begins a new page of sheets; `pages: even` adds
    an empty page where the number is odd; `paper` and `bleed` are for the printer; `repeated` is how the same printed
    target in following columns is printed.
    """

    parts: Annotated[tuple[AnyPart, ...], NonEmpty] = Field(
        get_args(BookPart),
        title="計画書の部分",
        description=(
            "cover 表紙、contents 目次、system-table 体系の表、sample-sheet 記載例、sheets シート、"
            "indicators 指標一覧、figures 数値目標一覧、index 索引。"
            "章は {chapter: chapters/greeting.md} のように書きます。"
        ),
    )
    style: Literal["form", "book"] = Field(
        "form", title="冊子の形", description="form は市の様式（枠の表）、book は読みものの形です。"
    )
    begin: Literal["measure", "policy", "flow"] = Field(
        "policy",
        title="改ページ",
        description=(
            "シートを、policy は基本方針ごと、measure は施策ごとに新しいページで始め、flow は続けます。"
            "短い施策が多いとき、measure では余白が増えます。"
        ),
    )
    repeated: Literal["text", "merged", "arrow"] = Field(
        "text",
        title="同じ目標が続くとき",
        description="text は同じ文章をもう一度、merged は一つの欄にまとめて、arrow は → で印刷します。",
    )
    pages: Literal["any", "even"] = Field(
        "any", title="ページ数", description="even にすると、ページ数を偶数にします（最後に白紙が入ります）。"
    )
    paper: Literal["A4", "A3", "B5"] = Field(
        "A4",
        title="用紙",
        description="冊子の大きさです。B5 は文字と余白も小さくし、A3 は A4 のページを 141％に拡大します。",
    )
    bleed: Literal["none", "3mm", "5mm"] = Field(
        "none",
        title="塗り足し",
        description="印刷所に渡す PDF に、この幅の塗り足しとトンボ（断裁の印）を付けます。none は付けません。",
    )
    cover: BookCover | None = Field(None, title="表紙", description="副題や画像を入れられます。")
    colophon: Colophon | None = Field(None, title="奥付", description="最後のページに、発行者や連絡先を印刷します。")

    def chapter_parts(self) -> Iterator[ChapterPart]:
        """Yield those parts that are chapters."""
        yield from (part for part in self.parts if isinstance(part, ChapterPart))

    def part_names(self, chapters: Collection[str]) -> tuple[str, ...]:
        """Return the names of its parts in order: the word of each that planbook makes, the file of each chapter.

        Of the chapters only those in `chapters` are there: some may not have been read, a part of a plan has none.
        """
        names = ((part, True) if isinstance(part, str) else (part.chapter, False) for part in self.parts)
        return tuple(name for name, own in names if own or name in chapters)


@dataclass(frozen=True, slots=True)
class ChapterHeading:
    """A heading: its anchor, its level (1 for the title of a chapter, `#`), and its text."""

    anchor: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter. `path` is how the plan names its file.

    `html` has everything, headings too (`#` is h2, since h1 is the title of the book), and needs no other file.
    """

    path: str
    headings: tuple[ChapterHeading, ...]
    html: str

    @property
    def anchor(self) -> str:
        """Where it begins."""
        return self.headings[0].anchor

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.headings[0].text
