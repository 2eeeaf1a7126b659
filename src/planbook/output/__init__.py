"""A checked plan → its files: made in memory, then written all or none."""
