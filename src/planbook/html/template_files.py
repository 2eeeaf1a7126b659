"""Where templates and stylesheets are read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.loaders import split_template_path

from planbook.errors import TemplateError, system_reason
from planbook.project.file_access import MAX_TEMPLATE_BYTES, read_regular
from planbook.project.paths import HOUSE_STYLE, bundled_templates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class TemplateFiles:
    """The files of one build: those of the plan's own folder first, file by file, then the bundled ones."""

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        self.folders = tuple(folder for folder in (own, bundled_templates()) if folder)

    def found(self, name: str) -> str | None:
        """Return the text of the first file of that name.

        Raises:
            TemplateError: it cannot be read, is not UTF-8, or lies outside the plan's own folder.
            jinja2.TemplateNotFound: the name leads out of a folder.

        """
        for folder in self.folders:
            path = folder.joinpath(*split_template_path(name))
            try:
                # Neither a link in the folder nor the folder itself leads elsewhere.
                if folder == self.own and not path.resolve().is_relative_to(folder.parent.resolve() / folder.name):
                    raise TemplateError(f"{path} は読みません。リンクの先が templates フォルダーの外です。")
                return read_regular(path, MAX_TEMPLATE_BYTES).decode("utf-8").replace("\r\n", "\n")
            except (FileNotFoundError, NotADirectoryError):
                continue
            except UnicodeDecodeError as error:
                raise TemplateError(f"{path} が UTF-8 ではありません。") from error
            except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, for Python 3.11
                raise TemplateError(f"{path} を読めません（{system_reason(error)}）。") from error
        return None

    def read(self, name: str) -> str:
        """Return the text of a file that is no template, such as a stylesheet.

        Raises:
            TemplateError: there is no such file, it cannot be read, or is a house style without bounds.

        """
        if (text := self.found(name)) is None:
            raise TemplateError(f"{name} がありません。")
        if name == HOUSE_STYLE and self.own and text:
            from planbook.html.house_style_bounds import refuse_boundless  # noqa: PLC0415 - most plans have none

            refuse_boundless(text, f"templates/{HOUSE_STYLE}")
        return text

    def read_all(self, names: Sequence[str]) -> str:
        """Return the texts of several files, one after the other."""
        return "\n".join(map(self.read, names))

    def texts(self) -> str:
        """Return the texts of all templates and stylesheets, one after the other; not that of the house style."""
        paths = {
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for kind in ("*.css", "*.j2")
            for path in folder.rglob(kind)
        }
        return self.read_all(sorted(paths - {HOUSE_STYLE}))
