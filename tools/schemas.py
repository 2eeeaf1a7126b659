"""Write the JSON Schema of every plan of the repository beside it, as `planbook schema` does for others.

To be run as `python tools/schemas.py`, by `make docs`.
"""

from __future__ import annotations

from pathlib import Path

from planbook.check.check import check
from planbook.plan import json_schema
from planbook.plan.schema_file import schema_file, write_schema

ROOT = Path(__file__).parents[1]
PLANS = (
    ROOT / "data/plan.yaml",
    *sorted(ROOT.glob("examples/*/plan.yaml")),
    ROOT / "src/planbook/project/starter_files/data/plan.yaml",
)


def text_for(plan: Path) -> str:
    """Return the schema that belongs beside a plan."""
    return json_schema.write(check(plan.read_bytes(), plan.name).incomplete_plan)


if __name__ == "__main__":
    for each in PLANS:
        write_schema(schema_file(each), text_for(each))
