"""Hindcasts: what the model would have said in the past, re-fitted on nothing later, held against what came.

Modules
-------
panel          the figures a hindcast runs on: SIPRI's long series, or one NATO edition
changes        yearly changes of log shares, with what each systematic term was in that year
fit            the budgets component's parameters as of an origin, and the tide's
forecast       forecasts from an origin by the shipped components, and the naive ones
scores         MAE, CRPS, coverage, Brier score and resampled intervals
cases          forecasts held against what came, case by case
budgets        the hindcast on long histories: rolling origins, targets, summary
editions       the hindcast on NATO's editions: each as it was printed
edition_skill  skill pooled over NATO's editions
report         the scores as plain values
result         the scores as an answer, shipped or computed now
skill          the shipped tables of scores, and which forecast may be shown
"""
