"""The numbers of the model: a YAML file for each component, of values, ranges, units, grades and sources."""

from foedus.parameters.parameter import Grade, Parameter, all_parameters, component_parameters
from foedus.parameters.setting import Setting

__all__ = ["Grade", "Parameter", "Setting", "all_parameters", "component_parameters"]
