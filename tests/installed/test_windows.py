"""The script for Windows looks for Pango where WeasyPrint does. To run it takes Windows; here it is read."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

SCRIPT = (Path(__file__).parents[2] / "tools/install-windows.ps1").read_bytes()


def loader() -> str:
    """Return the text of WeasyPrint's module that loads libraries."""
    spec = importlib.util.find_spec("weasyprint")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "text/ffi.py").read_text(encoding="utf-8")


def quoted(name: str) -> set[str]:
    found = re.search(rf"\${name} = @\((.*?)\)\s", SCRIPT.decode("utf-8-sig"), re.DOTALL)
    assert found
    return set(re.findall(r"'(.*?)'", found[1]))


def test_folders_are_those_of_weasyprint() -> None:
    start = loader().index("WEASYPRINT_DLL_DIRECTORIES")
    text = loader()[start : loader().index(".split", start)]
    assert quoted("folders") == {name.replace("\\\\", "\\").rstrip(";") for name in re.findall(r"'(C:.*?)'", text)}


def test_libraries_are_those_that_weasyprint_needs() -> None:
    names = {
        name
        for call in re.findall(r"_dlopen\((.*?)\)", loader(), re.DOTALL)
        for name in re.findall(r"'([^']*\.dll)'", call)
    }
    needed = {name for name in names if "vector" not in name}  # for SVG in a format that planbook does not write
    assert quoted("libraries") == needed


def test_powershell_of_windows_can_read_it() -> None:
    # It takes a file without a mark for Shift_JIS on a Japanese machine.
    assert SCRIPT.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in SCRIPT
