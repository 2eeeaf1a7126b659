"""A checked plan → all outputs, or none."""
