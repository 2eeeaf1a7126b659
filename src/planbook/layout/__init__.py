"""Views → pages: what has to be split by planbook is measured, broken by computation, and verified."""
