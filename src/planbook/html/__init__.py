"""Views → HTML, through the one Jinja environment."""
