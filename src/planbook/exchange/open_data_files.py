"""Open data as files: each table as CSV, with its Frictionless Table Schema."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from planbook.views.open_data import open_data

if TYPE_CHECKING:
    from planbook.plan.model import Plan
    from planbook.views.open_data import DataColumn, DataTable

_COMMON = "先頭が =、+、-、@ の文字列には、表計算ソフトが式とみなさないように ' を付けています。"


def files(plan: Plan) -> dict[str, bytes]:
    """Return the files by name: for each table that has rows `NAME.csv` and `NAME.schema.json`, and `datapackage.json`.

    UTF-8 with a byte order mark, so that Excel opens them as they are; lines end with CRLF (RFC 4180).
    """
    found: dict[str, bytes] = {}
    resources = []
    for table in open_data(plan):
        found[f"{table.name}.csv"] = _csv(table)
        found[f"{table.name}.schema.json"] = _json(_schema(table))
        resources.append(
            {
                "name": table.name,
                "title": table.title,
                "path": f"{table.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": f"{table.name}.schema.json",
            }
        )
    title = f"{plan.title}（{plan.stage}）" if plan.stage else plan.title
    package = {
        "profile": "tabular-data-package",
        "name": "plan",
        "title": title,
        "description": f"{plan.municipality}「{title}」の取組、目標、数値。{_COMMON}",
        "resources": resources,
    }
    return found | {"datapackage.json": _json(package)}


def _csv(table: DataTable) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([each.name for each in table.columns])
    writer.writerows(table.cells)
    return stream.getvalue().encode("utf-8-sig")


def _descriptor(column: DataColumn) -> dict[str, Any]:
    about = {"name": column.name, "type": column.type, "title": column.title, "description": column.description}
    return about | ({"constraints": {"required": True}} if column.required else {})


def _schema(table: DataTable) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_descriptor(each) for each in table.columns], "missingValues": [""]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.foreign_key:
        reference = {"resource": "actions", "fields": "id"}
        schema["foreignKeys"] = [{"fields": table.foreign_key, "reference": reference}]
    return schema


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
