"""Ctrl-C, and what else asks a process to end: all of it ends a command in the same clean way."""

from __future__ import annotations

import signal

_ASKING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class _Asked:
    ever = False


def end_cleanly() -> None:
    """From now on, let whatever asks this process to end raise KeyboardInterrupt; what is ignored stays so (nohup)."""
    for name in _ASKING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)


def end_at_once() -> None:
    """From now on, let it end this process without a word: nothing is left to be lost."""
    for name in _ASKING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def look() -> None:
    """Raise KeyboardInterrupt once more if it was lost: Python swallows it in hooks and finalizers."""
    if _Asked.ever:
        raise KeyboardInterrupt


def was_asked() -> bool:
    """Tell whether something has asked this process to end."""
    return _Asked.ever


def _interrupt(*_: object) -> None:
    _Asked.ever = True
    raise KeyboardInterrupt
