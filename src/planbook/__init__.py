"""planbook: one YAML file as the only source of a Japanese municipal plan."""

__version__ = "0.1.0"
