"""A book and a typesetter for it, with a folder of templates of the plan's own."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planbook.pdf import Typesetter
from planbook.project.paths import bundled_templates

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def book() -> Any:
    """The module book.py beside this one."""
    spec = importlib.util.spec_from_file_location("book", Path(__file__).with_name("book.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A plan's own folder of templates, empty."""
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


@pytest.fixture
def new_typesetter(book: Any, own: Path) -> Callable[..., Typesetter]:
    """Make a typesetter; `more` is added to the stylesheet."""
    return lambda more="": Typesetter(book.CSS + more, [own, bundled_templates()])


@pytest.fixture
def typesetter(new_typesetter: Callable[..., Typesetter]) -> Typesetter:
    return new_typesetter()
