"""Arguments that several commands have: said once, so that their help pages say the same."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PlanArgument = Annotated[Path, typer.Argument(metavar="計画ファイル", help="計画の YAML ファイル。")]
