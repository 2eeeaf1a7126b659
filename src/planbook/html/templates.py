"""The templates of one build: what is rendered, and the stylesheets beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.html.render_process import RenderProcess
from planbook.html.renderer import Renderer
from planbook.html.template_files import TemplateFiles
from planbook.project.paths import bundled_templates

if TYPE_CHECKING:
    from pathlib import Path


class Templates(TemplateFiles):
    """A plan's own templates and the bundled ones, ready to render."""

    def __init__(self, own: Path | None = None) -> None:
        super().__init__(own)
        self._renderer = RenderProcess(own) if own and _has_templates(own) else Renderer(self)

    def render(self, name: str, **views: object) -> str:
        """Render one template.

        Raises:
            TemplateError: the template is missing or wrong, asks for something that its view does not have, or (one of
                the plan's own) takes too much time or memory.

        """
        return self._renderer.render(name, views)


def _has_templates(own: Path) -> bool:
    """Whether there are templates in a plan's own folder, not stylesheets alone: only they take time to render.

    In a checkout of planbook, the plan's own folder is that of the bundled ones.
    """
    suffixes = {path.suffix.lower() for path in own.rglob("*")}  # some file systems find x.J2 by the name x.j2
    return own.resolve() != bundled_templates() and ".j2" in suffixes
