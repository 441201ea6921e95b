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
    "myst_nb",
    "sphinx.ext.autodoc",
    "numpydoc",
    "sphinx_copybutton",
    "foedus_checks",
    "foedus_commands",
    "foedus_math",
    "foedus_pages",
]
exclude_patterns = ["_build", "_ext"]
nitpicky = False

myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

# The tables numpydoc and autodoc would each make of a class's members say the same thing twice.
numpydoc_show_class_members = False
toc_object_entries = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_default_options = {"exclude-members": "model_config, model_fields, model_computed_fields"}

# Formulas are MathML, fonts the dashboard's, scripts the theme's: no other host is asked for anything.
html_math_renderer = "mathml"
html_theme = "pydata_sphinx_theme"
html_title = f"foedus {release}"
_STAGE = "../src/foedus/dashboard/static"
html_static_path = [
    "_static",
    *(f"{_STAGE}/{name}" for name in ("mark.svg", "stage-sans.woff2", "stage-serif.woff2")),
]
html_sidebars = {
    name: [] for name in ("index", "tutorial", "gallery", "questions", "teach", "search", "genindex")
}
html_css_files = ["foedus.css"]
html_favicon = f"{_STAGE}/mark.svg"
html_show_sourcelink = False
html_theme_options = {
    "logo": {
        "text": "foedus",
        "image_light": f"{_STAGE}/mark.svg",
        "image_dark": f"{_STAGE}/mark.svg",
        "alt_text": "",
    },
    "show_prev_next": False,
    "show_nav_level": 1,
    "navigation_depth": 2,
    "collapse_navigation": True,
    "header_links_before_dropdown": 8,
    "navbar_align": "left",
    "back_to_top_button": False,
    "footer_start": ["copyright"],
    "footer_center": [],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_context = {"default_mode": "auto"}

# What is copied is what is typed: neither the prompt nor what a command prints.
copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True
copybutton_line_continuation_character = "\\"

# The notebooks hold no outputs: each is executed as the documentation is built, and must not fail.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_execution_in_temp = True
nb_merge_streams = True
