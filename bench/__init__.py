"""How fast planbook is, beside what else a user could pick: `make bench`. See docs/benchmarks.md."""
