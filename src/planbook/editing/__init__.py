"""The text of a plan file is edited in place: what does not change stays byte for byte."""
