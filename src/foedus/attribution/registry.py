"""The designs: what each claims and assumes, and whose it is; and how few controls are too few.

Light to import: an answer from the shipped estimates needs no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from foedus.attribution.periods import CauseName
from foedus.errors import InputError

__all__ = ["DESIGNS", "LEAST_CONTROLS", "Design", "check_controls"]

LEAST_CONTROLS = 4
"""With fewer, labels can be permuted in too few ways for a p to mean anything."""


@dataclass(frozen=True)
class Design:
    """What a design claims, what it assumes, and whose it is.

    Attributes
    ----------
    name, letter, label : str
        Its name, the letter of its kind, and what it is called in print.
    claim, assumption, citation : str
        A sentence each.
    causes : tuple of str
        The causes of which it can say something.
    unit : str
        What an estimate is measured in.
    """

    name: str
    letter: str
    label: str
    claim: str
    assumption: str
    citation: str
    causes: tuple[CauseName, ...]
    unit: str = "points of growth a year"


_ANGRIST = "J. Angrist and J.-S. Pischke, Mostly Harmless Econometrics, 2009, chapter 5"
_ABADIE = (
    "A. Abadie, A. Diamond, J. Hainmueller, JASA 105, 2010; in deviations from the fitted years' mean, "
    "B. Ferman, C. Pinto, Quantitative Economics 12, 2021"
)
_BECKER = "J. Becker, International Studies Perspectives 25, 2024, doi 10.1093/isp/ekad027"
_CHRISTIE = "E. H. Christie, Defence and Peace Economics 30, 2019"
_ALL: tuple[CauseName, ...] = ("threat", "pledge", "pressure")

DESIGNS: Mapping[str, Design] = MappingProxyType(
    {
        design.name: design
        for design in (
            Design(
                "timing",
                "a",
                "Before and after",
                "Growth changed when the cause began.",
                "Without it growth would have gone on as before, with no common shock.",
                "D. Campbell, J. Stanley, Experimental and Quasi-Experimental Designs for Research, 1963",
                _ALL,
            ),
            Design(
                "never-allied",
                "b",
                "Allies and never-allied",
                "Growth of the allies off Russia's border changed more than that of Europeans never allied.",
                "Without the cause both would have changed alike; it does not touch the controls.",
                _ANGRIST,
                _ALL,
            ),
            Design(
                "with-pacific",
                "b",
                "… with the Pacific",
                "The same against never-allied Europeans and rich partners in the Pacific.",
                "Without the cause both would have changed alike; no threat of its own moves the Pacific.",
                _ANGRIST,
                _ALL,
            ),
            Design(
                "border",
                "b",
                "Border allies and never-allied",
                "Growth of the five allies on Russia's border changed by more than that of never-allied.",
                "Without the threat both groups would have changed alike.",
                _ANGRIST,
                ("threat",),
            ),
            Design(
                "entrants",
                "b",
                "Sweden, Finland and never-allied",
                "Growth of the two near Russia outside the Alliance changed more than that of never-allied.",
                "Neither pledge nor pressure bound them; two countries stand for all such.",
                _ANGRIST,
                ("threat",),
            ),
            Design(
                "nordic",
                "b",
                "Denmark, Norway and Sweden, Finland",
                "Growth of the two Nordic allies of 2014 changed by more than that of the two others.",
                "Only the pledge told the four apart: all are near Russia.",
                _BECKER,
                ("pledge",),
            ),
            Design(
                "own",
                "b",
                "Allies and the controls asked for",
                "Growth of the allies off Russia's border changed by more than that of the countries named.",
                "Without the cause both groups would have changed alike.",
                _ANGRIST,
                _ALL,
            ),
            Design(
                "distance",
                "c",
                "Dose: nearness to Russia",
                "The nearer an ally is to Russia, the more its growth changed.",
                "Nothing else that moved growth goes with the distance, given the gap to 2 % and US forces.",
                _CHRISTIE,
                ("threat",),
                "points a year per standard deviation of nearness",
            ),
            Design(
                "gap",
                "c",
                "Dose: gap to 2 %",
                "The further an ally was below 2 %, the more its growth changed.",
                "Nothing else goes with the gap; allies that spent little do not rise of themselves.",
                _BECKER,
                ("pledge", "pressure"),
                "points a year per standard deviation of the gap",
            ),
            Design(
                "us-forces",
                "c",
                "Dose: US forces hosted",
                "The more US forces an ally hosts, the more it had to lose, and the more its growth changed.",
                "Hosts are not otherwise different; rotations, which no count holds, do not matter.",
                "C. Machain, T. Morgan, Armed Forces & Society 39, 2013",
                ("pressure",),
                "points a year per standard deviation of the log",
            ),
            Design(
                "pull",
                "d",
                "Pull of the pledge",
                "Allies below 2 % raised their shares in proportion to the gap.",
                "Allies that spend little do not rise of themselves (no convergence).",
                _BECKER,
                ("pledge",),
                "points a year per 100 log points of the gap",
            ),
            Design(
                "synthetic-rich",
                "e",
                "Synthetic twin, rich donors",
                "The share rose above that of a weighted mean of never-allied and Pacific countries.",
                "The mean that followed the allies from 2000 to 2013 would have gone on following them.",
                _ABADIE,
                _ALL,
            ),
            Design(
                "synthetic-world",
                "e",
                "Synthetic twin, donors worldwide",
                "The share rose above that of a weighted mean of donors from all the world.",
                "The mean that followed the allies from 2000 to 2013 would have gone on following them.",
                _ABADIE,
                _ALL,
            ),
        )
    }
)
"""The designs in the order of print."""


def check_controls(controls: Sequence[str], where: str = "--control") -> None:
    """Raise an error where there are too few controls for permutation to mean anything."""
    if len(controls) < LEAST_CONTROLS:
        raise InputError(
            f"{len(controls)} controls are too few: with fewer than {LEAST_CONTROLS}, permuting labels has "
            "no meaning",
            where=where,
            do=f"name {LEAST_CONTROLS} countries or more, or never-allied",
        )
