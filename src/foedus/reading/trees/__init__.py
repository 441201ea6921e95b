"""Sentences as trees: what a number is said of, of when, by whom, and whether it is said at all.

A sentence is *shaped* (each value and each country of the ledger is replaced by one form, so that a reading
never depends on digits or names), *parsed*, and its values are *bound*: number to noun, verb, subject and
date. Frames ask the bound values and the tree, and never match words across a clause. Two witnesses bind a
value, the tree and the order of words; a claim whose witnesses disagree is never contradicted
(``StatedClaim.firm`` is false, and its reason is "one_witness").

- :mod:`~foedus.reading.trees.types`: :class:`Truth`, :class:`When`, :class:`Bound`, :class:`Unread`;
- ``model``: the parser's model, loaded by path once its files are known;
- ``shape`` and ``parse``: text to tree, with offsets that lead back;
- ``bind``, ``times``, ``truth``, ``source``: values to :class:`Bound`;
- ``unread``: what no frame consumed, sentence by sentence (``Reading.unread``).
"""
