"""The server's own process: kept answers, turns, ended workers, warming up, addresses below a path."""

from __future__ import annotations
