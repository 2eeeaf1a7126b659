"""Keys that the format does not have: told, and read as the ones that were meant, so that the rest can be checked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Document, Mapping, Path, Scalar, Sequence, Value
from planbook.diagnostics.finding import Finding
from planbook.plan.shape import plan_shape

if TYPE_CHECKING:
    from planbook.plan.shape import Shape

_PARTS = {
    "Plan": "計画の先頭",
    "Department": "departments の項目",
    "Policy": "基本方針（policies）",
    "Measure": "施策（measures）",
    "Project": "事業（projects）",
    "Action": "取組項目（actions）",
    "Relisting": "再掲（actions）",
    "Target": "年度目標（targets）",
    "Figure": "数値（figures）",
    "Example": "記載例（example）",
    "Note": "記載例の説明（notes）",
}


_RELISTING_HINT = "再掲に書くのは relist だけです。この行を消してください（元の取組項目のものが印刷されます）。"


def _relisting_hint(key: str, value: Mapping) -> str:
    if key == next(iter(value)):  # its line has the 「- 」 of the item
        return f"再掲に書くのは relist だけです。次の一行にしてください。\n- relist: {value['relist']}"
    return _RELISTING_HINT


def spelled(document: Document) -> tuple[Document, list[Finding]]:
    """Return the document with the keys of the format only, and a finding for every other key."""
    if not isinstance(document.root, Mapping):
        return document, []
    speller = _Speller(document)
    root = speller.value(document.root, plan_shape(), (), ())
    if not speller.findings:
        return document, []
    return Document(document.name, document.lines, root, speller.keys, speller.values), speller.findings


class _Speller:
    """Copies a document; its places move along with the keys that are renamed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.keys = dict(document.keys)
        self.values = dict(document.values)
        self.findings: list[Finding] = []

    def value(self, value: Value, shape: Shape | None, typed: Path, path: Path) -> Value:
        """Return a copy of the value at the path `typed`, to stand at `path`."""
        if typed != path and (span := self._document.values.get(typed)):
            self.values[path] = span
        if isinstance(value, Scalar):
            return Scalar(value, path)
        if isinstance(value, Sequence):
            items = shape.items if shape else None
            copies = [self.value(item, items, (*typed, n), (*path, n)) for n, item in enumerate(value)]
            return Sequence(copies, path)
        return self._mapping(value, shape, typed, path)

    def _mapping(self, value: Mapping, shape: Shape | None, typed: Path, path: Path) -> Mapping:
        copy = Mapping(path=path)
        free = _free_keys(value, shape)
        for key, item in value.items():
            name: str | None = key
            if shape and shape.fields and key not in _valid_keys(value, shape):
                name = _meant(key, item, free, shape)
                hint = _relisting_hint(key, value) if not name and "relist" in value else _hint(key, name, free, shape)
                message = f"「{key[:60]}」というキーはここでは使えません。"
                self.keys[(*path, key)] = self._document.keys[(*typed, key)]
                self.findings.append(Finding("unknown-key", (*path, key), message, hint, part="key"))
                if name is None:
                    continue
                free.remove(name)
            if (*typed, key) != (*path, name):
                self.keys[(*path, str(name))] = self._document.keys[(*typed, key)]
            copy[str(name)] = self.value(
                item, shape.child(str(name)) if shape else None, (*typed, key), (*path, str(name))
            )
        return copy


def _valid_keys(value: Mapping, shape: Shape) -> list[str]:
    """Return the keys of a mapping; of a relisting, only its own."""
    if len(shape.elements) > 1:
        action, relisting = shape.elements
        return list((relisting if "relist" in value else action).model_fields)
    return list(shape.fields)


def _free_keys(value: Mapping, shape: Shape | None) -> list[str]:
    if shape is None:
        return []
    valid = list(shape.fields) if len(value) == 1 else _valid_keys(value, shape)
    return [key for key in valid if key not in value]


def _meant(key: str, item: Value, free: list[str], shape: Shape) -> str | None:
    """Return the free key that was meant by another one, if its value can stand there at all."""
    candidate = shape.meant(key, free, is_text=isinstance(item, Scalar))
    wanted = shape.fields.get(candidate or "")
    if wanted and (isinstance(item, Scalar) or wanted.is_mapping or wanted.items):
        return candidate
    return None


def _hint(key: str, meant: str | None, free: list[str], shape: Shape) -> str:
    if meant:
        hint = f"もしかして「{meant}」ですか。"
    elif owner := next((name for name in free if key in shape.fields[name].choices), ""):
        return f"もしかして「{owner}: {key}」ですか。"
    elif places := _places_of(key):
        hint = f"「{key}」を書けるのは、{'、'.join(places)}です。字下げを確かめてください。"
    else:
        hint = "要らなければ、この行を消してください。"
    others = [key for key in free if key != meant]
    return hint + (f"ここでまだ使えるのは {'、'.join(free)} です。" if others else "")


@cache
def _places_of(key: str) -> tuple[str, ...]:
    """Return the parts of a plan that have that key."""
    found: dict[str, None] = {}
    shapes = [plan_shape()]
    while shapes:
        shape = shapes.pop()
        for element in shape.elements:
            if key in element.model_fields and (name := _PARTS.get(element.__name__)):
                found[name] = None
        shapes += [part for part in (shape.items, shape.entries, *shape.fields.values()) if part]
    return tuple(found)
