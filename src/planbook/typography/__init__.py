"""How Japanese text is set: phrases, line ends, vertical text, eras, and which characters the fonts have."""
