"""Measures: who meets a guideline, and the headline of a run."""
