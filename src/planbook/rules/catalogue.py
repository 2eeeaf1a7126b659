"""The catalogue of rules as text: for a terminal, and as the page `docs/ja/rules.md`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Severity
from planbook.rules.explanations import explanation, rule_slugs

if TYPE_CHECKING:
    from planbook.rules.explanations import Explanation


PAGE = "docs/ja/rules.md"

_INTRODUCTION = """\
# 規則の一覧

<!-- src/planbook/rules/explained/ から作られます（python -m planbook.rules.catalogue）。直接は直さないでください。 -->

`planbook check` が知らせる規則の一覧です。エラーがあると印刷できません。
警告は、印刷はできますが、確かめてほしいことです。
同じ説明は、`planbook explain 規則名` でも見られます。

警告が当てはまらないときは、その行の終わりか、すぐ上の行に、理由を付けてコメントを書くと、警告が止まります。

```yaml
# planbook: allow collective-only 担当は来年度の組織改正で決まるため
departments: [関係課]
```
"""


def listing() -> str:
    """Return one line per rule."""
    explained = [explanation(slug) for slug in rule_slugs()]
    width = max(len(each.slug) for each in explained)
    lines = [f"{each.slug:<{width}}  {Severity(each.severity).word}  {each.title}" for each in explained]
    return "\n".join([*lines, "", "くわしい説明は planbook explain 規則名 で見られます。"])


def terminal_text(rule: Explanation) -> str:
    """Return the explanation of one rule for a terminal."""
    wrong, right = rule.examples()
    parts = [f"{rule.title} [{rule.slug}]（{Severity(rule.severity).word}）", rule.meaning, f"なぜ大切か: {rule.why}"]
    if right:
        parts += [f"間違いの例:\n{_indented(wrong)}", f"正しい例:\n{_indented(right)}"]
    return "\n\n".join(parts)


def page() -> str:
    """Return the page with all rules."""
    explained = [explanation(slug) for slug in rule_slugs()]
    rows = [f"| [`{each.slug}`](#{each.slug}) | {Severity(each.severity).word} | {each.title} |" for each in explained]
    table = "\n".join(["| 規則 | 重さ | 内容 |", "| --- | --- | --- |", *rows])
    return "\n".join([_INTRODUCTION, table, *map(_section, explained)])


def markdown_text(rule: Explanation) -> str:
    """Return the explanation of one rule in Markdown, without a heading."""
    wrong, right = rule.examples()
    parts = [f"**{rule.title}**（{Severity(rule.severity).word}）", rule.meaning, rule.why]
    if right:
        parts += [f"間違いの例\n\n```yaml\n{wrong}\n```", f"正しい例\n\n```yaml\n{right}\n```"]
    return "\n\n".join(parts)


def _section(rule: Explanation) -> str:
    return f"\n## {rule.slug}\n\n{markdown_text(rule)}\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))


if __name__ == "__main__":
    Path(PAGE).write_text(page(), "utf-8")
