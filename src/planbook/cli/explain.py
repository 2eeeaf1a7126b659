"""`planbook explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from planbook.errors import CommandFailure


def explain(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="規則名", help="メッセージの行末の [ ] の中の規則名（省略時は規則の一覧）。"),
    ] = None,
) -> None:
    """規則の意味、なぜ大切か、間違いの例と正しい例を表示します。"""
    from planbook.diagnostics.suggestions import suggest  # noqa: PLC0415
    from planbook.rules import catalogue as reference  # noqa: PLC0415 - `--help` needs neither
    from planbook.rules import explanations  # noqa: PLC0415 - `--help` needs neither

    if rule is None:
        typer.echo(reference.listing())
        return
    slug = rule.strip("[]")
    if slug not in explanations.rule_slugs():
        hint = suggest(slug, explanations.rule_slugs()) or "規則の一覧は planbook explain で見られます。"
        raise CommandFailure(f"「{rule}」という規則はありません。{hint}")
    typer.echo(reference.terminal_text(explanations.explanation(slug)))
