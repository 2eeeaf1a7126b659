"""Views → HTML, through the one Jinja environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2

from planbook.errors import TemplateError
from planbook.project.bundled_files import bundled_templates
from planbook.typography.line_ends import names, parted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Templates:
    """The templates of one build: a plan's own folder first, file by file, then the bundled ones."""

    def __init__(self, own: Path | None = None) -> None:
        self.folders = tuple(folder for folder in (own, bundled_templates()) if folder)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"parted": parted, "names": names}

    def render(self, name: str, **views: object) -> str:
        """Render one template.

        Raises:
            TemplateError: the template is missing, wrong, or asks for something that its view does not have.

        """
        try:
            return self._environment.get_template(name).render(**views)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(
                f"テンプレート {error.name} の {error.lineno} 行目が読めません（{error.message}）。"
            ) from error
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"テンプレート {error.name} がありません。") from error
        except (jinja2.TemplateError, TypeError) as error:
            raise TemplateError(f"テンプレート {name} を組み立てられません（{error}）。") from error

    def read(self, name: str) -> str:
        """Return the text of a file that is no template, such as a stylesheet.

        Raises:
            TemplateError: there is no such file, or it is not UTF-8.

        """
        for folder in self.folders:
            if (folder / name).is_file():
                try:
                    return (folder / name).read_text(encoding="utf-8")
                except UnicodeDecodeError as error:
                    raise TemplateError(f"{folder / name} が UTF-8 ではありません。") from error
        raise TemplateError(f"{name} がありません。")

    def read_all(self, names: Sequence[str]) -> str:
        """Return the texts of several files, one after the other."""
        return "\n".join(map(self.read, names))
