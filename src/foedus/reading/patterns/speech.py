"""Patterns of verbs that report."""

from __future__ import annotations

import re

REPORT = re.compile(
    r"\b(?P<cue>expressed|voiced|reaffirmed|stressed|downplayed|dismissed|outlined|praised|called on|vowed|threatened|hinted|"
    r"emphasi[sz]ed?|highlighted|framed|viewed|regarded|pointed out|urged|warned|refrained from stating|minimized) "
)
THAT = re.compile(
    r"\s(?:that|whether|how|why|he|she|they|it|there|his|her|their|to|not to|on|the|NATO|[A-Z]\w+|one of|at a)\b"
)
