"""A printer that prints again and again gives what a new one gives, and every page number is right."""

from __future__ import annotations

import io
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.layout.parts import Parts
from planbook.project.publication import Publication
from planbook.views.selection import WHOLE, Selection
from tests.plans import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planbook.plan.model import Plan

# Whole books again and again.
pytestmark = pytest.mark.slow

STARTER = Path(__file__).parents[2] / "src/planbook/project/starter_files/data/plan.yaml"
PLAN = re.sub(r"\nbook:\n  parts:\n(    - .*\n)+", "", STARTER.read_text(encoding="utf-8"))


def plan_of(text: str) -> Plan:
    plan = check(text.encode(), "plan.yaml").plan
    assert plan
    return plan


def printed(printer: BookPrinter, plan: Plan, selection: Selection = WHOLE) -> list[bytes]:
    return [output.content for output in printer.print(plan, list(Publication), lambda *_: None, selection)]


def test_edits_print_what_a_new_press_prints() -> None:
    texts = (
        SMALL,
        SMALL.replace("相談しやすい窓口", "だれもが相談しやすい窓口"),
        SMALL.replace("value: 3", "value: 4"),
        SMALL.replace("ちらし", "リーフレット"),
        SMALL.replace("福祉の充実", "福祉の一層の充実"),
        SMALL,
    )
    printer = BookPrinter(Templates())
    anew = {text: printed(BookPrinter(Templates()), plan_of(text)) for text in texts}
    for text in texts:
        assert printed(printer, plan_of(text)) == anew[text]


def test_parts_and_the_whole_do_not_disturb_each_other() -> None:
    plan = plan_of(SMALL)
    printer = BookPrinter(Templates())
    selections = (Selection(department="福祉課"), WHOLE, Selection(section="again"), WHOLE)
    anew = {selection: printed(BookPrinter(Templates()), plan, selection) for selection in selections}
    for selection in selections:
        assert printed(printer, plan, selection) == anew[selection]


def test_one_edit_lays_out_one_section(monkeypatch: pytest.MonkeyPatch) -> None:
    printer = BookPrinter(Templates())
    printer.print(plan_of(PLAN), [Publication.PLAN], lambda *_: None)
    render = printer._typesetter._render
    sections: list[str] = []

    def count(html: str) -> Any:
        sections.append(html)
        return render(html)

    monkeypatch.setattr(printer._typesetter, "_render", count)
    # Not the first goal: the sample sheet may have it, too.
    first, goal, rest = PLAN.rpartition("goal: ")
    printer.print(plan_of(f"{first}{goal}改めて{rest}"), [Publication.PLAN], lambda *_: None)
    assert len(sections) == 1
    assert "改めて" in sections[0]


PARTS = ("contents", "system-table", "sheets", "figures", "index")


@pytest.mark.parametrize("parts", [*itertools.islice(itertools.permutations(PARTS), 0, None, 15), PARTS[::-1]])
def test_every_page_number_is_right_in_any_order(parts: Iterable[str], monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Mapping[str, str]] = {}
    referring = Parts.referring

    def note(parts_of_book: Parts, part: Any, job: Any, pages: Mapping[str, str]) -> Any:
        given[part] = pages
        return referring(parts_of_book, part, job, pages)

    monkeypatch.setattr(Parts, "referring", note)
    plan = plan_of(f"{SMALL}book:\n  parts: [cover, {', '.join(parts)}]\n")
    pdf = BookPrinter(Templates()).print(plan, [Publication.PLAN], lambda *_: None)[0].content
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    labels = reader.page_labels
    true = {
        name: labels[reader.get_destination_page_number(place)] for name, place in reader.named_destinations.items()
    }
    assert set(given) == {"contents", "figures", "index"}
    for part, numbers in given.items():
        assert numbers, part
        assert {name: true[name] for name in numbers} == numbers
