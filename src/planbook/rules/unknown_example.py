"""The rule `unknown-example`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import nearest, suggest
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("unknown-example", needs=r".*/(id|projects/\d+)")
def unknown_example(plan: Plan) -> Iterator[Finding]:
    """The sample sheet is the sheet of a project of the plan."""
    ids = [project.id for project in plan.projects()]
    titles = {project.title: project.id for project in plan.projects()}
    if plan.example and plan.example.project not in ids:
        message = f"記載例にする、id が「{plan.example.project[:60]}」の事業がありません。"
        hint = suggest(plan.example.project, ids) or "事業（projects）の id を書いてください。"
        if titled := nearest(plan.example.project, titles):
            hint = f"名称でなく id を書きます。もしかして「{titles[titled[0]]}」ですか。"
        yield Finding("", ("example", "project"), message, hint)
