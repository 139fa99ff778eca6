"""What insurance pays back, in its stated order: deductible, limit, share, limit of the year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.insurance import Insurance

__all__ = ["capped_by_year", "recovered"]

Floats = NDArray[np.float64]


def recovered(policy: Insurance, effects: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return what the policy pays on each covered impact, at least 0, in the effects' shape.

    Parameters
    ----------
    policy : Insurance
    effects : mapping of impact to float64 array
        Signed effects of single events, or of years where the policy aggregates by year
        [million]; impacts that are not covered are ignored.
    """
    losses = {name: np.maximum(-effects[name], 0.0) for name in policy.covers}
    total = _sum(losses)
    layer = np.maximum(total - policy.deductible, 0.0)
    if policy.limit is not None:
        layer = np.minimum(layer, policy.limit)
    rate = np.divide(policy.share * layer, total, out=np.zeros_like(total), where=total > 0.0)
    return {name: rate * loss for name, loss in losses.items()}


def capped_by_year(policy: Insurance, paid: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the payments of a year within the policy's annual limit, in proportion."""
    if policy.annual_limit is None:
        return dict(paid)
    total = _sum(paid)
    kept = np.minimum(total, policy.annual_limit)
    rate = np.divide(kept, total, out=np.ones_like(total), where=total > 0.0)
    return {name: rate * one for name, one in paid.items()}


def _sum(amounts: Mapping[str, Floats]) -> Floats:
    """Return the sum over impacts, added in their order whatever the block size."""
    first, *others = amounts.values()
    return np.asarray(sum(others, first))
