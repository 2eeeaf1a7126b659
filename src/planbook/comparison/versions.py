"""What is compared: a file, or what git holds of it in a revision."""

from __future__ import annotations

import os
import posixpath
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.check.check import check
from planbook.comparison.chapter_texts import chapter_texts
from planbook.diagnostics.finding import Severity
from planbook.errors import CommandFailure

if TYPE_CHECKING:
    from collections.abc import Callable

    from planbook.check.check import Checked
    from planbook.comparison.chapter_texts import ChapterTexts
    from planbook.diagnostics.document import Path as PathInFile
    from planbook.plan.model import Plan

_ENVIRONMENT = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


@dataclass(frozen=True, slots=True)
class VersionRead:
    """A version of a plan: as far as it can be read, and what `check` says of it. `name` is how messages call it.

    `chapters` are the texts of its chapters.
    """

    name: str
    plan: Plan | None
    checked: Checked
    chapters: ChapterTexts = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """How many errors it has."""
        return self.checked.count(Severity.ERROR)

    @property
    def damaged(self) -> frozenset[PathInFile]:
        """The paths in its file that could not be read."""
        return self.checked.damaged


def read_version(data: bytes, name: str, read: Callable[[str], bytes | None] | None = None) -> VersionRead:
    """Read a version as `check` reads it; `read` gives the files of its chapters, by their paths beside the plan."""
    checked = check(data, name, warnings=False)
    plan = checked.plan or checked.incomplete_plan
    return VersionRead(name, plan, checked, chapter_texts(plan, read) if read else {})


def beside(plan: Path) -> Callable[[str], bytes | None]:
    """Return what reads the files beside a plan file."""

    def read(path: str) -> bytes | None:
        file = plan.parent / path
        try:
            return file.read_bytes() if file.resolve().is_relative_to(plan.parent.resolve()) else None
        except (OSError, ValueError):
            return None

    return read


@dataclass(frozen=True, slots=True)
class Revision:
    """A plan file in a revision of git: `place` is where git has it, `name` how messages call it."""

    content: bytes
    name: str
    place: str
    folder: Path

    def read(self, path: str) -> bytes | None:
        """Return a file beside the plan, None where there is none."""
        revision, _, plan = self.place.partition(":")
        here = "./" if plan.startswith("./") else ""
        file = here + posixpath.normpath(posixpath.join(posixpath.dirname(plan), path))
        return _git(self.folder, "cat-file", "blob", f"{revision}:{file}")


def read_revision(revision: str, plan: Path) -> Revision:
    """Find the plan in a revision of git.

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
            f"「{folder}」は git のリポジトリではないので、git の版としても読めません。\n"
            "比べるファイルの名前か、git で管理しているフォルダーの中で版の名前（HEAD~1、v1.0 など）を書いてください。"
        )
    if name.startswith("-") or _git(folder, "rev-parse", "--verify", "--quiet", f"{name or 'HEAD'}^{{commit}}") is None:
        raise CommandFailure(_unknown(revision, name, folder))
    # A path counts from the top of the repository, else from where the user is.
    own = f"./{plan.absolute().relative_to(folder).as_posix()}"
    for inside in (path, f"./{path.removeprefix('./')}") if colon else (own,):
        if (content := _git(folder, "cat-file", "blob", f"{name}:{inside}")) is not None:
            called = f"{name}:{path}" if colon else f"{name}:{plan.as_posix()}"
            return Revision(content, called, f"{name}:{inside}", folder)
    raise CommandFailure(
        f"git の版「{name}」に、ファイル「{path or plan.name}」がありません。\n"
        f"別の名前や場所にあったときは、{name}:data/plan.yaml のように、版とファイルの場所を書いてください。"
    )


def _unknown(revision: str, name: str, folder: Path) -> str:
    shallow = _git(folder, "rev-parse", "--is-shallow-repository")
    what = "というファイルも、git の版もありません" if name == revision else "という git の版はありません"
    message = f"「{name}」{what}。"
    if shallow is not None and shallow.strip() == b"true":
        return (
            f"{message}\nこのリポジトリには、新しい版しか取り込まれていません（shallow clone）。\n"
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
            "git がないので、版を読めません。git をインストールするか、比べるファイルを二つ指定してください。"
        ) from error
    return done.stdout if done.returncode == 0 else None
