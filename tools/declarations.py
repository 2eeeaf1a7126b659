"""Write `pdf/weasyprint_patches/cffi_declarations.py`: what WeasyPrint declares of Pango, as cffi reads it.

    python tools/declarations.py

To be run when WeasyPrint changes; a test says when.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import cffi

from planbook.pdf.weasyprint_patches.loading import digest, source_of_declarations

PLACE = Path(__file__).parents[1] / "src/planbook/pdf/weasyprint_patches/cffi_declarations.py"

HEAD = '''"""What WeasyPrint declares of Pango and its like, as cffi reads it. Written by `tools/declarations.py`."""

# mypy: ignore-errors

SOURCE = "{digest}"
"""The SHA-256 of the declarations in C."""

'''


def declarations() -> str:
    """Return the text of the module."""
    source = source_of_declarations()
    ffi = cffi.FFI()
    ffi.cdef(source)
    ffi.set_source("planbook.pdf.weasyprint_patches.cffi_declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declarations.py"
        ffi.emit_python_code(str(path))
        body = path.read_text(encoding="utf-8").removeprefix("# auto-generated file\n")
    return HEAD.format(digest=digest(source)) + body


if __name__ == "__main__":
    PLACE.write_text(declarations(), encoding="utf-8")
    sys.stdout.write(f"{PLACE}\n")
