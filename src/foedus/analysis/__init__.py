"""Questions that need whole runs: comparisons and what a pledge asks."""
