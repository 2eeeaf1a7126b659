"""The catalogue of rules: a folder for each, with what it means and examples. The examples are its tests too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "explained"

CONTEXT = 1
"""Lines shown around what differs between the wrong and the right example."""

MAX_LINES, SHOWN, WIDTH = 14, 3, 50
"""An excerpt of more lines than fit is cut to so many: a whole file in another encoding, a sheet of many
rows. The width of these is in characters."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule means and why it matters, in Japanese, and where its examples are."""

    slug: str
    title: str
    severity: str
    meaning: str
    why: str

    @property
    def folder(self) -> Path:
        """The folder with wrong.yaml, right.yaml and expected.txt; a few rules have no example."""
        return FOLDER / self.slug

    def examples(self) -> tuple[str, str]:
        """Return the lines of the wrong and of the right example that differ, with a line around them."""
        import difflib  # noqa: PLC0415 - the list of slugs does without

        if not (self.folder / "wrong.yaml").exists():
            return "", ""
        wrong = (self.folder / "wrong.yaml").read_bytes().decode("utf-8", "replace").split("\n")
        right = (self.folder / "right.yaml").read_text("utf-8").split("\n")
        groups = difflib.SequenceMatcher(None, wrong, right, autojunk=False).get_grouped_opcodes(CONTEXT)
        excerpts = [(wrong[group[0][1] : group[-1][2]], right[group[0][3] : group[-1][4]]) for group in groups]
        return _joined([_cut(one) for one, _ in excerpts]), _joined([_cut(other) for _, other in excerpts])


def _cut(lines: list[str]) -> list[str]:
    """Cut an excerpt that fills a screen: its first lines say what it is about."""
    if len(lines) <= MAX_LINES:
        return lines
    return [*(line if len(line) <= WIDTH else f"{line[:WIDTH]}…" for line in lines[:SHOWN]), "…"]


def _joined(excerpts: list[list[str]]) -> str:
    return "\n…\n".join("\n".join(lines).rstrip("\n") for lines in excerpts)


@cache
def rule_slugs() -> tuple[str, ...]:
    """Return the slugs of all rules, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/rule.yaml")))


def explanation(slug: str) -> Explanation:
    """Return the explanation of a rule.

    Raises:
        KeyError: there is no such rule.

    """
    import yaml  # noqa: PLC0415 - the list of slugs does without

    if slug not in rule_slugs():
        raise KeyError(slug)
    fields = yaml.safe_load((FOLDER / slug / "rule.yaml").read_text("utf-8"))
    return Explanation(slug, fields["title"], fields["severity"], fields["meaning"], fields["why"])
