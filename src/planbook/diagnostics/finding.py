"""What a check finds: findings in a plan, and diagnostics with their place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.diagnostics.document import Part, Path, Span


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, a warning only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def word(self) -> str:
        """What planners read."""
        return "エラー" if self is Severity.ERROR else "警告"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in a plan, said once, at the narrowest place.

    `rule` is its slug; `at` is the path it is about, or a span where there is no path (text that is not YAML);
    `part` says whether the key or the value there is wrong, `within` which words of it. `message` and `hint` are
    Japanese: what is wrong, and what to type. Where it is certain what was meant, `edits` has the wrong words and the
    right ones, or `instead` the YAML that is to stand in the place of the value (or of `instead_of`, the whole list of
    which it is an item), and `added` the keys that are to stand beside it: the hint then ends with the corrected line,
    to be typed as it stands there.
    """

    rule: str
    at: Path | Span
    message: str
    hint: str = ""
    part: Part = "value"
    severity: Severity = Severity.ERROR
    within: str = ""
    edits: tuple[tuple[str, str], ...] = ()
    instead: str = ""
    instead_of: Path | None = None
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its place: `file:line:column` and the source line that it points into."""

    file: str
    span: Span
    rule: str
    severity: Severity
    message: str
    hint: str
    source_line: str
