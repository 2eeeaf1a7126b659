"""The plan as types: its model, its shape, and data → `Plan`, or the findings of its shape."""
