"""Typer's own words in Japanese: help pages and complaints about the command line."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from planbook.diagnostics.suggestions import perhaps

if TYPE_CHECKING:
    from collections.abc import Mapping

# Typer names this class only through its children: since 0.2x it carries click inside itself.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]

_WORDS: Mapping[str, str] = {
    r"^Usage:": "使い方:",
    r"^Arguments:": "引数:",
    r"^Options:": "オプション:",
    r"^Commands:": "コマンド:",
    r"\[OPTIONS\]": "[オプション]",
    r" <[A-Za-z\[\]]+>": "",
    r"COMMAND \[ARGS\]\.\.\.": "コマンド ...",
    r"Show this message and exit\.": "この説明を表示します。",
    r"Install completion for the current shell\.": "コマンドの補完を、いまのシェルに設定します。",
    r"Show completion for the current shell, to copy it or\n +customize the installation\.": "その設定を表示します。",
    r"\[default:\s+": "[省略時: ",
    r"; (\d+)<=x<=(\d+)\]": r"、\1 から \2 まで]",
    r";\s+x>=(\d+)\]": r"、\1 以上]",
    r"\[required\]": "[必須]",
}


def _translated(text: str) -> str:
    for english, japanese in _WORDS.items():
        text = re.sub(english, japanese, text, flags=re.MULTILINE)
    return text


_ROW = re.compile(r"  (\S+(?: \S+)*)  +(\S.*)")
_WIDTH = 80
"""Cells of a line on a terminal."""


def _aligned(page: str) -> str:
    """Set the lists of a help page anew: typer counts characters, of which the Japanese ones take two cells."""
    return re.sub(r"(?:^  \S+(?: \S+)*  +\S.*\n?(?:^ {6,}\S.*\n?)*)+", _list, page, flags=re.MULTILINE).rstrip()


def _list(found: re.Match[str]) -> str:
    rows: list[tuple[str, str]] = []
    for line in found[0].splitlines():
        if row := _ROW.fullmatch(line):
            rows.append((row[1], row[2]))
        else:
            rows[-1] = rows[-1][0], f"{rows[-1][1]} {line.strip()}"
    column = max(_cells(name) for name, _ in rows) + 4
    lines = []
    for name, text in rows:
        first, *more = _wrapped(text, _WIDTH - column)
        lines += [f"  {name}{' ' * (column - 2 - _cells(name))}{first}", *(f"{' ' * column}{line}" for line in more)]
    return "".join(f"{line}\n" for line in lines)


def _wrapped(text: str, width: int) -> list[str]:
    """Break a text behind punctuation and blanks."""
    lines = [""]
    for piece in re.findall(r"\[[^\]]*\]\s*|（?[^ 、。：（]+[、。：]*[）」]?\s*|.", text):
        if lines[-1] and _cells(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class JapaneseCommand(TyperCommand):
    """A command whose help page is Japanese throughout."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _aligned(_translated(super().get_help(ctx)))


class JapaneseGroup(TyperGroup):
    """The same for the list of commands."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _aligned(_translated(super().get_help(ctx)))


def complaint(error: Exception) -> str:
    """Say in Japanese what is wrong with the command line."""
    kind = type(error).__name__
    message = getattr(error, "message", str(error))
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None) or ()
        hint = perhaps(*near) or "使えるオプションは --help で見られます。"
        return f"オプション {getattr(error, 'option_name', '')} はありません。{hint}"
    if command := re.match(r"No such command ['\"](.*?)['\"]\.(?: Did you mean ['\"](.*?)['\"])?", message):
        hint = perhaps(command[2])
        return f"コマンド「{command[1]}」はありません。{hint}使えるコマンドは planbook --help で見られます。"
    if kind == "MissingParameter" or message == "Missing command.":
        return "コマンドに必要な指定が足りません。使い方は --help で見られます。"
    if kind == "BadParameter":
        return f"{_parameter(error)}の値が正しくありません。{_choices(message)}"
    if option := re.match(r"Option ['\"](.*?)['\"] requires", message):
        return f"オプション {option[1]} には値が必要です。"
    return f"コマンドの書き方が正しくありません（{message}）。使い方は --help で見られます。"


def _parameter(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    names = getattr(parameter, "opts", [])
    return f"{'/'.join(names)} " if names else "指定"


def _choices(message: str) -> str:
    choices = re.findall(r"'([^']*)'", message)[1:]
    return f"使えるのは {'、'.join(choices)} です。" if choices else "使い方は --help で見られます。"
