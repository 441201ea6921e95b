"""Searches for the best that can be had: packages across issues. Optimal or an error."""
