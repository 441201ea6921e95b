"""How the documentation is built: Sphinx with MyST, and reference pages written from the package itself."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "foedus"
author = "The foedus developers"
copyright = "The foedus developers"  # the name Sphinx reads
release = version = installed("foedus")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "numpydoc",
    "foedus_pages",
]
exclude_patterns = ["_build", "_ext"]
nitpicky = False

myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

# The tables numpydoc and autodoc would each make of a class's members say the same thing twice.
numpydoc_show_class_members = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_default_options = {"exclude-members": "model_config, model_fields, model_computed_fields"}

html_theme = "sphinx_rtd_theme"
html_title = f"foedus {release}"
html_show_sourcelink = False
html_show_sphinx = False
