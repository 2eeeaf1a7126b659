"""How a text is written in YAML: plain where it may be, else in quotes, with line breaks behind `|-`."""

from __future__ import annotations

import re
from typing import Any

import yaml

# As `source.fast_path` has it: what could be meant as a sign of YAML, or as a slip of one, stands in quotes.
_PLAIN = re.compile(r"""(?![]\[{}&*!|>'%@`,?“”〝＂‘’＇‟„［｛-])[^\s:#"：]+(?:[ \u3000]+[^\s:#"：]+)*(?<![,;])""")
_PLAIN_IN_BRACKETS = re.compile(r"""[^\s?=:,"'#*&%@`!|>，：、\[\]{}［］｛｝-][^\s?:,"'#，：、\[\]{}［］｛｝]*""")
_UNUSUAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_RESOLVER: Any = yaml.resolver.Resolver()


class Number(str):
    """A value that is written as it is: a number where the format has numbers."""

    __slots__ = ()


def scalar(text: str, *, flow: bool = False, style: str = "") -> str:
    """Return a text as YAML in one line. `flow`: within brackets; `style`: the quotes that it had."""
    if isinstance(text, Number):
        return text
    if style not in ('"', "'") and _is_plain(text, flow=flow) and _resolves_to_text(text):
        return text
    if _UNUSUAL.search(text):
        return _escaped(text)
    if style != "'" and not re.search(r'["\\]', text):
        return f'"{text}"'
    if style != '"' or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return _escaped(text)


def key(text: str, *, flow: bool = False) -> str:
    """Return a key: years stay without quotes."""
    return text if _is_plain(text, flow=flow) else scalar(text, flow=flow)


def block(text: str) -> tuple[str, list[str]] | None:
    """Return the indicator and the lines of a text of several lines; None where it can not be written in that way."""
    lines = text.split("\n")
    indicator = "|-"
    if lines[-1] == "":
        indicator = "|"
        lines.pop()
    first = next((line for line in lines if line), "")
    if not first or first[0] in " \t" or not lines[-1].strip(" ") or re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text):
        return None
    if any(line and not line.strip(" ") for line in lines) or re.search("[\u2028\u2029\ufeff]", text):
        return None
    return indicator, lines


def _is_plain(text: str, *, flow: bool) -> bool:
    form = _PLAIN_IN_BRACKETS if flow else _PLAIN
    return bool(form.fullmatch(text)) and not _UNUSUAL.search(text) and not text.startswith(("...", "<<", "---"))


def _resolves_to_text(text: str) -> bool:
    """Whether other programs that read YAML take it for a text as well: not `no`, `1.10`, `12:30`."""
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str")


def _escaped(text: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    characters = (
        escapes.get(character)
        or (character if character.isprintable() or character == "\u3000" else f"\\U{ord(character):08x}")
        for character in text
    )
    return '"' + "".join(characters) + '"'
