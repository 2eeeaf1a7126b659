"""`docs/ja/rules.md` is what the catalogue says."""

from __future__ import annotations

from pathlib import Path

from planbook.rules import catalogue as reference
from planbook.rules.explanations import rule_slugs

ROOT = Path(__file__).parents[2]


def test_page_is_current() -> None:
    written = (ROOT / reference.PAGE).read_text("utf-8")
    assert written == reference.page(), "run: python -m planbook.rules.catalogue"


def test_listing_has_every_rule() -> None:
    listing = reference.listing()
    assert [slug for slug in rule_slugs() if slug not in listing] == []
