"""The flat Python API: one function for each question, with one call shape.

What stands here is public as ``foedus.<name>``; the modules are where it is defined. A function takes what a
person types (a day as text, one name, a span of years), asks its question's model whether it can be used, and
answers with a result. Its arguments and defaults are those of the model; a test compares them.
"""
