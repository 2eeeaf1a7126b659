"""Views → HTML, through the one Jinja environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path

from planbook.errors import TemplateError, system_reason
from planbook.html.sandbox import SandboxedTemplates
from planbook.html.whole_words import whole_words
from planbook.project.file_access import LARGEST_TEMPLATE, read_regular
from planbook.project.paths import bundled_templates
from planbook.typography.line_ends import names, parted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class Templates:
    """The templates of one build: a plan's own folder first, file by file, then the bundled ones.

    Those of the plan are data of whoever wrote it: they run in a sandbox, and nothing outside their folder is read.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.folders = tuple(folder for folder in (own, bundled_templates()) if folder)
        self._own = own
        environment = SandboxedTemplates if own else jinja2.Environment
        self._environment = environment(
            loader=_Loader(self._found),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Japanese as it is: escaped it would take twice the room. `tojson` escapes what HTML could take for markup.
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        self._environment.filters |= {"parted": parted, "names": names, "whole_words": whole_words}

    def render(self, name: str, **views: object) -> str:
        """Render one template.

        Raises:
            TemplateError: the template is missing, wrong, or asks for something that its view does not have.

        """
        if isinstance(self._environment, SandboxedTemplates):
            self._environment.begin()
        try:
            return self._environment.get_template(name).render(**views)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(
                f"テンプレート {error.name} の {error.lineno} 行目が読めません（{error.message}）。"
            ) from error
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"テンプレート {error.name} がありません。") from error
        except SecurityError as error:
            why = error.message if _is_japanese(error.message or "") else "使えないものを使おうとしています"
            raise TemplateError(f"テンプレート {name} は組み立てません（{why}）。") from error
        except (RecursionError, SyntaxError) as error:  # SyntaxError: Python nests only so many loops in each other
            raise TemplateError(f"テンプレート {name} の呼び出しが深すぎます。") from error
        except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise TemplateError(f"テンプレート {name} を組み立てられません（{error}）。") from error

    def read(self, name: str) -> str:
        """Return the text of a file that is no template, such as a stylesheet.

        Raises:
            TemplateError: there is no such file, or it is not UTF-8.

        """
        if (text := self._found(name)) is None:
            raise TemplateError(f"{name} がありません。")
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
        return self.read_all(sorted(paths - {"css/house-style.css"}))

    def _found(self, name: str) -> str | None:
        """Return the text of the first file of that name."""
        for folder in self.folders:
            path = folder.joinpath(*split_template_path(name))
            try:
                # Neither a link in the folder nor the folder itself leads elsewhere.
                if folder == self._own and not path.resolve().is_relative_to(folder.parent.resolve() / folder.name):
                    raise TemplateError(f"{path} は読みません。リンクの先が templates フォルダーの外です。")
                return read_regular(path, LARGEST_TEMPLATE).decode("utf-8").replace("\r\n", "\n")
            except (FileNotFoundError, NotADirectoryError):
                continue
            except UnicodeDecodeError as error:
                raise TemplateError(f"{path} が UTF-8 ではありません。") from error
            except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, for Python 3.11
                raise TemplateError(f"{path} を読めません（{system_reason(error)}）。") from error
        return None


class _Loader(jinja2.BaseLoader):
    def __init__(self, found: Callable[[str], str | None]) -> None:
        self._found = found

    def get_source(self, _: jinja2.Environment, template: str) -> tuple[str, str, None]:
        if (text := self._found(template)) is None:
            raise jinja2.TemplateNotFound(template)
        return text, template, None


def _is_japanese(text: str) -> bool:
    return not text.isascii()
