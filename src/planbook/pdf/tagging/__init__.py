"""The structure that screen readers read (ISO 14289-1)."""
