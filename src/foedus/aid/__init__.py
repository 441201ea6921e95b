"""Aid to Ukraine: what was committed and allocated, by whom, as of which release, and what stocks allow.

Modules are imported by name: there is nothing to import from here.
"""
