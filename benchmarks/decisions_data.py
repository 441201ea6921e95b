"""Read recorded decisions, and work the plain concepts out once more, as a check by hand."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

__all__ = ["Recorded", "hand_check", "read_recorded"]


@dataclass(frozen=True)
class Recorded:
    """Issues with three actors or more and a known outcome, as arrays (issue, actor)."""

    position: np.ndarray
    salience: np.ndarray
    influence: np.ndarray
    present: np.ndarray
    state: np.ndarray
    reversion: np.ndarray
    outcome: np.ndarray
    unanimity: np.ndarray
    proposal: np.ndarray


def read_recorded(path: Path) -> Recorded:
    """Read the long table: one row for each issue and actor."""
    issues: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            issues.setdefault(row["issue"], []).append(row)
    kept = []
    for rows in issues.values():
        full = [r for r in rows if r["position"] and r["salience"]]
        if rows[0]["outcome"] and len(full) >= 3:
            kept.append(full)
    shape = (len(kept), max(len(rows) for rows in kept))
    table = {name: np.zeros(shape) for name in ("position", "salience", "influence", "present", "state")}
    for i, rows in enumerate(kept):
        for k, row in enumerate(rows):
            table["position"][i, k] = float(row["position"])
            table["salience"][i, k] = float(row["salience"]) / 100.0
            table["influence"][i, k] = float(row["influence"])
            table["present"][i, k] = 1.0
            table["state"][i, k] = float(row["actor"] not in {"com", "ep"})
    first = [rows[0] for rows in kept]
    return Recorded(
        position=table["position"],
        salience=table["salience"],
        influence=table["influence"],
        present=table["present"].astype(bool),
        state=table["state"].astype(bool),
        reversion=np.array([float(r["reference_point"] or "nan") for r in first]),
        outcome=np.array([float(r["outcome"]) for r in first]),
        unanimity=np.array([r["rule"] == "Unan" for r in first]),
        proposal=np.array([r["proposal"] for r in first]),
    )


def _median(pairs: list[tuple[float, float]]) -> float:
    """Give the weighted median of (position, weight), walking up from the lowest."""
    pairs = sorted(p for p in pairs if p[1] > 0)
    half, seen = math.fsum(w for _, w in pairs) / 2.0, 0.0
    for n, (x, w) in enumerate(pairs):
        seen += w
        if abs(seen - half) <= 1e-9 * half:
            return (x + pairs[n + 1][0]) / 2.0
        if seen > half:
            return x
    return pairs[-1][0]


def _condorcet(pairs: list[tuple[float, float]]) -> float:
    """Give the outcome of a probabilistic Condorcet election, one pair of positions at a time."""
    pairs = [p for p in pairs if p[1] > 0]
    options = sorted({x for x, _ in pairs})
    chance = []
    for a in options:
        product = 1.0
        for b in options:
            if a == b:
                continue
            for_a = math.fsum(w * max(0.0, abs(x - b) - abs(x - a)) for x, w in pairs)
            for_b = math.fsum(w * max(0.0, abs(x - a) - abs(x - b)) for x, w in pairs)
            product *= for_a / (for_a + for_b)
        chance.append(product)
    return math.fsum(c * a for c, a in zip(chance, options, strict=True)) / math.fsum(chance)


def hand_check(data: Recorded) -> dict[str, tuple[float, float]]:
    """Give the mean error of the plain concepts, all issues and by unanimity, from loops over lists."""
    errors: dict[str, list[float]] = {}
    for i in range(len(data.outcome)):
        here = [k for k in range(data.position.shape[1]) if data.present[i, k]]
        x = [float(data.position[i, k]) for k in here]
        w = [float(data.influence[i, k] * data.salience[i, k]) for k in here]
        forecast = {
            "influence x salience mean": math.fsum(a * b for a, b in zip(x, w, strict=True)) / math.fsum(w),
            "plain mean": math.fsum(x) / len(x),
            "weighted median": _median(list(zip(x, w, strict=True))),
            "plain median": _median([(a, 1.0) for a in x]),
            "probabilistic Condorcet": _condorcet(list(zip(x, w, strict=True))),
        }
        for name, value in forecast.items():
            errors.setdefault(name, []).append(abs(value - float(data.outcome[i])))
    unanimous = [i for i, is_so in enumerate(data.unanimity) if is_so]
    return {
        name: (math.fsum(e) / len(e), math.fsum(e[i] for i in unanimous) / len(unanimous))
        for name, e in errors.items()
    }
