"""Views → HTML, through the one Jinja environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planbook.errors import TemplateError
from planbook.html.whole_words import whole_words, whole_words_of_chapter
from planbook.typography.line_ends import names, parted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planbook.html.template_files import TemplateFiles


class Renderer:
    """Renders in this process.

    Where the plan has templates of its own they are data of whoever wrote it: they reach what their view has and
    nothing of Python (Jinja, "Sandbox").
    """

    def __init__(self, files: TemplateFiles) -> None:
        environment = ImmutableSandboxedEnvironment if files.own else jinja2.Environment
        self._environment = environment(
            loader=_Loader(files.found),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Japanese as it is: escaped it would take twice the room. `tojson` escapes what HTML could take for markup.
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        self._environment.filters |= {
            "parted": parted,
            "names": names,
            "whole_words": whole_words,
            "whole_words_of_chapter": whole_words_of_chapter,
        }

    def render(self, name: str, views: Mapping[str, Any]) -> str:
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
        except SecurityError as error:
            raise TemplateError(
                f"テンプレート {name} は組み立てません（使えないものを使おうとしています）。"
            ) from error
        except (RecursionError, SyntaxError) as error:  # SyntaxError: Python nests only so many loops in each other
            raise TemplateError(f"テンプレート {name} の呼び出しが深すぎます。") from error
        except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise TemplateError(f"テンプレート {name} を組み立てられません（{error}）。") from error


class _Loader(jinja2.BaseLoader):
    def __init__(self, found: Callable[[str], str | None]) -> None:
        self._found = found

    def get_source(self, _: jinja2.Environment, template: str) -> tuple[str, str, None]:
        if (text := self._found(template)) is None:
            raise jinja2.TemplateNotFound(template)
        return text, template, None
