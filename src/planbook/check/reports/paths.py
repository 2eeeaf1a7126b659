"""Where files are in their repository: what services show beside a report."""

from __future__ import annotations

import os
from pathlib import Path


def relative(file: str) -> str:
    """Return the path of a file from the top of its repository, with `/`; else from here; else as it was given.

    GitHub Actions say where the repository is; elsewhere it is the nearest folder above that has `.git`.
    """
    try:
        path = Path(file).resolve()
        if not path.exists():
            return file.replace("\\", "/")
        workspace = os.environ.get("GITHUB_WORKSPACE")
        tops = [Path(workspace).resolve()] if workspace else []
        tops += [folder for folder in path.parents if (folder / ".git").exists()]
        for top in (*tops, Path.cwd()):
            if path.is_relative_to(top):
                return path.relative_to(top).as_posix()
    except OSError:
        pass  # a folder on the way can not be read, or is gone
    return file.replace("\\", "/")
