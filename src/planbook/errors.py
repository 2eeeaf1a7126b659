"""What can stop a command that is not in the plan. `str()` of each is Japanese and for the user."""

from __future__ import annotations

import errno
import os

from planbook import __version__


class CommandFailure(Exception):
    """The command can not be carried out (exit code 2). The message is Japanese and says what to do."""


class PangoMissing(ImportError):
    """The C libraries that WeasyPrint needs are not on this machine."""

    def __str__(self) -> str:
        return """\
PDF を作るのに必要な Pango が、このコンピューターにありません。次のようにインストールしてください。
  Debian、Ubuntu  sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  Fedora          sudo dnf install pango
  macOS           brew install pango
  Windows         MSYS2（https://www.msys2.org/）をインストールし、その画面で pacman -S mingw-w64-ucrt-x86_64-pango"""


class LayoutError(Exception):
    """The renderer warned or failed: what it would have written is not what was asked for."""


class TemplateError(Exception):
    """A template can not be used: which, where and why."""


class Unreadable(OSError):
    """A file is not what can be read as one: a pipe, a device, too large. `str()` is the reason, in Japanese."""


_REASONS = {
    "EACCES": "権限がありません",
    "EPERM": "許されていません",
    "EROFS": "読み取り専用の場所です",
    "ENOENT": "その場所がありません",
    "EEXIST": "同じ名前のものがもうあります",
    "ENOTDIR": "途中にフォルダーでないものがあります",
    "EISDIR": "フォルダーです",
    "ENOTEMPTY": "フォルダーが空ではありません",
    "ENAMETOOLONG": "名前が長すぎます",
    "ELOOP": "リンクのために、たどり着けません",
    "EINVAL": "この場所や名前では使えません",
    "EILSEQ": "名前に使えない文字があります",
    "ENOSPC": "ディスクの空きがありません",
    "EDQUOT": "割り当てられたディスクの容量を使いきっています",
    "EFBIG": "ファイルの大きさの上限を超えます",
    "EIO": "ディスクの読み書きに失敗しました",
    "EBUSY": "ほかで使われています",
    "ETXTBSY": "ほかで使われています",
    "EXDEV": "別のディスクにあります",
    "ENXIO": "その装置がありません",
    "ENODEV": "その装置がありません",
    "ESTALE": "ネットワーク上の場所とのつながりが切れました",
    "EHOSTDOWN": "ネットワーク上の場所につながりません",
    "EHOSTUNREACH": "ネットワーク上の場所につながりません",
    "ETIMEDOUT": "応答がありません",
    "EMFILE": "一度に開けるファイルの数の上限に達しました",
    "ENFILE": "コンピューター全体で開けるファイルの数の上限に達しました",
    "ENOMEM": "メモリが足りません",
    "EAGAIN": "プロセスの数などの上限に達しました",
    "EPIPE": "受け取る側が閉じられました",
    "EBADF": "閉じられています",
    "EADDRINUSE": "ほかで使われています",
    "EADDRNOTAVAIL": "このコンピューターの IP アドレスではありません",
    "ENOTSUP": "この場所では使えない操作です",
    "EOPNOTSUPP": "この場所では使えない操作です",
    "ENOSYS": "この場所では使えない操作です",
    "ENOLCK": "ロックが使えません",
    "EINTR": "途中で止められました",
}
"""What systems call what went wrong (POSIX, errno.h), in Japanese."""

_BY_NUMBER = {number: text for name, text in _REASONS.items() if (number := getattr(errno, name, None)) is not None}


def system_reason(error: BaseException) -> str:
    """Say in Japanese why the system refuses something."""
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, ValueError):  # a zero byte in the name of a file
        return "ファイル名に使えない文字があります"
    number = getattr(error, "errno", None)
    return _BY_NUMBER.get(number or 0) or f"システムのエラー {number if number is not None else type(error).__name__}"


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
