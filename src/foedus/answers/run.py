"""A run's headline with what identifies it, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.runs import Run

__all__ = ["run_payload"]


def run_payload(result: Run) -> dict[str, Any]:
    """Give the answer for programs, without the folder, which only the caller's machine knows.

    Parameters
    ----------
    result : Run
        A finished run.

    Returns
    -------
    dict
        The headline, the seed, and the checksums of what went in and what came out.
    """
    return {
        **result.summary,
        "seed": result.manifest["seed"],
        "input_sha256": result.manifest["input_sha256"],
        "content_sha256": result.manifest["content_sha256"],
    }
