"""What to do about a key that the format does not have at its place: the one that was meant, or where it may stand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from planbook.diagnostics.suggestions import perhaps
from planbook.plan.shape import plan_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from planbook.diagnostics.document import Mapping
    from planbook.plan.shape import Shape

_PARTS = {
    "Plan": "計画の先頭",
    "Department": "departments の項目",
    "Pillar": "基本の柱（pillars）",
    "Policy": "基本方針（policies）",
    "Measure": "施策（measures）",
    "Project": "事業（projects）",
    "Action": "取組項目（actions）",
    "Relisting": "再掲（actions）",
    "Target": "年度目標（targets）",
    "Figure": "数値（figures）",
    "Example": "記載例（example）",
    "CheckSettings": "確かめ方（check）",
    "Allowance": "止める警告（allow）",
    "Note": "記載例の説明（notes）",
    "Mark": "印の一覧（marks）",
    "Indicator": "成果指標（indicators）",
    "Numbering": "番号の付け方（numbers）",
}

_RELISTING_HINT = "再掲に書くのは relist だけで、ほかは元の取組項目のものが印刷されます。"

_OF_INDICATORS = {"baseline", "target", "targets", "objective", "goal", "value", "現状値", "現状", "目標値", "目標"}
"""What planners look for in an indicator."""


def relisting_hint(key: str, value: Mapping, rows: str, words: Callable[[str], str]) -> str:
    """Return what to do about another key of a relisting, in the lines that `rows` calls (この行を).

    `words` puts the plan's own words into texts.
    """
    if key == next(iter(value)):  # its line has the 「- 」 of the item
        return f"再掲に書くのは relist だけです。次の一行にしてください。\n- relist: {value['relist']}"
    return f"{words(_RELISTING_HINT)}{rows}消してください。"


def key_hint(key: str, meant: str | None, free: list[str], shape: Shape, words: Callable[[str], str]) -> str:
    """Return what to do about a key; `meant` is the one it is like, `free` are those that may still stand there."""
    if meant:
        hint = perhaps(meant)
    elif owner := next((name for name in free if key in shape.fields[name].choices), ""):
        return perhaps(f"{owner}: {key}")
    elif (key in _OF_INDICATORS and "values" in shape.fields) or not (places := _places().get(key)):
        hint = _hint_for_unlike_key(key, shape)
    else:
        hint = f"「{key}」を書けるのは、{words('、'.join(places))}です。字下げを確かめてください。"
    others = f"ここでまだ使えるのは {'、'.join(free)} です。" if any(each != meant for each in free) else ""
    return others + hint if "\n" in hint else hint + others


def _hint_for_unlike_key(key: str, shape: Shape) -> str:
    """Say what to do about a key that nothing here is like."""
    if key in _OF_INDICATORS and "values" in shape.fields:
        return "現状値も目標値も、values に年度ごとに書いてください（例：values: {2022: 38.5, 2026: 45}）。"
    if not key.isascii() and "texts" in shape.fields:
        return f"見出しの付いた文章なら、次の形で書いてください。\ntexts:\n  {key[:60]}: …"
    return "不要なら消してください。"


@cache
def _places() -> dict[str, dict[str, None]]:
    """Return the parts of a plan that have a key, by all keys."""
    found: dict[str, dict[str, None]] = {}
    shapes = [plan_shape()]
    while shapes:
        shape = shapes.pop()
        for element in shape.elements:
            if name := _PARTS.get(element.__name__):
                for key in element.model_fields:
                    found.setdefault(key, {})[name] = None
        shapes += [part for part in (shape.items, shape.entries, *shape.fields.values()) if part]
    return found
