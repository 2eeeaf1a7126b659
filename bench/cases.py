"""What is measured: commands that run as whole processes, on plans of several sizes."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.assets import bundled_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLAN = Path("data/plan.yaml")
HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"

ENVIRONMENT = {
    # The same fonts for all: planbook and Typst name them, the others find no others.
    "FONTCONFIG_FILE": str(bundled_fonts() / "fonts.conf"),
    "PYTHONPATH": os.pathsep.join(sys.path),
    # Whatever is set here: an installed program is compiled once, not whenever it starts.
    "PYTHONDONTWRITEBYTECODE": "",
}

# What the script `planbook` does.
_PLANBOOK = (sys.executable, "-c", "from planbook.cli import main; main()")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True, slots=True)
class Case:
    """A command on a plan of `times` the size of the real one. `pdf` is what it prints, where it prints.

    `own_clock`: what counts are not the times of the whole process, but those that it prints.
    """

    name: str
    times: int
    command: tuple[str, ...]
    pdf: Path | None = None
    own_clock: bool = False

    @property
    def label(self) -> str:
        """The name and the size: `build pdf ×16`."""
        return f"{self.name} ×{self.times}"


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
        return self._case("check", [*_PLANBOOK, "check", self._path("plan.yaml")])

    def build_all(self) -> Case:
        """`planbook build`: three PDF files and three web pages."""
        return self._case("build all", [*_PLANBOOK, "build", self._path("plan.yaml"), "-o", self._path("all")])

    def build_pdf(self) -> Case:
        """The book as PDF alone."""
        options = ["-o", self._path("pdf"), "--document", "plan", "--format", "pdf"]
        return self._case("build pdf", [*_PLANBOOK, "build", self._path("plan.yaml"), *options], "pdf/plan.pdf")

    def edit(self) -> Case:
        """One edited sheet in a process that has built the plan before."""
        command = (sys.executable, str(HERE / "one_sheet.py"), self._path("plan.yaml"))
        return Case("one edit", self.times, command, own_clock=True)

    def newcomer(self) -> Case:
        """WeasyPrint by its command, on one HTML file with everything."""
        names = ("newcomer.html", "newcomer.pdf")
        return self._case("newcomer", [sys.executable, "-m", "weasyprint", *map(self._path, names)], names[-1])

    def typst(self) -> Case:
        """Typst through its Python package, on an equivalent document."""
        files = [str(PEERS / "book.typ"), self._path("typst.json"), self._path("typst.pdf"), str(bundled_fonts())]
        return self._case("typst", [sys.executable, str(PEERS / "typst_compile.py"), *files], "typst.pdf")

    def chromium(self) -> Iterator[Case]:
        """Headless Chromium on planbook's own web page of the book, where there is a Chromium."""
        browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
        if browser is not None:
            options = ["--headless", "--disable-gpu", "--no-pdf-header-footer"]
            options += ["--no-sandbox"] * (os.geteuid() == 0)  # as root it starts in no other way
            options += [f"--user-data-dir={self._path('profile')}", f"--print-to-pdf={self._path('chromium.pdf')}"]
            yield self._case("chromium", [browser, *options, (self.folder / "book.html").as_uri()], "chromium.pdf")

    def _path(self, name: str) -> str:
        return str(self.folder / name)

    def _case(self, name: str, command: Sequence[str], pdf: str | None = None) -> Case:
        return Case(name, self.times, tuple(command), self.folder / pdf if pdf else None)
