"""The numbers of the guarantee."""

from pathlib import Path

from foedus.parameters import ParameterFolder

__all__ = ["FOLDER"]

FOLDER = ParameterFolder(Path(__file__).parent)
"""The folder that holds them."""
