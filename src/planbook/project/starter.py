"""A new folder for a plan: the starter files → a directory, all of them or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planbook.errors import system_reason

if TYPE_CHECKING:
    from collections.abc import Mapping

STARTER = Path(__file__).resolve().parent / "starter_files"
"""The starter plan and what a plan's own repository needs beside it; package data."""


class StartError(Exception):
    """The files can not be made: `str()` says which and why, in Japanese."""


def starter_files() -> dict[str, bytes]:
    """Return the starter files: contents by path below the new folder, with `/` between its parts, in order."""
    paths = sorted(path for path in STARTER.rglob("*") if path.is_file())
    return {path.relative_to(STARTER).as_posix(): path.read_bytes() for path in paths}


def start(directory: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (contents by path) below `directory`, which is made if need be. Nothing is overwritten.

    Raises:
        StartError: something of the same name is there already, or the disk refuses; nothing was changed.

    """
    if taken := _taken(directory, files):
        message = f"「{directory}」に同じ名前のものがもうあります：{'、'.join(taken)}"
        raise StartError(f"{message}\n上書きはしません。別のフォルダーを指定するか、これらを別の場所へ移してください。")
    made: list[Path] = []
    try:
        for name, content in files.items():
            _make_folder((directory / name).parent, made)
            with (directory / name).open("xb") as file:
                made.append(directory / name)
                file.write(content)
    except BaseException as error:  # an interrupt too
        _remove(made)
        if isinstance(error, OSError):
            message = f"「{directory}」に書き込めません（{system_reason(error)}）。"
            raise StartError(f"{message}フォルダーの場所と、書き込む権限を確かめてください。") from error
        raise


def _taken(directory: Path, files: Mapping[str, bytes]) -> list[str]:
    """Return what stands in the way: files of the same names, and files where folders have to be."""
    if directory.exists() and not directory.is_dir():
        return [directory.name]
    taken = [name for name in files if (directory / name).exists() or (directory / name).is_symlink()]
    folders = {parent.as_posix() for name in files for parent in Path(name).parents}
    return taken + sorted(name for name in folders if (directory / name).exists() and not (directory / name).is_dir())


def _make_folder(folder: Path, made: list[Path]) -> None:
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir()
        made.append(missing)


def _remove(made: list[Path]) -> None:
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
