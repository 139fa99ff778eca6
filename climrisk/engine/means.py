"""Means of quantities, worked out once: some need quadrature."""

from __future__ import annotations

from functools import lru_cache

from climrisk.domain.quantities import Quantity

__all__ = ["mean_of"]


@lru_cache(maxsize=1024)
def mean_of(stated: Quantity) -> float:
    """Return the expected value of a quantity, in its own unit."""
    return stated.mean()
