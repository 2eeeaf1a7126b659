"""What the planner's guide tells people to type is right, and what it calls wrong is reported.

A YAML block of the guide says after ```yaml what it is: `plan` is a whole file; `top` are keys of the file itself;
`policies`, `measures`, `projects` and `actions` are items of those lists; `targets` are the targets of an action. All
but the first are put into the starter plan, which the reader of the guide has open. `wrong` before it: has errors.

A ```diff block is an edit of the starter plan, and a ```console block is what a reader types and then sees. Those of
one chapter follow each other in one new folder, which is under git. All other commands have the options they show.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from planbook.check.check import Checked, check
from planbook.cli import run
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


class Step(NamedTuple):
    line: int
    kind: str
    text: str


def steps(chapter: str, first: int) -> list[Step]:
    found = re.finditer(r"^( *)```(diff|console)\n(.*?)^ *```$", chapter, flags=re.MULTILINE | re.DOTALL)
    return [Step(first + chapter.count("\n", 0, each.start()), each[2], textwrap.dedent(each[3])) for each in found]


def chapters() -> dict[str, list[Step]]:
    text = GUIDE.read_text(encoding="utf-8")
    starts = [each.start() for each in re.finditer(r"^## ", text, flags=re.MULTILINE)] + [len(text)]
    pairs = pairwise(starts)
    found = {
        text[start:end].split("\n")[0]: steps(text[start:end], text.count("\n", 0, start) + 1) for start, end in pairs
    }
    return {title: each for title, each in found.items() if each}


CHAPTERS = chapters()


def typed(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a command prints on standard output."""
    words = shlex.split(command)
    if words[0] == "planbook":
        run(words[1:])
        return capsys.readouterr().out
    return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout


def edited(text: str, change: str) -> str:
    """Return a text with the lines of a change, of which those to go stand there once."""
    lines = change.splitlines()
    old, new = ("".join(f"{line[1:]}\n" for line in lines if line[0] == sign) for sign in "-+")
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_the_guide_shows_is_what_one_sees(
    chapter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(["init", "."])
    for name in ("name", "email"):
        monkeypatch.setenv(f"GIT_AUTHOR_{name.upper()}", "planner")
        monkeypatch.setenv(f"GIT_COMMITTER_{name.upper()}", "planner")
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "計画"]):
        subprocess.run(["git", *words], check=True)
    capsys.readouterr()
    plan = tmp_path / "data/plan.yaml"
    for step in CHAPTERS[chapter]:
        if step.kind == "diff":
            plan.write_text(edited(plan.read_text(encoding="utf-8"), step.text), encoding="utf-8")
            continue
        for part in re.split(r"^\$ ", step.text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            assert typed(command, tmp_path, capsys) == shown, f"line {step.line}"


FENCED = re.finditer(r"^ *```([^\n]*)\n(.*?)^ *```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
LINES = {line.strip() for block in FENCED if not block[1] for line in block[2].splitlines()}
COMMANDS = sorted(line for line in LINES if line.startswith("planbook "))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_options_it_shows(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*shlex.split(command)[1:], "--help"]) == 0
    assert capsys.readouterr().out


def test_no_picture_stands_twice() -> None:
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", GUIDE.read_text(encoding="utf-8"))
    assert len(pictures) == len(set(pictures))


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
