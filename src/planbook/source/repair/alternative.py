"""What a line may have been meant as, if not as what it looks like, and how it is read then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planbook.plan.value_types import BLANK
from planbook.source.repair.open_nodes import STEP

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine

LOOK_AHEAD = 40
"""Lines; an item of the real plan has up to 27."""

SOME_YEAR = "0000年度"
"""Stands in for a year nobody knows; the format does not have it."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What a line may have been meant as.

    `above`: the line of the key `name` is missing above it. `dash`: it lacks its `- `. `undash`: its `- ` is one too
    many. `item`: the line that begins its list item is missing above it. `list`: that line and the one of the key
    `name` are missing above it. `later`: the line that begins its list item is the one `column` lines below it.
    `swap`: it belongs after the line below it. `drop`: it is there twice. `column`: it stands at the wrong column.
    """

    kind: Literal["above", "dash", "undash", "item", "list", "later", "swap", "drop", "column"]
    column: int = 0
    name: str = ""


def rewrite(line: TypedLine, alternative: Alternative, typed_lines: list[TypedLine]) -> bool:
    """Rewrite a line as an alternative reads it and report that; return whether something is left of it."""
    column, end = line.indent, len(line.text.rstrip())
    if alternative.kind == "drop":
        hint = "この行を消してください。"
        line.slip("doubled-line", column, end, "すぐ上と同じ行が、もう一度あります。", hint=hint)
        line.replace(0, len(line.text), "")
        return False
    if alternative.kind == "swap":
        above = typed_lines[line.number].text  # where this one was
        which = f"{line.number} 行目から {line.number + 1} 行目までを、"
        hint = f"{which}次の順番に書いてください（初めの行の行頭の空白は半角 {line.indent} 個）。"
        hint += f"\n{line.text.rstrip()}\n{above.rstrip()}"
        line.slip("line-order", column, end, "すぐ上の行と、順番が逆になっています。", hint=hint)
    elif alternative.kind == "dash":
        line.slip("missing-hyphen", column, end, "リストの項目の前に「- 」がありません。")
        line.replace(0, column, " " * alternative.column + "- ")
    elif alternative.kind == "undash":
        message = "余分な「- 」があります。ここから別の項目として読まれます。"
        line.slip("extra-hyphen", column, end, message)
        behind = line.text[column + 1 :].lstrip(" ")
        line.replace(0, len(line.text) - len(behind), " " * alternative.column)
    elif alternative.kind == "later":
        message = f"項目の初めの行です。同じ項目の {line.number - alternative.column + 1} 行目より上に書きます。"
        hint = f"この行を、{line.number - alternative.column + 1} 行目の上に移してください。"
        line.slip("line-order", column, end, message, hint=hint)
    elif alternative.kind == "list":
        message = f"この行の上に、「{alternative.name}:」の行と、項目の初めの「- id: …」の行がありません。"
        hint = f"この行の上に、「{alternative.name}:」の行（行頭の空白は半角 {alternative.column} 個）と、"
        hint += f"「- id: …」の行（同じく {alternative.column + STEP} 個）を足してください。"
        line.slip("missing-key", column, end, message, hint=hint)
        line.above = f"{' ' * alternative.column}{alternative.name}:"
        line.replace(0, column, " " * (alternative.column + STEP) + "- ")
    elif alternative.kind == "item":
        message = "この行の上に、項目の初めの「- id: …」の行がありません。"
        hint = f"この行の上に次の行を足してください（行頭の空白は半角 {alternative.column} 個。値は例です）。\n"
        hint += f"{' ' * alternative.column}- id: new-{line.number + 1}"
        if not _has_title(line, typed_lines):
            hint += f"\n{' ' * (alternative.column + STEP)}title: {BLANK}"
        line.slip("missing-key", column, end, message, hint=hint)
        line.replace(0, column, " " * alternative.column + "- ")
    return True


def _has_title(line: TypedLine, typed_lines: list[TypedLine]) -> bool:
    """Whether one of the keys from a line on, as far as its mapping goes, is a title."""
    for below in typed_lines[line.number : line.number + LOOK_AHEAD]:
        typed, indent = below.typed, len(below.typed) - len(below.typed.lstrip(" "))
        if typed.strip() and indent < line.indent:
            return False
        if indent == line.indent and typed.startswith("title", indent):
            return True
    return False


def say_line_above(line: TypedLine, column: int, name: str) -> None:
    """Say that the line of a key is missing above a line, and insert it."""
    line.above = f"{' ' * column}{name}:"
    message = f"この行の上に「{name}:」の行がありません。"
    hint = f"この行の上に次の行を足してください（行頭の空白は半角 {column} 個）。\n{line.above}"
    if name == SOME_YEAR:
        message = "この行の上に、年度の行（「2018:」や「2018-2020:」）がありません。"
        hint = f"この行の上に、次のような行を足してください（行頭の空白は半角 {column} 個）。\n{' ' * column}2018-2020:"
    line.slip("missing-key", line.indent, len(line.text.rstrip()), message, hint=hint)
