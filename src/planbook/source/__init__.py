"""The text of a plan file as plain data, with the place of every key and value."""
