"""Slips of typing that YAML refuses: found and mended in memory, so that one run can tell all the rest too."""
