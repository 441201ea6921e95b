"""Answers as plain values: what `--json` prints and what the web interface sends, made in one place."""
