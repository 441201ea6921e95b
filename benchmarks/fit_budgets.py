"""Fit the shipped parameters of the budgets component with NumPyro, offline.

Run it with ``python benchmarks/fit_budgets.py DATA OUT.json``, where DATA is a data folder (as
``FOEDUS_DATA``) into which ``foedus data import sipri`` has put an edition of SIPRI's database. It needs
numpyro, which the package itself never imports. The model is that of :mod:`foedus.spending.budgets`; the two
regimes of the years are summed out by the forward recursion, and the scale of the errors moves from decade to
decade instead of forgetting with the half-life that the quick fit of the hindcast uses. It prints the
posterior and its diagnostics, and writes means and standard deviations by name.
"""

from __future__ import annotations

import json
import os
import sys

import numpy as np

WARMUP, SAMPLES, CHAINS = 800, 800, 4


def model(rows, years, allies, jnp, numpyro, dist, jax):
    """The joint density: change of log share by ally and year."""
    from foedus.spending.hindcast.fit import ALLY_SD, DRIFT_PRIOR, PRIOR_MEAN, PRIOR_SD, REGIME_COUNTS

    mean = numpyro.sample("compliance_mean", dist.TruncatedNormal(PRIOR_MEAN[0], PRIOR_SD[0], low=0.0))
    between = numpyro.sample("compliance_between", dist.HalfNormal(ALLY_SD))
    raw = numpyro.sample("compliance_raw", dist.Normal(0.0, 1.0).expand([allies]))
    compliance = numpyro.deterministic("compliance", jnp.maximum(mean + between * raw, 0.0))
    effects = numpyro.sample("effects", dist.Normal(jnp.zeros(3), jnp.array(PRIOR_SD[1:])))
    calm = numpyro.sample("calm_drift", dist.Normal(*DRIFT_PRIOR[0]))
    rise = numpyro.sample("rise", dist.HalfNormal(0.1))
    drift = jnp.stack([calm, numpyro.deterministic("build_up_drift", calm + rise)])
    common = numpyro.sample("common_error", dist.HalfNormal(jnp.array([0.03, 0.1])))
    freedom = numpyro.deterministic("freedom", 3.0 + numpyro.sample("freedom_less_3", dist.Exponential(0.3)))
    enter = numpyro.sample("enter", dist.Beta(REGIME_COUNTS[0, 1], REGIME_COUNTS[0, 0]))
    stay = numpyro.sample("stay", dist.Beta(REGIME_COUNTS[1, 1], REGIME_COUNTS[1, 0]))
    level = numpyro.sample("level", dist.Normal(jnp.log(0.055), 0.5))
    between_scale = numpyro.sample("between_scale", dist.HalfNormal(0.5))
    own = numpyro.sample("own_raw", dist.Normal(0.0, 1.0).expand([allies]))
    # Backwards from the last ten years, whose scale is the one that ships.
    decade = (years[-1] - rows.year) // 10
    change = numpyro.sample("decade_change", dist.Normal(0.0, 0.2).expand([int(decade.max())]))
    older = jnp.concatenate([jnp.zeros(1), jnp.cumsum(change)])
    numpyro.deterministic("own_error", jnp.exp(level + between_scale * own))
    scale = jnp.exp(level + between_scale * own[rows.ally] + older[decade])
    moves = jnp.log(jnp.array([[1.0 - enter, enter], [1.0 - stay, stay]]))

    year_effect = numpyro.sample("year_effect", dist.Normal(0.0, 0.3).expand([len(years)]).mask(False))
    density = dist.StudentT(freedom, drift, common).log_prob(year_effect[:, None])

    def forward(last, now):
        ahead = jax.scipy.special.logsumexp(last[:, None] + moves, axis=0) + now
        return ahead, ahead

    first = jnp.log(jnp.array([0.7, 0.3])) + density[0]
    last, _ = jax.lax.scan(forward, first, density[1:])
    numpyro.factor("years", jax.scipy.special.logsumexp(last))
    numpyro.deterministic("start", jnp.exp(last[1] - jax.scipy.special.logsumexp(last)))
    at = jnp.asarray(np.searchsorted(years, rows.year))
    expected = year_effect[at] + compliance[rows.ally] * rows.design[:, 0] + rows.design[:, 1:] @ effects
    numpyro.sample("change", dist.StudentT(freedom, expected, scale), obs=rows.change)


def main() -> None:
    """Fit, print and write."""
    data, out = sys.argv[1:3]
    os.environ["FOEDUS_DATA"] = data
    os.environ.setdefault("XLA_FLAGS", "--xla_force_host_platform_device_count=2")
    import jax
    import jax.numpy as jnp
    import numpyro
    from numpyro import distributions as dist
    from numpyro.diagnostics import effective_sample_size, split_gelman_rubin

    from foedus.evidence import Ledger
    from foedus.spending.hindcast.fit import _rows, centred
    from foedus.spending.hindcast.panel import sipri_panel

    numpyro.enable_x64()
    panel = sipri_panel(Ledger.load())
    rows = _rows(panel, panel.years[-1])
    years = np.unique(rows.year)
    kernel = numpyro.infer.NUTS(
        lambda: model(rows, years, len(panel.countries), jnp, numpyro, dist, jax), target_accept_prob=0.9
    )
    run = numpyro.infer.MCMC(
        kernel,
        num_warmup=WARMUP,
        num_samples=SAMPLES,
        num_chains=CHAINS,
        progress_bar=False,
        chain_method="sequential",
    )
    run.run(jax.random.PRNGKey(2026))
    found = {k: np.asarray(v) for k, v in run.get_samples(group_by_chain=True).items()}
    worst = max(float(np.nanmax(split_gelman_rubin(v))) for v in found.values())
    least = min(float(np.nanmin(effective_sample_size(v))) for v in found.values())
    extra = int(np.asarray(run.get_extra_fields()["diverging"]).sum())
    print(f"largest R-hat {worst:.3f}, smallest effective sample {least:.0f}, divergences {extra}")
    mean = {k: v.mean(axis=(0, 1)) for k, v in found.items()}
    sd = {k: v.std(axis=(0, 1)) for k, v in found.items()}
    for name in sorted(mean):
        if mean[name].ndim == 0 or name in {"effects", "common_error", "decade_change"}:
            print(name, np.round(mean[name], 4), "+-", np.round(sd[name], 4))
    by = {c: i for i, c in enumerate(panel.countries)}
    room = centred(panel.balance[:, -1])
    shipped = {
        "compliance": {"default": float(mean["compliance_mean"])}
        | {c: float(mean["compliance"][i]) for c, i in by.items()},
        "compliance_spread": float(sd["compliance_mean"]),
        "calm_drift": float(mean["calm_drift"]),
        "calm_drift_spread": float(sd["calm_drift"]),
        "build_up_drift": float(mean["build_up_drift"]),
        "build_up_drift_spread": float(sd["build_up_drift"]),
        "build_up_start_probability": float(mean["start"]),
        "build_up_enter_probability": float(mean["enter"]),
        "build_up_stay_probability": float(mean["stay"]),
        "exposed_border_effect": float(mean["effects"][0]),
        "exposed_border_effect_spread": float(sd["effects"][0]),
        "fiscal_room": {"default": 0.0} | {c: float(room[i]) for c, i in by.items()},
        "fiscal_room_effect": float(mean["effects"][1]),
        "fiscal_room_effect_sd": float(sd["effects"][1]),
        "growth_surprise_effect": float(mean["effects"][2]),
        "growth_surprise_effect_sd": float(sd["effects"][2]),
        "calm_common_error": float(mean["common_error"][0]),
        "build_up_common_error": float(mean["common_error"][1]),
        "own_error": {"default": float(np.exp(mean["level"]))}
        | {c: float(mean["own_error"][i]) for c, i in by.items()},
        "error_degrees_of_freedom": float(mean["freedom"]),
        "error_degrees_of_freedom_sd": float(sd["freedom"]),
        "diagnostics": {"r_hat": worst, "effective": least, "divergences": extra},
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(shipped, file, indent=1)


if __name__ == "__main__":
    main()
