"""Numbers of the model with their ranges, units, grades and sources: how the rooms' YAML files are read."""

from foedus.parameters.folder import ParameterFolder
from foedus.parameters.parameter import GRADES, Grade, Parameter, weakest
from foedus.parameters.provenance import Provenance
from foedus.parameters.setting import Setting

__all__ = ["GRADES", "Grade", "Parameter", "ParameterFolder", "Provenance", "Setting", "weakest"]
