"""The words by which allies are ranked, and those that say that something else is ranked."""

from __future__ import annotations

import re

__all__ = (
    "ANY_OTHER EUROPE FIRST LAST LEAD MONEY NTH OTHER PART PLACES RANKED REST SHARE SOME_OF SPEND SPENDER TIMES TOGETHER WITHIN"
).split()

SHARE = re.compile(
    r"\b(?:GDP|gross domestic product|economic output|national income|(?:size|share) of (?:its|their) econom\w+)\b"
)
MONEY = re.compile(r"\b(?:absolute|dollars?|dollar terms|cash|nominal)\b|\$|\bin total\b")
FIRST = frozenset(["most", "biggest", "largest", "highest", "top", "greatest"])
LAST = frozenset(["least", "smallest", "lowest"])
NTH = re.compile(
    r"\b(second|third|fourth|fifth)[- ](?:most|biggest|largest|highest)\b|\b(second|third|fourth|fifth)[- ](?:lowest|smallest)\b"
)
PLACES = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
SPENDER = frozenset(
    ("spender spenders budget budgets expenditure expenditures spending outlays spend").split()
)
SPEND = frozenset(
    (
        "spend spends spent spending devotes devote devoted invests invest invested allocates allocated pays"
    ).split()
)
RANKED = frozenset(["allies", "members", "ranking", "rankings", "list", "table"])
LEAD = frozenset(["lead", "leads", "led", "leading", "top", "tops", "topped", "topping"])
OTHER = re.compile(
    r"\b(?:aid|assistance|help|economy|economies|exports?|arms|equipment|procurement|personnel|per (?:capita|head|person)|army|armies|"
    r"navy|troops|soldiers|tanks|jets|increase[sd]?|rise[ns]?|growth|grew|faster|fastest|planned|plans?|target|proportionally|"
    r"world|globe|globally|Asia|Russia|China|ever|since|history|again|years?|health\w*|education|pensions?|welfare|nuclear|"
    r"intelligence|research|debt|recruit\w*|until|before)\b"
)
"""What is ranked otherwise than by what allies spend in a year."""
WITHIN = re.compile(r"\b(?:NATO|[Aa]lliance|[Aa]llies|[Aa]lly|members?)\b")
EUROPE = re.compile(
    r"\b(?:in|of|across|within) Europe\b|\bEurope's\b|\bEuropean (?:ally|allies|member|members|NATO)\b"
)
PART = re.compile(
    r"\b(?:Baltic|Nordic|Eastern|eastern|Western|western|Southern|southern|Central|central|Balkan|EU|European Union|G7|G20|"
    r"neighbou?rs?|region\w*|flank|after|behind|except|apart|besides|other than|outside|excluding|[Aa]mong the|bar|save|"
    r"but the|big|small|larger|smaller|rich|poor)\b"
)
SOME_OF = re.compile(
    r"\b(?:one|some|two|three|four|several|many|most) of\b|\b[Aa]mong\b|\b(?:no longer|not)\b"
)
TIMES = re.compile(r"^ (?:twice|thrice|half|double|\d|two|three|four|five|ten|a (?:third|quarter|half))\b")
TOGETHER = re.compile(r"\b(?:together|combined|put together|in total|taken together)\b")
REST = re.compile(
    r"\b(?:all (?:the )?(?:other|others)|the rest|every other|all of the (?:other|rest)|other allies|others)\b"
)
ANY_OTHER = re.compile(
    r"\bany (?:other|of its)\b|\beach (?:other|of the)\b|\bevery other (?:ally|member|country)\b|\banyone else\b"
)
