"""The chapters that a plan names → chapters, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from planbook.chapters.bitmaps import PictureError
from planbook.chapters.chapter_bounds import too_large
from planbook.chapters.findings import findings
from planbook.chapters.markdown import headings, inlines, parse, places, render
from planbook.chapters.pictures import read_picture
from planbook.diagnostics.document import Document, Span
from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.finding_limit import each_up_to_limit, up_to_limit
from planbook.diagnostics.locate import locate
from planbook.errors import system_reason
from planbook.plan.book import Chapter
from planbook.project.file_access import MAX_TEMPLATE_BYTES, read_regular
from planbook.source.decode import Undecodable, decode, without_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from planbook.diagnostics.finding import Diagnostic
    from planbook.plan.model import Book, ChapterPart


class ReadChapters(NamedTuple):
    """Chapters by their path. `missing` are findings in the plan file, `diagnostics` those in the chapters' files.

    `cover_picture` are the data of the picture on the cover. `files` are all that were read or looked for.
    """

    chapters: dict[str, Chapter]
    missing: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]
    cover_picture: str = ""
    files: tuple[Path, ...] = ()


class _UnusableError(Exception):
    """There is no such chapter: what is wrong, and what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint


def read_files(book: Book, plan: Path) -> ReadChapters:
    """Read all that the book in the plan file `plan` names. Paths are relative to that file, and lead nowhere else."""
    read = _read_chapters(book.chapter_parts(), plan)
    cover = book.cover
    if cover is None or cover.picture is None:
        return read
    missing = list(read.missing)
    picture = _picture(cover.picture, plan, plan.parent)
    if isinstance(picture, PictureError):
        message = f"表紙の画像「{cover.picture}」{picture.why}"
        hint = picture.hint.replace("この Markdown ファイル", "計画ファイル")
        missing.append(Finding("chapter-picture", (*cover.at, "picture"), message, hint))
    elif cover.description is None:
        message = "表紙の画像に説明がありません。"
        hint = "画像を見られない人に読み上げられます。次のように書いてください（値は例です）。\ndescription: 何の画像か"
        missing.append(Finding("chapter-picture", (*cover.at, "picture"), message, hint))
    return read._replace(
        missing=tuple(missing),
        cover_picture=picture if isinstance(picture, str) else "",
        files=(*read.files, plan.parent / cover.picture),
    )


def _read_chapters(parts: Iterable[ChapterPart], plan: Path) -> ReadChapters:
    chapters: dict[str, Chapter] = {}
    missing: list[Finding] = []
    diagnostics: list[Diagnostic] = []
    files: list[Path] = []
    for number, part in enumerate({part.chapter: part for part in parts}.values(), 1):
        file = plan.parent / part.chapter
        files.append(file)
        try:
            data = _read(part.chapter, plan.parent)
        except _UnusableError as error:
            message = f"章のファイル「{part.chapter}」{error.why}"
            missing.append(Finding("chapter-file", (*part.at, "chapter"), message, error.hint))
            continue
        chapter, found, pictures = _chapter(data, file, part.chapter, number, plan.parent)
        files += pictures
        diagnostics += found
        if chapter:
            chapters[part.chapter] = chapter
    return ReadChapters(chapters, tuple(missing), tuple(diagnostics), files=tuple(files))


def _read(name: str, folder: Path) -> bytes:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise _UnusableError("は計画のフォルダーの外にあります。", "計画ファイルのあるフォルダーの中に移してください。")
    if path.suffix.lower() not in {".md", ".markdown"}:
        raise _UnusableError("は Markdown ではありません。", "名前が .md で終わるファイルを指定してください。")
    try:
        return read_regular(path, MAX_TEMPLATE_BYTES)
    except FileNotFoundError as error:
        hint = "場所は、計画ファイルから見て書きます（例：chapters/greeting.md）。"
        raise _UnusableError("がありません。", hint) from error
    except (OSError, ValueError) as error:
        raise _UnusableError(
            f"を読めません（{system_reason(error)}）。", "ファイルとその権限を確かめてください。"
        ) from error


def _chapter(
    data: bytes, file: Path, name: str, number: int, folder: Path
) -> tuple[Chapter | None, list[Diagnostic], list[Path]]:
    """Return a chapter, or None, what is wrong with it, and its pictures."""
    try:
        text = decode(data)
    except Undecodable as error:
        document = Document(str(file), tuple(error.before.split("\n")))
        return None, list(locate([error.finding], document)), []
    typed = tuple(text.split("\n"))
    lines, controls = without_controls(list(typed))
    values = {(at,): Span(at, 1, at, len(line) + 1) for at, line in enumerate(lines, 1)}
    document = Document(str(file), typed, values=values)  # type: ignore[arg-type]  # of a path only its hash counts
    if excess := too_large(lines):
        return None, list(locate([excess], document)), []
    tokens, env = parse("\n".join(lines), f"chapter:{number}")
    pictures = {each: _picture(each, file, folder) for each in _picture_names(tokens)}
    looked_for = [file.parent / each for each in pictures if not _elsewhere(each)]
    found = [*up_to_limit(controls, "制御文字のある行"), *each_up_to_limit(findings(document, lines, tokens, pictures))]
    diagnostics = sorted(dict.fromkeys(locate(found, document)), key=lambda each: (each.span, each.rule))
    if any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics):
        return None, diagnostics, looked_for
    own = headings(tokens)
    usable = {each: picture for each, picture in pictures.items() if isinstance(picture, str)}
    return Chapter(name, own, render(tokens, env, places(own), usable)), diagnostics, looked_for


def _picture_names(tokens: Sequence[Token]) -> Iterator[str]:
    for inline, _ in inlines(tokens):
        yield from (unquote(str(each.attrs["src"])) for each in inline.children or () if each.type == "image")


def _elsewhere(name: str) -> bool:
    return bool(urlsplit(name).scheme) or name.startswith("//")


def _picture(name: str, chapter: Path, folder: Path) -> str | PictureError:
    if _elsewhere(name):
        return PictureError(
            "は計画のフォルダーの中にありません。", "画像を計画のフォルダーにコピーし、その名前を書いてください。"
        )
    try:
        return read_picture(chapter.parent / name, folder)
    except PictureError as error:
        return error
    except ValueError:
        return PictureError("の名前が正しくありません。")
