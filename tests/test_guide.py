"""What the planner's guide tells people to type is right, and what it calls wrong is reported.

A YAML block of the guide says after ```yaml what it is: `plan` is a whole file; `top` are keys of the file itself;
`policies`, `measures`, `projects` and `actions` are items of those lists; `targets` are the targets of an action. All
but the first are put into the starter plan, which the reader of the guide has open. `wrong` before it: has errors.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from planbook.check.check import Checked, check
from planbook.diagnostics.finding import Severity
from planbook.plan.model import Element, Plan
from planbook.project.starter import starter_files

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDE = Path(__file__).parents[1] / "docs" / "ja" / "guide.md"
STARTER = starter_files()["data/plan.yaml"].decode()
INDENTS = {"policies": 2, "measures": 6, "projects": 10, "actions": 14}
ACTION = "- id: from-the-guide\n  title: 手引きの取組\n  departments: [福祉課]\n  targets:\n"


class Block(NamedTuple):
    line: int
    wrong: bool
    kind: str
    text: str

    def plan(self) -> str:
        """Return the file that a reader has after typing the block."""
        if self.kind == "plan":
            return self.text
        if self.kind == "top":
            return replaced(self.text)
        item = ACTION + textwrap.indent(self.text, "    ") if self.kind == "targets" else self.text
        return STARTER + textwrap.indent(item, " " * INDENTS.get(self.kind, INDENTS["actions"]))


def replaced(fragment: str) -> str:
    """Return the starter plan with the top-level keys of a fragment instead of its own."""
    keys = set(re.findall(r"^(\w+)[:：]", fragment, flags=re.MULTILINE))
    parts = re.split(r"^(?=\w)", STARTER, flags=re.MULTILINE)
    return fragment + "".join(part for part in parts if part.partition(":")[0] not in keys)


def blocks() -> Iterator[Block]:
    text = GUIDE.read_text(encoding="utf-8")
    for match in re.finditer(r"^( *)```yaml (wrong )?(\w+)\n(.*?)^ *```$", text, flags=re.MULTILINE | re.DOTALL):
        line = text.count("\n", 0, match.start()) + 1
        yield Block(line, bool(match[2]), match[3], textwrap.dedent(match[4]))


BLOCKS = list(blocks())
each_block = pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"line-{block.line}")


def checked(block: Block) -> Checked:
    return check(block.plan().encode(), f"guide.md:{block.line}")


def test_every_yaml_block_says_what_it_is() -> None:
    assert GUIDE.read_text(encoding="utf-8").count("```yaml") == len(BLOCKS)
    assert {block.kind for block in BLOCKS} <= {"plan", "top", "targets", *INDENTS}


@each_block
def test_right_blocks_check_and_wrong_ones_do_not(block: Block) -> None:
    outcome = checked(block)
    if block.wrong:
        assert outcome.count(Severity.ERROR) > 0
    elif block.kind == "plan":
        assert outcome.diagnostics == ()
    else:
        errors = [each.message for each in outcome.diagnostics if each.severity is Severity.ERROR]
        assert errors == []


def test_every_key_of_the_format_is_explained() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    unexplained = {key for kind in elements(Plan) for key in kind.model_fields if f"`{key}`" not in text}
    assert unexplained == set()


def subclasses(kind: type[Element]) -> Iterator[type[Element]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def elements(kind: type[Element]) -> set[type[Element]]:
    """Return an element of the format and all that it can contain."""
    names = {each.__name__: each for each in subclasses(Element)}
    found = {kind}
    for field in kind.model_fields.values():
        for name in re.findall(r"\w+", str(field.annotation)):
            if name in names:
                found |= elements(names[name])
    return found


def test_every_link_inside_the_guide_leads_somewhere() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#(.*?)\)", text)) - anchors == set()
    files = re.findall(r"\]\((\.\./[^)]*\.(?:md|yaml))\)", text)
    assert [name for name in files if not (GUIDE.parent / name).is_file()] == []
