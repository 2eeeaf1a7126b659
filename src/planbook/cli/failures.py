"""What stops a command: a mistake in the command line or something missing on the machine."""

from __future__ import annotations


class CommandFailure(Exception):
    """The command can not be carried out (exit code 2). The message is Japanese and says what to do."""
