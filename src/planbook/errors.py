"""What can stop a command that is not in the plan. `str()` of each is Japanese and for the user."""

from __future__ import annotations

import os

from planbook import __version__


class CommandFailure(Exception):
    """The command can not be carried out (exit code 2). The message is Japanese and says what to do."""


class PangoMissing(ImportError):
    """The C libraries that WeasyPrint needs are not on this machine."""


class LayoutError(Exception):
    """The renderer warned or failed: what it would have written is not what was asked for."""


class TemplateError(Exception):
    """A template can not be used: which, where and why."""


def bug_report(error: Exception) -> str:
    """Say what to send to those who can mend an error that is planbook's own."""
    import traceback  # noqa: PLC0415 - nobody should ever need it

    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " ← ".join(f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in reversed(frames))  # noqa: PTH119
    return (
        "planbook の不具合で止まりました。申し訳ありません。\n"
        "次の行と、そのとき使っていた計画ファイルを添えて、planbook の管理者（配布元の Issues）へお知らせください。\n"
        f"  planbook {__version__} / {type(error).__name__}: {error} / {places}"
    )
