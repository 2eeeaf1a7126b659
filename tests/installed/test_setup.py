"""What tools/setup says on a machine without Pango where it may install nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# As importing WeasyPrint fails without Pango: with advice of its own on standard output, and an OSError.
WITHOUT_PANGO = """
import sys
class Missing:
    def find_spec(self, name, *_):
        if name == "weasyprint":
            print("WeasyPrint could not import some external libraries.")
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Missing())
from planbook.cli import run
sys.exit(run(sys.argv[1:]))
"""


def test_without_pango_there_is_one_message_and_exit_code_2(tmp_path: Path) -> None:
    script = (ROOT / "tools/setup").read_text(encoding="utf-8")
    command = re.search(r'^ *"\$venv/bin/planbook" (.*) >/dev/null', script, re.MULTILINE)
    assert command
    arguments = command[1].replace('"$venv', f'"{tmp_path}').replace('"', "").split()
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    for words in ("libpango-1.0-0", "dnf install pango", "brew install pango", "MSYS2"):
        assert words in done.stderr
