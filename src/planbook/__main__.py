"""The start of `planbook`, and of `python -m planbook`."""

import signal


def main() -> None:
    """Run the command line and exit."""
    # Until all is loaded there is nothing to end cleanly, and Python would answer Ctrl-C with a traceback.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from planbook.cli import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
