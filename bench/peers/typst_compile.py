"""Compile a Typst document: `typst_compile.py book.typ data.json book.pdf FONTS`, all below one folder."""

from __future__ import annotations

import sys

import typst

document, data, output, fonts = sys.argv[1:]
typst.compile(document, output, root="/", font_paths=[fonts], ignore_system_fonts=True, sys_inputs={"data": data})
