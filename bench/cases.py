"""What is measured: commands that run as whole processes, on plans of several sizes."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.project.paths import bundled_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLAN = Path("data/plan.yaml")
HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"

ENVIRONMENT = {
    # The same fonts for all: planbook and Typst name them, the others find no others.
    "FONTCONFIG_FILE": str(bundled_fonts() / "fonts.conf"),
    # Whatever is set here: an installed program is compiled once, not whenever it starts.
    "PYTHONDONTWRITEBYTECODE": "",
}

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FIREFOX = ("firefox-esr", "firefox")


@dataclass(frozen=True, slots=True)
class Case:
    """A command on a plan of `times` the size of the real one. `output` is the file that it writes, if it is one.

    `own_clock`: what counts is not what the whole process takes, but what it prints (`bench.run`).
    """

    name: str
    times: int
    command: tuple[str, ...]
    output: Path | None = None
    own_clock: bool = False

    def label(self, name: str = "") -> str:
        """The name, or that of a part, and the size: `build pdf ×16`."""
        return f"{name or self.name} ×{self.times}"


def _installed(program: str) -> str:
    """Return the path of a program of this environment, as a user starts it."""
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    if found is None:
        raise SystemExit(f"{program} is not installed beside {sys.executable}")
    return found


def bare_imports() -> Case:
    """The libraries that every command needs, and nothing else."""
    return Case("bare imports", 1, (sys.executable, "-c", "import typer, pydantic, yaml"))


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of one size; `folder` has what `bench.prepare` wrote for it."""

    folder: Path
    times: int

    def check(self) -> Case:
        """`planbook check`."""
        return self._case("check", [_installed("planbook"), "check", self._path("plan.yaml")])

    def hostile(self) -> Case:
        """`planbook check` of files of 1 MB that are made to take long; the slowest of them."""
        return self._own("slowest", "bench.hostile", _installed("planbook"))

    def build_all(self) -> Case:
        """`planbook build`: three PDF files and three web pages."""
        return self._case(
            "build all", [_installed("planbook"), "build", self._path("plan.yaml"), "-o", self._path("all")]
        )

    def build_pdf(self) -> Case:
        """The book as PDF alone."""
        options = ["-o", self._path("pdf"), "--document", "plan", "--format", "pdf"]
        return self._case(
            "build pdf", [_installed("planbook"), "build", self._path("plan.yaml"), *options], "pdf/plan.pdf"
        )

    def edit(self) -> Case:
        """One edited sheet in a process that has built the plan before."""
        return self._own("one edit", "bench.one_sheet", self._path("plan.yaml"))

    def saving(self) -> Case:
        """One edited sheet beside `planbook serve`: until the page is new, and until the PDF is."""
        return self._own("serve", "bench.saving", _installed("planbook"), self._path("plan.yaml"))

    def diff(self) -> Case:
        """`planbook diff` of two versions, to the terminal."""
        return self._case("diff", [_installed("planbook"), "diff", self._path("plan.yaml"), self._path("revised.yaml")])

    def git_diff(self) -> Case:
        """What git says of the same two files; it ends with 1 where they differ."""
        command = 'git diff --no-index --no-color "$0" "$1"; test $? -eq 1'
        return self._case("git diff", ["sh", "-c", command, self._path("plan.yaml"), self._path("revised.yaml")])

    def export(self) -> Case:
        """`planbook export`: a workbook for each department."""
        return self._case(
            "export", [_installed("planbook"), "export", self._path("plan.yaml"), "-o", self._path("new")]
        )

    def openpyxl(self) -> Case:
        """The cells of the same workbooks, with their formats, written by openpyxl."""
        return self._case("openpyxl", [sys.executable, str(PEERS / "openpyxl_write.py"), self._path("inquiry")])

    def collect(self) -> Case:
        """`planbook collect` of replies from all departments, one cell of each of them changed."""
        options = ["--plan", self._path("plan.yaml"), "--dry-run"]
        return self._case("collect", [_installed("planbook"), "collect", self._path("replies"), *options])

    def yamllint(self) -> Case:
        """Run yamllint with a preset of its own, in which the length of lines is no error."""
        return self._case("yamllint", [_installed("yamllint"), "-d", "relaxed", self._path("plan.yaml")])

    def newcomer(self) -> Case:
        """WeasyPrint by its command, on one HTML file with everything."""
        names = ("newcomer.html", "newcomer.pdf")
        return self._case("newcomer", [sys.executable, "-m", "weasyprint", *map(self._path, names)], names[-1])

    def typst(self) -> Case:
        """Typst through its Python package, on an equivalent document."""
        files = [str(PEERS / "book.typ"), self._path("typst.json"), self._path("typst.pdf"), str(bundled_fonts())]
        return self._case("typst", [sys.executable, str(PEERS / "typst_compile.py"), *files], "typst.pdf")

    def chromium(self) -> Iterator[Case]:
        """Headless Chromium prints planbook's own web page of the book, where there is a Chromium."""
        for browser in _browsers():
            options = ["--headless", "--disable-gpu", "--no-pdf-header-footer"]
            options += ["--no-sandbox"] * (os.geteuid() == 0)  # as root it starts in no other way
            options += [f"--user-data-dir={self._path('profile')}", f"--print-to-pdf={self._path('chromium.pdf')}"]
            yield self._case("chromium", [browser, *options, (self.folder / "book.html").as_uri()], "chromium.pdf")

    def opening(self) -> Iterator[Case]:
        """Chromium and Firefox open the web page of the book and filter it, where they are installed."""
        for name, programs in (("chromium", _BROWSERS), ("firefox", _FIREFOX)):
            for program in _first(programs):
                arguments = (name, program, self._path("book.html"))
                yield self._own(f"open page, {name}", "bench.opening", *arguments, output="book.html")

    def _path(self, name: str) -> str:
        return str(self.folder / name)

    def _case(self, name: str, command: Sequence[str], output: str | None = None) -> Case:
        return Case(name, self.times, tuple(command), self.folder / output if output else None)

    def _own(self, name: str, module: str, *arguments: str, output: str | None = None) -> Case:
        return replace(self._case(name, [sys.executable, "-m", module, *arguments], output), own_clock=True)


def _browsers() -> list[str]:
    """Return the Chromium of this machine, if it has one."""
    return _first(_BROWSERS)


def _first(programs: Sequence[str]) -> list[str]:
    return list(filter(None, map(shutil.which, programs)))[:1]
