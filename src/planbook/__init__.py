"""planbook: one YAML file as the only source of a Japanese municipal plan."""
