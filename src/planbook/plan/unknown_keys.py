"""Keys that the format does not have, and lists typed as text: reported, and read as they were meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.corrections import quoted
from planbook.diagnostics.document import Document, Mapping, Path, Scalar, Sequence, Span, Value
from planbook.diagnostics.finding import Finding
from planbook.plan.key_hints import key_hint, relisting_hint
from planbook.plan.own_words import plan_words, usual_words
from planbook.plan.shape import all_keys, plan_shape
from planbook.plan.value_hints import names_in
from planbook.plan.year_hints import wrong_year_key, year_key

if TYPE_CHECKING:
    from collections.abc import KeysView

    from planbook.plan.shape import Shape

MAX_LINES = 10
"""Lines of a text that are shown again in a hint."""


def spelled(document: Document) -> tuple[Document, list[Finding]]:
    """Return the document with the keys of the format only, and a finding for every other key."""
    if not isinstance(document.root, Mapping):
        return document, []
    speller = _Speller(document, document.root)
    root = speller.value(document.root, plan_shape(), (), ())
    if not speller.findings:
        return document, []
    return Document(document.name, document.lines, root, speller.keys, speller.values), speller.findings


class _Speller:
    """Copies a document; its places move along with the keys that are renamed."""

    def __init__(self, document: Document, root: Mapping) -> None:
        self._document = document
        self._root = root
        self._words = plan_words(root)
        self._usual_words = usual_words(root)
        columns = root.get("columns")
        self._columns = frozenset(each for each in columns if isinstance(each, Scalar)) if columns else frozenset()
        self.keys = dict(document.keys)
        self.values = dict(document.values)
        self.findings: list[Finding] = []
        self._hyphens: set[Span] = set()
        self._hints: dict[str, str] = {}
        """Each is kept once: that of thousands of keys in one place is the same."""

    def value(self, value: Value, shape: Shape | None, typed: Path, path: Path) -> Value:
        """Return a copy of the value at the path `typed`, to stand at `path`: the same object where it stays there."""
        if typed is not path and (span := self._document.values.get(typed)):
            self.values[path] = span
        if isinstance(value, Scalar):
            if ((path[-1:] == ("departments",) and len(path) > 1) or path == ("columns",)) and (
                names := _names_in(value)
            ):
                return self._names(names, typed, path)
            return value if typed is path else Scalar(value, path)
        if isinstance(value, Sequence):
            return self._sequence(value, shape.items if shape else None, typed, path)
        return self._mapping(value, shape, typed, path)

    def _unbraced(self, value: Sequence, items: Shape | None, typed: Path) -> Sequence:
        """Read keys and values between square brackets as the one mapping that was meant, and report it."""
        pairs = [(key, each) for item in value if isinstance(item, Mapping) for key, each in item.items()]
        names = [key.lstrip("(（") for key, _ in pairs]
        texts = len(pairs) == len(value) > 1 and all(isinstance(each, Scalar) for _, each in pairs)
        if not items or not texts or len({*names} & items.fields.keys()) < len(names):
            return value
        places: list[Path] = [(*typed, n, key) for n, (key, _) in enumerate(pairs)]
        first, end = self._document.keys.get(places[0]), self._document.values.get(places[-1])
        if not first or not end or first.line != end.line:
            return value
        line = self._document.lines[first.line - 1]
        if line[: first.column - 1].rstrip()[-1:] != "[":
            return value
        span = Span(first.line, first.column, end.line, end.end_column)
        text = line[first.column - 1 : end.end_column - 1].strip("()（）")
        message = "一つの組が、「{」「}」で囲まれていません。"
        self.findings.append(Finding("missing-brace", span, message, instead=f"{{{text}}}"))
        whole = Mapping(path=(*typed, 0))
        for name, place, (_, each) in zip(names, places, pairs, strict=True):
            at = (*typed, 0, name)
            whole[name] = Scalar(str(each).rstrip(")）"), at)
            self._document.keys[at] = self._document.keys[place]
            self._document.values[at] = self._document.values[place]
        return Sequence([whole])

    def _sequence(self, value: Sequence, items: Shape | None, typed: Path, path: Path) -> Sequence:
        """Copy a list; an item that only has what the one before it lacks is the rest of that one."""
        copies: list[Value] = []
        for number, item in enumerate(self._unbraced(value, items, typed)):
            whole = copies[-1] if copies else None
            if (
                isinstance(whole, Mapping)
                and isinstance(item, Mapping)
                and _is_rest(whole, item, items)
                and self._begins_line((*typed, number), item)
            ):
                self._extra_hyphen((*typed, number), item)
                at = (*path, len(copies) - 1)
                rest = self._mapping(item, items, (*typed, number), at)
                copies[-1] = Mapping({**whole, **rest}, at)
            else:
                below: Path = (*typed, number)
                at = below if typed is path and number == len(copies) else (*path, len(copies))
                copies.append(self.value(item, items, below, at))
        return Sequence(copies, path)

    def _begins_line(self, typed: Path, item: Mapping) -> bool:
        """Tell whether nothing but a `-` stands before an item in its line."""
        key = self._document.keys[(*typed, next(iter(item)))]
        return self._document.lines[key.line - 1][: key.column - 1].strip() == "-"

    def _extra_hyphen(self, typed: Path, item: Mapping) -> None:
        """Say that the `-` before the rest of an item is one too many."""
        key = self._document.keys[(*typed, next(iter(item)))]
        line = self._document.lines[key.line - 1]
        dash = line.rfind("-", 0, key.column - 1)
        margin = " " * (key.column - 1)
        message = "余分な「- 」があります。ここから別の項目として読まれます。"
        hint = (
            f"次のように直してください（行頭の空白は半角 {len(margin)} 個）。\n{margin}{line[len(margin) :].rstrip()}"
        )
        at = Span(key.line, dash + 1, key.line, len(line.rstrip()) + 1)
        if at not in self._hyphens:
            self._hyphens.add(at)
            self.findings.append(Finding("extra-hyphen", at, message, hint))

    def _names(self, names: list[str], typed: Path, path: Path) -> Sequence:
        """Read names that were typed as one text as the list that was meant, and report it."""
        message = "リスト（「- 」で始まる行の並び）を書くところに、文字があります。"
        instead = f"[{', '.join(names)}]"
        self.findings.append(Finding("wrong-type", path, message, "リストの形で、", instead=instead))
        span = self._document.span(typed)
        line = self._document.lines[span.line - 1]
        start = span.column - 1
        for index, name in enumerate(names):
            at = line.find(name, start)
            if at >= 0:
                start = at + len(name)
                self.values[(*path, index)] = Span(span.line, at + 1, span.line, start + 1)
        return Sequence([Scalar(name, (*path, index)) for index, name in enumerate(names)], path)

    def _mapping(self, value: Mapping, shape: Shape | None, typed: Path, path: Path) -> Mapping:
        copy = Mapping(path=path)
        valid = _valid_keys(value, shape)
        free = [] if valid >= value.keys() else _free_keys(value, shape)
        for before, (key, item) in zip(("", *value), value.items(), strict=False):
            name = key
            if shape and shape.entries and path[-1:] == ("targets",) and (years := self._years_meant(key, value)):
                self.keys[(*path, key)] = self._document.keys[(*typed, key)]
                self.findings.append(wrong_year_key((*path, key), key, self._root))
                name = years
            elif shape and shape.fields and key not in valid:
                is_choice = any(key in shape.fields[name].choices for name in free)
                if item == "" and not is_choice and (torn := self._torn(key, before, typed)):
                    self.findings.append(torn)
                    continue
                meant = _meant(self._usual_words.get(key, key), item, free, shape) or _only_one_missing(
                    key, value, shape
                )
                hint = (
                    relisting_hint(key, value, self._rows((*typed, key)), self._words)
                    if not meant and "relist" in value
                    else key_hint(key, meant, free, shape, self._words)
                )
                hint = self._hints.setdefault(hint, hint)
                message = f"「{key[:60]}」というキーはここでは使えません。"
                if not meant and "texts" in free and (rows := self._as_text(key, typed)):
                    hint = rows
                self.keys[(*path, key)] = self._document.keys[(*typed, key)]
                self.findings.append(Finding("unknown-key", (*path, key), message, hint, part="key"))
                if meant is None:
                    continue
                free.remove(meant)
                name = meant
            below: Path = (*typed, key)
            at = below if typed is path and name == key else (*path, name)
            if at is not below:
                self.keys[at] = self._document.keys[below]
            copy[name] = self.value(item, shape.child(name) if shape else None, below, at)
        return copy

    def _rows(self, typed: Path) -> str:
        """Return what to call the lines of a key with its value."""
        last = self._document.last_line(typed)
        return f"この行から {last} 行目までを" if last > self._document.keys[typed].line else "この行を"

    def _as_text(self, key: str, typed: Path) -> str:
        """Return the hint to put a heading with its text, over a few lines, below the key `texts` that is missing."""
        at = self._document.keys[(*typed, key)]
        last = self._document.last_line((*typed, key))
        if key.isascii() or not 0 <= last - at.line <= MAX_LINES:
            return ""
        lines = self._document.lines[at.line - 1 : last]
        if lines[0][: at.column - 1].strip():
            return ""
        which = f"{at.line} 行目から {last} 行目までを、" if len(lines) > 1 else ""
        rows = "\n".join(f"  {line[at.column - 1 :].rstrip()}" for line in lines)
        return f"見出しの付いた文章なら、{which}次のように直してください。\ntexts:\n{rows}"

    def _years_meant(self, key: str, value: Mapping) -> str:
        """Return the years that a key of targets means which can not be read; empty where it can, or is a column."""
        if re.fullmatch("[0-9]{4}(-[0-9]{4})?", key) or key in self._columns:
            return ""
        meant = year_key(key, self._root, value.keys())
        return meant if meant not in value else ""

    def _torn(self, key: str, before: str, typed: Path) -> Finding | None:
        """Say of the rest of a text that a comma between braces cut off that the text `before` needs quotes."""
        start, end = self._document.values.get((*typed, before)), self._document.keys.get((*typed, key))
        if not (before and start and end and start.line == end.line):
            return None
        line = self._document.lines[start.line - 1]
        between = line[start.end_column - 1 : end.column - 1]
        if "{" not in line[: start.column] or between.strip() != ",":
            return None
        if before == "value":
            return None  # a number, of which it is told that it is none
        span = Span(start.line, start.column, end.line, end.end_column)
        text = line[start.column - 1 : end.end_column - 1]
        message = "「,」を含む文章が、引用符で囲まれていません。「,」の後が別のキーとして読まれます。"
        return Finding("needs-quotes", span, message, instead=quoted(text))


def _names_in(value: str) -> list[str]:
    """Return the names that a text lists; none of a text that begins with an indicator, which is reported."""
    return [] if value[:1] in {"*", "&", "!", "|", ">"} else names_in(value.strip(" []［］"))


def _is_rest(whole: Mapping, item: Mapping, items: Shape | None) -> bool:
    """Tell whether an item has nothing but keys that the one before it lacks, and can not stand for itself."""
    if items is None or ("id" in items.fields and "id" not in whole):
        return False
    lacks = items.required - whole.keys()
    keys = set(item)
    is_part = bool(lacks & keys) or (len(items.elements) == 1 and not items.required & keys)
    return is_part and keys <= items.fields.keys() - whole.keys() and not items.required <= keys


def _valid_keys(value: Mapping, shape: Shape | None) -> KeysView[str]:
    """Return the keys of a mapping; of a relisting, only its own."""
    if shape and len(shape.elements) > 1:
        action, relisting = shape.elements
        return (relisting if "relist" in value else action).model_fields.keys()
    return (shape.fields if shape else {}).keys()


def _free_keys(value: Mapping, shape: Shape | None) -> list[str]:
    if shape is None:
        return []
    valid = shape.fields.keys() if len(value) == 1 else _valid_keys(value, shape)
    return [key for key in valid if key not in value]


def _meant(key: str, item: Value, free: list[str], shape: Shape) -> str | None:
    """Return the free key that was meant by another one, if its value can stand there at all."""
    candidate = shape.meant(key, free, is_text=isinstance(item, Scalar))
    wanted = shape.fields.get(candidate or "")
    if wanted and (isinstance(item, Scalar) or wanted.is_mapping or wanted.items):
        return candidate
    return None


def _only_one_missing(key: str, value: Mapping, shape: Shape) -> str | None:
    """Return the one key that a mapping must have and lacks, where another is the only one that it can not have."""
    fields = shape.elements[0].model_fields
    lacking = [name for name, field in fields.items() if field.is_required() and name not in value]
    if key in all_keys() or len(lacking) != 1 or len(value.keys() - fields.keys()) > 1:
        return None
    item, wanted = value[key], shape.fields[lacking[0]]
    fits = (
        wanted.text if isinstance(item, Scalar) else wanted.items if isinstance(item, Sequence) else wanted.is_mapping
    )
    return lacking[0] if fits else None
