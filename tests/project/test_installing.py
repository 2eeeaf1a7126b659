"""What the documents say about installing is so: the version of today, and nothing that is not published."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def tool() -> Any:
    spec = importlib.util.spec_from_file_location("installing", ROOT / "tools/installing.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


INSTALLING = tool()
TEXTS = {name: (ROOT / name).read_bytes().decode() for name in INSTALLING.DOCUMENTS}


@pytest.mark.parametrize("name", TEXTS)
def test_is_current_and_one_setting_changes_all_and_back(name: str) -> None:
    text, version = TEXTS[name], INSTALLING.version()
    assert INSTALLING.current(text, version, published=INSTALLING.setting()) == text, "run: make docs"
    released = INSTALLING.current(text, "7.8.9", published=True)
    assert not re.search(r"\.whl|まだ公開|not on PyPI|PLANBOOK:\?", released)
    assert version not in released
    before = INSTALLING.current(text, version, published=False)
    assert INSTALLING.current(released, version, published=False) == before
    assert released != before


def test_before_a_release_nobody_is_told_to_take_the_package_from_an_index() -> None:
    for text in TEXTS.values():
        assert not re.search(
            r"pip install (?:\S+ )*planbook(?![-\w])", INSTALLING.current(text, "7.8.9", published=False)
        )


def test_every_sentence_stands_somewhere() -> None:
    version = INSTALLING.version()
    said = "".join(INSTALLING.current(text, version, published=False) for text in TEXTS.values())
    assert [before for before, _ in INSTALLING.SENTENCES if before.replace("{version}", version) not in said] == []


def test_the_release_publishes_by_the_same_setting() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]
    assert jobs["publish"]["if"] == "needs.build.outputs.published == 'true'"
    assert "published" in next(step["run"] for step in jobs["build"]["steps"] if step.get("id") == "setting")
