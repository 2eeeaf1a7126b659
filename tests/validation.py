"""What a finished PDF has to be: PDF/A-2a and PDF/UA-1 at once, and sound."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import page

if TYPE_CHECKING:
    from pathlib import Path


def assert_valid(pdf: bytes, folder: Path) -> None:
    """Validate a PDF; `folder` is for a copy that qpdf reads."""
    for profile in ("2a", "ua1"):
        report = page.validate_pdf_bytes(pdf, profile=profile, limits=page.SafetyLimits.unlimited())
        found = [(failure.rule_id, failure.message) for failure in report.failures]
        assert found == [], found
        assert report.is_compliant
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
