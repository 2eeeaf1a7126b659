"""Ctrl-C and the other signals that ask a process to end: all of them end a command in the same clean way."""

from __future__ import annotations

import signal

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class _Interrupt:
    received = False


def raise_on_signals() -> None:
    """Let these signals raise KeyboardInterrupt from now on. One that is ignored stays so (nohup)."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)


def end_on_signals() -> None:
    """Let these signals end the process at once from now on: the command is over, and nothing can be lost."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def raise_again() -> None:
    """Raise KeyboardInterrupt if a signal came before: Python swallows it in hooks and finalizers."""
    if _Interrupt.received:
        raise KeyboardInterrupt


def was_received() -> bool:
    """Tell whether one of these signals came."""
    return _Interrupt.received


def _interrupt(*_: object) -> None:
    _Interrupt.received = True
    raise KeyboardInterrupt
