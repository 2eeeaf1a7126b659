"""Typing errors that YAML refuses: found and corrected in memory, so that one run reports everything else too."""
