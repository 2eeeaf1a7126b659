"""Writes data as YAML in styles chosen at random: most of what PyYAML reads and people or programs may write.

Nothing here knows what planbook allows: what it reports as an error is not compared, what it accepts is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    import random

ODD_TEXTS = [
    *("no", "Yes", "null", "~", "=", "0123", "1.10", "1_000", "1e3", "0x1F", "2027-03-01", "12:30:45", ".inf", "-5"),
    *("-あ", ":あ", "?あ", "a:b", "a#b", "a: b", "a #b", "'", "''", '"', '""', "\\", "\\n", "{a}", "[a", "a, b", "a]"),
    *("&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "- a", "? a", "#a", "---", "...", "--- a", "<<", "+1", "a:", "a,"),
    *(
        "　あ",
        "あ　",
        "あ　い",
        "\xa0a",
        "あ\xa0い",
        "あ：い",
        "あ、い",
        "「あ」",
        "“あ”",
        "＃あ",
        "－",
        "・あ",
        "①",
        "𠮷",
        "が",
    ),
    *("☃", "\u200b", "\ufeff", "あ\u2028い", "\x85", "\t", "あ\tい", "", " ", " a", "a ", "a  b"),
    *("一行目\n二行目", "一\n\n二", "一\n", "\n一", "一\n 二", "一\n\n", " 一\n二", "# 一\n二", "一 # 二\n三 四 五 六"),
]
"""Texts that another style than the plainest may be needed for, or that another reader takes for something else."""

_COMMENTS = [
    *(
        "# あ",
        "#",
        "#あ: い",
        "# - a",
        "# 'a",
        '# "',
        "# [",
        "# {",
        "# |",
        "#\ta",
        "# &a *a !a",
        "#　あ",
        "# <<: *a",
        "# ---",
    ),
]
_ENDS = ["\n", "\n", "\n", "\n", "\r\n", "\r"]
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\x85": "\\N", "\xa0": "\\_", "\u2028": "\\L"}


class RandomEmitter:
    """Writes one document."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._step = chance.choice([2, 2, 2, 4, 1, 3])
        self._beside = chance.random() < 0.3
        """Whether lists stand at the column of their key."""
        self._oddness = chance.choice([0.0, 0.02, 0.1, 0.4])
        """How often something is written otherwise than most people do."""

    def document(self, data: Any) -> bytes:
        """Return the bytes of a file."""
        head = self._some("", "---\n", "--- # a\n", "%YAML 1.1\n---\n", "# あ\n---\n", "\n", "# a\n\n", "---  \n")
        text = head + self._block(data, 0)
        text += self._some("", "...\n", "# あ\n", "...\n# あ\n", "\n\n", "  \n", "...\n...\n")
        if self._odd():
            text = text.rstrip("\n")
        mark = b"\xef\xbb\xbf" if self._odd() else b""
        return mark + text.replace("\n", self._chance.choice(_ENDS)).encode("utf-8", "surrogatepass")

    def _odd(self, times: float = 1) -> bool:
        return self._chance.random() < self._oddness * times

    def _some(self, usual: str, *others: str) -> str:
        return self._chance.choice(others) if self._odd() else usual

    def _block(self, value: Any, column: int) -> str:
        """Return the lines of a mapping or list whose entries stand at a column; the first one with its margin."""
        margin, entries = " " * column, []
        if isinstance(value, dict):
            items = list(value.items())
            if self._odd(0.3):
                self._chance.shuffle(items)
            entries = [f"{self._key(key)}:{self._value(each, column, in_list=False)}" for key, each in items]
        else:
            entries = [f"-{self._value(each, column, in_list=True)}" for each in value]
        return "".join(f"{self._between(column)}{margin}{entry}" for entry in entries)

    def _between(self, column: int) -> str:
        """Return what may stand between two entries: comments and blank lines."""
        if not self._odd():
            return ""
        at = self._chance.choice([column, 0, column + 1, max(column - 1, 0), 40])
        return self._chance.choice(["\n", "   \n", "\n\n", f"{' ' * at}{self._chance.choice(_COMMENTS)}\n"])

    def _key(self, key: str) -> str:
        return self._some(key, f'"{key}"', f"'{key}'", f"{key} ", f'"{key}" ')

    def _value(self, value: Any, column: int, *, in_list: bool) -> str:
        """Return what stands behind the `:` or `-` of an entry at a column, up to the end of its last line."""
        if isinstance(value, str):
            return self._scalar(value, column)
        if not value or self._odd(0.5) or (self._chance.random() < 0.5 and self._is_short(value)):
            return f"{self._blanks()}{self._flow(value, column)}{self._end()}"
        if in_list and not self._odd(0.5):
            inner = column + self._chance.choice([2, self._step + 1]) if self._oddness else column + 2
            return f"{' ' * (inner - column - 1)}{self._block(value, inner).lstrip(' ')}"
        below = 0 if isinstance(value, list) and self._beside and not in_list else self._step
        return f"{self._end()}{self._block(value, column + max(below, int(in_list)))}"

    @staticmethod
    def _is_short(value: Any) -> bool:
        parts = value.values() if isinstance(value, dict) else value
        return len(value) <= 4 and all(isinstance(each, str) and len(each) < 20 for each in parts)

    def _blanks(self) -> str:
        return self._some(" ", "  ", "    ")

    def _end(self) -> str:
        return (
            self._some("", " ", "   ", f" {self._chance.choice(_COMMENTS)}", f"   {self._chance.choice(_COMMENTS)}")
            + "\n"
        )

    def _flow(self, value: Any, column: int) -> str:
        if isinstance(value, str):
            return self._inline(value, column, in_flow=True)
        gap = self._gap(column)
        if isinstance(value, dict):
            parts = [f"{self._key(key)}: {self._flow(each, column)}" for key, each in value.items()]
        else:
            parts = [self._flow(each, column) for each in value]
        inner = f",{self._some(' ', '', self._gap(column), '  ')}".join(parts)
        comma = "," if parts and self._odd(0.5) else ""
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        return f"{opening}{gap}{inner}{comma}{gap}{closing}"

    def _gap(self, column: int) -> str:
        """Return what may stand between the parts of what is in brackets."""
        margin = "\n" + " " * (column + self._chance.choice([1, 2, 6]))
        return self._some("", " ", margin, f" {self._chance.choice(_COMMENTS)}{margin}", f"\n{margin}")

    def _scalar(self, text: str, column: int) -> str:
        if self._chance.random() < (0.7 if "\n" in text else self._oddness / 4):
            return self._lines_of_block(text, column)
        below = f"{self._end()}{' ' * (column + 1 + self._chance.randrange(4))}" if self._odd(0.3) else self._blanks()
        return f"{below}{self._inline(text, column)}{self._end()}"

    def _lines_of_block(self, text: str, column: int) -> str:
        """Return a literal or folded block."""
        style = self._some("|", ">")
        strip = "-" if not text.endswith("\n") else ""
        chomping = self._some(strip, "", "-", "+")
        inside = max(self._step, 1) + self._chance.choice([0, 0, 1, 4])
        indicator = str(min(inside, 9)) if text[:1] in (" ", "\n", "#") or self._odd() else ""
        inside = int(indicator or inside)
        header = f"{indicator}{chomping}" if self._chance.random() < 0.5 else f"{chomping}{indicator}"
        lines = text.removesuffix("\n").split("\n")
        if style == ">":  # each line break of the text is two in the file
            lines = "\n\n".join(lines).split("\n")
        margin = " " * (column + inside)
        body = "".join(f"{margin}{line}\n" if line or self._odd() else "\n" for line in lines)
        return f"{self._blanks()}{style}{header}{self._end()}{body}{self._some('', chr(10), chr(10) * 2)}"

    def _inline(self, text: str, column: int, *, in_flow: bool = False) -> str:
        """Return a plain or quoted text, perhaps over several lines."""
        margin = "\n" + " " * (column + 1 + self._chance.randrange(6))
        if self._is_plain(text, in_flow=in_flow) and not self._odd(0.5):
            return self._folded(text, margin)
        printable = not set(text) & {"\t", "\x85", "\u2028", "\u200b", "\ufeff"}
        if printable and self._chance.random() < 0.4:
            quoted = text.replace("'", "''").replace("\n", "\n\n" + margin[1:])
            return f"'{self._folded(quoted, margin) if '  ' not in quoted else quoted}'"
        escaped = "".join(map(self._escaped, text))
        if self._odd(0.3) and escaped:
            at = self._chance.randrange(len(escaped))
            if "\\" not in escaped[max(at - 10, 0) : at + 1] and " " not in escaped[at - 1 : at + 1]:
                escaped = f"{escaped[:at]}\\{margin}{escaped[at:]}"
        return f'"{escaped}"'

    def _escaped(self, character: str) -> str:
        if character in _ESCAPES:
            return _ESCAPES[character]
        if not self._odd(0.1):
            return character
        code = ord(character)
        forms = [f"\\U{code:08x}"] + [f"\\u{code:04x}"] * (code <= 0xFFFF) + [f"\\x{code:02X}"] * (code <= 0xFF)
        return self._chance.choice(forms)

    def _folded(self, text: str, margin: str) -> str:
        """Return a text with the line broken at one of its single blanks."""
        words = text.split(" ")
        if len(words) < 2 or "" in words or "\n" in text or not self._odd():
            return text
        at = self._chance.randrange(1, len(words))
        return f"{' '.join(words[:at])}{margin}{' '.join(words[at:])}"

    @staticmethod
    def _is_plain(text: str, *, in_flow: bool) -> bool:
        try:
            around = f"[{text}]" if in_flow else f"a: {text}"
            read = yaml.load(around, Loader=yaml.CBaseLoader)  # noqa: S506 - texts only
        except yaml.YAMLError:
            return False
        return bool(read == ([text] if in_flow else {"a": text}))


def with_odd_texts(value: Any, chance: random.Random, share: float) -> Any:
    """Return data in which some texts are others, or go on with another; ids and years stay."""
    if isinstance(value, dict):
        return {
            key: each if key in {"id", "relist", "format"} else with_odd_texts(each, chance, share)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [with_odd_texts(each, chance, share) for each in value]
    if chance.random() >= share:
        return value
    odd = chance.choice(ODD_TEXTS)
    return chance.choice([odd, f"{value}{odd}", f"{odd}{value}", f"{value} {odd} {value}", f"{value} {value}"])
