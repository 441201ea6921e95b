"""Hindcasts: what the model would have said in the past, re-fitted on nothing later, held against what came.

Modules
-------
panel      the figures a hindcast runs on: SIPRI's long series, or one NATO edition
fit        the budgets component's parameters as of an origin, by MAP and EM
forecast   forecasts from an origin by the shipped components, and the naive ones
scores     MAE, CRPS, coverage, Brier score and block-bootstrap intervals
cases      forecasts held against what came, case by case
budgets    the hindcast of spending: rolling origins, targets, summary
result     the scores as an answer, shipped or computed now
skill      the shipped table of scores, and which forecast may be shown
"""
