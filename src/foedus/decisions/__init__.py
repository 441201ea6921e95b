"""Decisions by consensus: where members stand, what passes, who objects, and what a broker can offer."""
