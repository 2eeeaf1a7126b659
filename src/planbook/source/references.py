"""What YAML has to refer from one place of a file to another, or to name a type: a plan has none of it."""

from __future__ import annotations

from typing import Literal

Reference = Literal["anchor", "alias", "tag"]

_MEANINGS: dict[Reference, str] = {
    "anchor": "目印（アンカー）",
    "alias": "別の場所への参照（エイリアス）",
    "tag": "型の指定（タグ）",
}


def refusal(reference: Reference, typed: str) -> str:
    """Return why a plan can not have it; `typed` is how it stands in the file (`&name`, `*name`, `!`)."""
    return f"「{typed}」は YAML では{_MEANINGS[reference]}になります。計画では使えません。"
