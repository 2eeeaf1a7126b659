"""The metadata of a package: where its repository is, if a workflow there builds it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]


def metadata() -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("package_metadata", ROOT / "tools/package_metadata.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    found: dict[str, Any] = {}
    tool.PackageMetadata(str(ROOT), {}).update(found)
    return found


def test_a_release_names_the_repository_that_builds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://git.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "town/planbook")
    assert metadata()["urls"]["Issues"] == "https://git.example/town/planbook/issues"


def test_a_package_built_elsewhere_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    found = metadata()
    assert "urls" not in found
    assert "planbook serve" in found["readme"]["text"]
