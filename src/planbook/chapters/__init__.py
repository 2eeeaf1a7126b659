"""Chapters: Markdown files that are parts of the book → HTML for print and web, and what is wrong in them."""
