"""Decisions by consensus: ordinary functions of arrays that the yearly step and `foedus decide` both call.

Every array of members has the shape ``(draw, member)`` or broadcasts to it; a member with weight zero is
absent. Positions, reversions and drafts lie on the question's own scale, 0 to 100; salience is a fraction;
influence and weights are in any one unit, for only their ratios count.
"""
