"""The rule `unprintable`."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.plan_parts import texts
from planbook.rules.registry import rule
from planbook.typography.printable_characters import unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


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
