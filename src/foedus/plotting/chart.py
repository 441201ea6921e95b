"""A finished chart: its Vega-Lite specification, and the words that go with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus.plotting.tokens import on_paper

__all__ = ["Chart"]


@dataclass(frozen=True)
class Chart:
    """A finished chart.

    Attributes
    ----------
    spec : dict
        The whole Vega-Lite specification, data included: it asks for nothing from anywhere. Its colours are
        named by meaning, ``var(--us)``, as a page has them in daylight and in the dark; :meth:`to_dict` and
        every file have them as they are on white paper.
    title : str
        What it shows.
    description : str
        The text alternative, in two sentences at most.
    summary : tuple of str
        The main figures in words, for readers who cannot see the chart.
    source : str
        Where its figures come from.
    slim : callable, optional
        Gives the chart for a phone, of one whose marks stand at fixed places.
    """

    spec: dict[str, Any]
    title: str
    description: str
    summary: tuple[str, ...]
    source: str
    slim: Callable[[], Chart] | None = field(default=None, compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return a copy of the Vega-Lite specification with its colours as they are on white paper.

        Returns
        -------
        dict
            The specification.
        """
        copy: dict[str, Any] = json.loads(on_paper(json.dumps(self.spec)))
        return copy

    def copy(self) -> dict[str, Any]:
        """Return a copy of the specification that may be changed; the rows of data are shared."""
        copy: dict[str, Any] = _copy(self.spec)
        return copy

    def altair(self) -> Any:
        """Return the chart as an Altair object, to change it further.

        Returns
        -------
        altair.ConcatChart
            Held against Altair's schema.
        """
        from foedus.plotting.theme import altair

        return altair().Chart.from_dict(self.to_dict())

    def svg(self) -> str:
        """Draw the chart as SVG, with the text alternative inside."""
        from foedus.plotting.write import chart_svg

        return chart_svg(self)

    def png(self, scale: float = 2.0) -> bytes:
        """Draw the chart as PNG.

        Parameters
        ----------
        scale : float, default 2
            Pixels of the picture for each pixel of the chart.

        Returns
        -------
        bytes
            The file's content.
        """
        from foedus.plotting.write import chart_png

        return chart_png(self, scale=scale)

    def save(self, path: Path | str) -> None:
        """Write the chart to a .png, .svg, .pdf or .html file.

        Parameters
        ----------
        path : pathlib.Path or str
            The file.

        Raises
        ------
        InputError
            When the ending is another one.
        StorageError
            When the file cannot be written.
        """
        from foedus.plotting.write import write_chart

        write_chart(self, Path(path))

    def _repr_html_(self) -> str:
        """Show the chart in a notebook: a picture with its words, without scripts."""
        from foedus.plotting.write import figure_html

        return figure_html(self)


def _copy(part: Any) -> Any:
    """Copy a specification, but not its data, which is most of it and never changed."""
    if isinstance(part, dict):
        return {key: value if key in {"values", "datasets"} else _copy(value) for key, value in part.items()}
    return [_copy(item) for item in part] if isinstance(part, list) else part
