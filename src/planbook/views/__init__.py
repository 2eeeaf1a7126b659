"""The plan as frozen display records: every number, mark, label, span and page break that a reader sees."""
