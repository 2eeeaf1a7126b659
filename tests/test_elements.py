"""What all parts of a plan have in common."""

from __future__ import annotations

import pytest
from pydantic_core import ValidationError

from planbook.document import Mapping, Scalar, Sequence
from planbook.model import Action, Department, Labels, Plan, Target


def test_nothing_of_a_part_can_be_changed() -> None:
    department = Department(name="福祉課")
    for attempt in (lambda: setattr(department, "name", "総務課"), lambda: delattr(department, "name")):
        with pytest.raises(AttributeError, match="frozen"):
            attempt()
    assert department.name == "福祉課"


def test_parts_are_the_same_where_they_say_the_same_at_the_same_place() -> None:
    first, again, elsewhere = (
        Department.model_validate(Mapping({"name": Scalar("福祉課")}, ("departments", at))) for at in (0, 0, 1)
    )
    assert first == again
    assert hash(first) == hash(again)
    assert first != elsewhere
    assert first != "福祉課"


def test_a_part_knows_where_it_stood() -> None:
    names = Sequence([Scalar("福祉課", ("departments", 0))], ("departments",))
    assert Department.model_validate(names[0]).at == ("departments", 0)
    assert Department(name="福祉課").at == ()


def test_what_is_left_out_has_its_default() -> None:
    assert Department(name="福祉課").kind == "section"
    assert Labels().table.vision == "めざす姿"
    assert {name for name, field in Plan.model_fields.items() if not field.is_required()} == {
        *("stage", "labels", "book", "example")
    }


def test_a_part_shows_what_it_says() -> None:
    assert repr(Target(text="窓口の運営")) == "Target(text='窓口の運営', figures=())"


def test_all_faults_are_told_each_at_its_path() -> None:
    data = {"id": "a b", "departments": [], "targets": {"2018": {"text": ""}, "18": {}}, "goal": ""}
    with pytest.raises(ValidationError) as caught:
        Action.model_validate(data)
    assert {(fault["type"], fault["loc"]) for fault in caught.value.errors()} == {
        ("identifier", ("id",)),
        ("missing", ("title",)),
        ("empty", ("departments",)),
        ("empty", ("targets", "2018", "text")),
        ("year_range", ("targets", "18", "[key]")),
        ("empty_target", ("targets", "18")),
        ("extra_forbidden", ("goal",)),
    }
