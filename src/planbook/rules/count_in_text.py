"""The rule `count-in-text`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Scalar
from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import Figure
from planbook.rules.common.plan_parts import target_path
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document, Path
    from planbook.plan.model import Plan

_DIGITS = "[0-9０-９]"
_UNITS = (
    "回|人|名|部|講座|か所|カ所|ヶ所|ケ所|箇所|個所|件|世帯|団体|(?:[小中]学)?校区|地区|校|園|棟|台|基|冊|枚|種類|日間?|"
    "[%％]|パーセント|割|円|千円|万円|億円|組|社|店|店舗|事業所|施設"
)
_COUNT = re.compile(
    rf"(?<![第0-9０-９.．,，:：/／月])(?P<prefix>年|月|週|各|計|延べ)?[ 　]*"
    rf"(?P<bound>約)?(?P<value>{_DIGITS}{_DIGITS[:-1]},，.．]*)[ 　]*"
    rf"(?P<unit>{_UNITS})(?P<after>以上|以下|未満|程度|超)?"
    rf"(?!目|生|当たり|あたり|につき|規模|体制|制|用|乗り|学級|クラス|バス|券|分|{_DIGITS}|以内)"
)
"""A number with a counter; not an ordinal (第1層, 2回目), not part of a date or time, not a rate (1人1台)."""

_BELONGS = re.compile(
    r"(?:以上|以下|未満|程度|超)?(?:へ|で|と|から|まで)?の[^（）()]*[^（）()0-9]"
    r"|(?:以上|以下|未満)?(?:学級|クラス)"
    r"|(?:以上|以下)?の?(?:削減|縮減|低減|減量|減少|増加|向上|達成|実現)?(?:に向け|を目指|をめざ|を目標)"
    r"|(?<=[%％割ト])(?:以上|程度)?の?(?:削減|縮減|低減|減少|減量|増加|上昇|向上|改善|増|減)"
    rf"|に{_DIGITS}{{1,2}}(?:人|台|回|度|か所|冊)"
    r"|(?:以上|以下|未満)?[をがはに](?:補助|助成|負担|支給|減額|減免|上限|限度)"
)
"""What follows a number that only says which (20人以下の学級), what for (5％削減に向けた) or how much is paid
(50％を補助) or changes (10％削減): the number alone would be read as what is reached."""

_LIMIT = re.compile(
    r"(?:全|上位|下位|前年度?比|前年同期比|上限|最大|限度額?|一律|定額|片道|往復|運賃|利用料|月額|年額"
    r"|1人|１人|一人|定員|[0-9０-９]人に)[ 　]*$"
)
"""What stands before a number that is no count of what is done (上限3万円, 1人1台)."""

_FREQUENCY = re.compile(rf"(?:年度?|月|週)[ 　]*{_DIGITS}+[ 　]*回(?:以上|程度)?")
"""How often something is done. As the whole target it is one value like 継続, and printed as it is typed."""

_AT_END = re.compile(r"[（(][^（）()]*[）)]$")


def counts(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers of a text that count what is done: those that charts and comparisons can use."""
    for match in _COUNT.finditer(text):
        if _LIMIT.search(text, 0, match.start()):
            continue
        follows = _BELONGS.match(text, match.end("unit"))
        how_often = match["prefix"] and match["unit"] == "回"
        if follows and not (how_often and not match["after"]):
            continue
        if match["unit"].startswith("日") and match["prefix"] in {None, "週", "月"}:
            continue  # a date, or when something is open (週3日)
        yield match


@typed_rule("count-in-text", severity=Severity.WARNING)
def count_in_text(plan: Plan, document: Document) -> Iterator[Finding]:
    """A number that counts something is a figure: it goes to charts and comparisons."""
    for _, action in plan.originals.values():
        for years, target in action.targets.items():
            text = target.text or ""
            if found := () if _FREQUENCY.fullmatch(text.strip()) else tuple(counts(text)):
                listed = "、".join(f"「{match[0]}」" for match in found)
                path: Path = (*target_path(action, years), "text")
                hint = "数値は figures に書くと、一覧や比較に使えます。"
                instead = "" if target.figures else _instead(str(target.text), found, document, path)
                if not instead:
                    figures = ", ".join(map(_figure, found))
                    hint += f"文章から数値を外し、figures: [{figures}] を足してください。"
                message = f"目標の文章の中に数値{listed}があります。"
                yield Finding("", path, message, hint, within=found[0][0], instead=instead)


def _instead(text: str, found: tuple[re.Match[str], ...], document: Document, path: Path) -> str:
    """Return the target with its numbers as figures, where these stand behind the text: nothing else is certain."""
    behind = _AT_END.search(text)
    start = behind.start() if behind else found[0].start()
    parts = text[start:].strip("（()） 　")
    for match in found:
        parts = parts.replace(match[0], "", 1)
    rest = text[:start].rstrip(" 　、：:")
    if parts.strip("、，・ 　") or not rest or any(character in rest for character in ",[]{}#\"'\n") or ": " in rest:
        return ""
    figures = ", ".join(map(_figure, found))
    typed = _typed(document, path[:-1])
    if isinstance(typed, Scalar):
        return f"{{text: {rest}, figures: [{figures}]}}"
    span = document.span(path)
    before = document.lines[span.line - 1][: span.column - 1]
    if isinstance(typed, Mapping) and not before.strip(" ").removeprefix("text:").strip(" "):
        return f"{rest}\n{' ' * before.index('text')}figures: [{figures}]"
    return ""


def _typed(document: Document, path: Path) -> object:
    here: object = document.root
    for step in path:
        here = here[step] if isinstance(here, (Mapping, list)) else None  # type: ignore[index]
    return here


def _figure(match: re.Match[str]) -> str:
    value = unicodedata.normalize("NFKC", match["value"]).replace(",", "").rstrip(".")
    parts = {
        "prefix": match["prefix"],
        "value": value,
        "unit": match["unit"],
    }
    if "bound" in Figure.model_fields:
        parts["bound"] = match["bound"] or match["after"]
    return "{" + ", ".join(f"{key}: {part}" for key, part in parts.items() if part) + "}"
