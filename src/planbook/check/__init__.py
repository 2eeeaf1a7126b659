"""A plan file → everything that is wrong with it, and how that is reported."""
