"""Reinforcement: how fast help arrives on the eastern flank, what binds, and what one more train is worth.

Modules are imported by name: there is nothing to import from here.
"""
