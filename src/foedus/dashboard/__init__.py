"""The workbench in a browser: a JSON API and server-rendered pages over the functions that the commands call."""
