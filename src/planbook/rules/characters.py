"""Rules about the characters of printed texts."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.registry import rule
from planbook.rules.texts import texts, titles
from planbook.typography.printable_characters import unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
_DECOMPOSED = re.compile(".[\u3099\u309a]")
_FULL_WIDTH_DIGITS = re.compile("[０-９]+")


@rule("unprintable")
def unprintable_characters(plan: Plan) -> Iterator[Finding]:
    """The bundled fonts have every character of the plan."""
    for path, text in texts(plan):
        if (missing := unprintable(text)) is None:
            continue
        composed = unicodedata.normalize("NFC", text)
        if unicodedata.category(missing) in ("Mn", "Me", "Cf"):
            message = f"目に見えない文字か、前の字に重なる文字（U+{ord(missing):04X}）があり、印刷できません。"
        else:
            message = f"文字「{missing}」（U+{ord(missing):04X}）は、同梱のフォントに無く、印刷できません。"
        if composed != text and unprintable(composed) is None:
            hint = f"一文字に合成した文字に直してください。\n{composed.strip()[:80]}"
        else:
            hint = "この文字を消すか、別の文字で書いてください。"
        yield Finding("", path, message, hint, within=missing)


@rule("decomposed", severity=Severity.WARNING)
def decomposed(plan: Plan) -> Iterator[Finding]:
    """が is one character, not か and a mark (as names of files on macOS are)."""
    for path, text in texts(plan):
        if match := _DECOMPOSED.search(text):
            composed = unicodedata.normalize("NFC", match[0])
            message = f"「{composed}」が、「{match[0][0]}」と濁点・半濁点に分かれた文字になっています。"
            hint = f"検索で見つからなくなります。一文字の「{composed}」に打ち直してください。"
            yield Finding("", path, message, hint, within=match[0])


@rule("character-width", severity=Severity.WARNING)
def character_width(plan: Plan) -> Iterator[Finding]:
    """Digits are half width, kana full width."""
    for path, text in texts(plan):
        if match := _HALF_WIDTH_KANA.search(text):
            message = f"半角カナ「{match[0][:30]}」があります。"
        elif match := _FULL_WIDTH_DIGITS.search(text):
            message = f"全角の数字「{match[0][:30]}」があります。"
        else:
            continue
        found = match[0]
        hint = f"「{unicodedata.normalize('NFKC', found)[:30]}」と書いてください。"
        yield Finding("", path, message, hint, within=found)


@rule("title-period", severity=Severity.WARNING)
def title_period(plan: Plan) -> Iterator[Finding]:
    """A title is no sentence."""
    for path, kind, title in titles(plan):
        if title.rstrip().endswith(("。", "．")):
            message = f"{kind}の名称が「{title.rstrip()[-1]}」で終わっています。"
            yield Finding("", path, message, f"次のように直してください。\ntitle: {title.rstrip().rstrip('。．')[:80]}")
