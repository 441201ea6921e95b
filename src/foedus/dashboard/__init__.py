"""The workbench in a browser: a JSON API and server-rendered pages over the commands' functions."""
