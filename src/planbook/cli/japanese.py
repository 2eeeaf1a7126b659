"""Typer's own words in Japanese: help pages and complaints about the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

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
    r" <[a-z\[\]]+>": "",
    r"COMMAND \[ARGS\]\.\.\.": "コマンド ...",
    r"Show this message and exit\.": "この説明を表示します。",
    r"Install completion for the current shell\.": "コマンドの補完を、いまのシェルに設定します。",
    r"Show completion for the current shell, to copy it or\n +customize the installation\.": "その設定を表示します。",
    r"\[default: ": "[省略時: ",
    r"\[required\]": "[必須]",
}


def _translated(text: str) -> str:
    for english, japanese in _WORDS.items():
        text = re.sub(english, japanese, text, flags=re.MULTILINE)
    return text


class JapaneseCommand(TyperCommand):
    """A command whose help page is Japanese throughout."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _translated(super().get_help(ctx))


class JapaneseGroup(TyperGroup):
    """The same for the list of commands."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _translated(super().get_help(ctx))


def complaint(error: Exception) -> str:
    """Say in Japanese what is wrong with the command line."""
    kind = type(error).__name__
    message = getattr(error, "message", str(error))
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        hint = f"もしかして {'、'.join(near)} ですか。" if near else "使えるオプションは --help で見られます。"
        return f"オプション {getattr(error, 'option_name', '')} はありません。{hint}"
    if command := re.match(r"No such command ['\"](.*?)['\"]\.(?: Did you mean ['\"](.*?)['\"])?", message):
        near = f"もしかして {command[2]} ですか。" if command[2] else ""
        return f"コマンド「{command[1]}」はありません。{near}使えるコマンドは planbook --help で見られます。"
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
