"""Reads an .xls from standard input in a process that may take no more than so much memory; JSON on standard output."""

from __future__ import annotations

import json
import sys

from planbook.exchange.worksheets import old_sheets

_MEMORY = 1_000_000_000

if __name__ == "__main__":
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.stdout.write(json.dumps(old_sheets(sys.stdin.buffer.read())))
