"""Charts of what spending answers."""
