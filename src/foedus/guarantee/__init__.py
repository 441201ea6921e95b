"""The guarantee: thresholds of belief, a conditional United States, reliability, the security dilemma.

Modules are imported by name: there is nothing to import from here.
"""
