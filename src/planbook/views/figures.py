"""How targets and their figures print."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.model import Figure, Target

DASH = "－"


def amount(figure: Figure) -> str:
    """Return a figure without its name: 2,300部, 各11回, 年12回. Decimals stand as typed."""
    return f"{figure.prefix or ''}{figure.value:,f}{figure.unit}"


def target_text(target: Target) -> str:
    """Return a target as its cell has it, with line breaks.

    A figure with a name has a line of its own (・発行部数：2,300部); those without stand behind the last line of the
    text (（9小学校区、20人）), or alone where there is no text. 該当なし is printed －.
    """
    text = DASH if target.not_applicable else (target.text or "").rstrip()
    unnamed = "、".join(_noted(figure, "〔〕" if text else "（）") for figure in target.figures if figure.name is None)
    named = (f"・{figure.name}：{_noted(figure, '（）')}" for figure in target.figures if figure.name is not None)
    first = f"{text}（{unnamed}）" if text and unnamed else text or unnamed
    return "\n".join(line for line in (first, *named) if line)


def _noted(figure: Figure, brackets: str) -> str:
    note = f"{brackets[0]}{figure.note}{brackets[1]}" if figure.note else ""
    return f"{amount(figure)}{note}"
