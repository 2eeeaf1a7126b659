"""What is compared: a file, or what git holds of it in a revision."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.check.check import check
from planbook.diagnostics.finding import Severity
from planbook.errors import CommandFailure

if TYPE_CHECKING:
    from planbook.check.check import Checked
    from planbook.diagnostics.document import Path as PathInFile
    from planbook.plan.model import Plan

_ENVIRONMENT = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


@dataclass(frozen=True, slots=True)
class VersionRead:
    """A version of a plan: as far as it can be read, and what `check` says of it. `name` is how messages call it."""

    name: str
    plan: Plan | None
    checked: Checked

    @property
    def errors(self) -> int:
        """How many errors it has."""
        return self.checked.count(Severity.ERROR)

    @property
    def damaged(self) -> frozenset[PathInFile]:
        """The paths in its file that could not be read."""
        return self.checked.damaged


def read_version(data: bytes, name: str) -> VersionRead:
    """Read a version as `check` reads it."""
    checked = check(data, name, warnings=False)
    return VersionRead(name, checked.plan or checked.sketch, checked)


def revision_bytes(revision: str, plan: Path) -> tuple[bytes, str]:
    """Return the plan in a revision of git, and how messages call it.

    `revision` is one that git knows (`HEAD~1`, `v1.0`), of the file `plan`, or with a path of its own
    (`main:data/plan.yaml`).

    Raises:
        CommandFailure: there is no git, no such revision, or no such file in it.

    """
    name, colon, path = revision.partition(":")
    folder = Path.cwd() if colon else plan.absolute().parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    if _git(folder, "rev-parse", "--show-prefix") is None:
        raise CommandFailure(
            f"「{revision}」というファイルはありません。"
            f"「{folder}」は git のリポジトリーではないので、git の版としても読めません。\n"
            "比べるファイルの名前か、git で管理しているフォルダーの中で版の名前（HEAD~1、v1.0 など）を書いてください。"
        )
    if name.startswith("-") or _git(folder, "rev-parse", "--verify", "--quiet", f"{name or 'HEAD'}^{{commit}}") is None:
        raise CommandFailure(_unknown(revision, name, folder))
    inside = path if colon else f"./{plan.absolute().relative_to(folder).as_posix()}"
    content = _git(folder, "cat-file", "blob", f"{name}:{inside}")
    if content is None and colon and not path.startswith("./"):
        content = _git(folder, "cat-file", "blob", f"{name}:./{path}")  # from where the user is, if not from the top
    if content is None:
        file = path or plan.name
        raise CommandFailure(
            f"git の版「{name}」に、ファイル「{file}」がありません。\n"
            f"別の名前や場所にあったときは、{name}:data/plan.yaml のように、版とファイルの場所を書いてください。"
        )
    return content, f"{name}:{path}" if colon else f"{name}:{plan.as_posix()}"


def _unknown(revision: str, name: str, folder: Path) -> str:
    shallow = _git(folder, "rev-parse", "--is-shallow-repository")
    what = "というファイルも、git の版もありません" if name == revision else "という git の版はありません"
    message = f"「{name}」{what}。"
    if shallow is not None and shallow.strip() == b"true":
        return (
            f"{message}\nこのリポジトリーには、新しい版しか取り込まれていません（shallow clone）。\n"
            "GitHub Actions では actions/checkout に fetch-depth: 0 を指定します。手元では git fetch --unshallow です。"
        )
    return f"{message}\n版の名前は git log --oneline や git tag で見られます（例：HEAD~1、v1.0、main）。"


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git answers; None where it can not."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no argument is taken for an option
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's own git
            capture_output=True,
            check=False,
            env={**os.environ, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise CommandFailure(
            "git がこのコンピューターにないので、版を読めません。git を入れるか、比べるファイルを二つ指定してください。"
        ) from error
    return done.stdout if done.returncode == 0 else None
