"""Statistics of one world taken out of the results."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

__all__ = ["QUANTILE_NAMES", "Z95", "chosen", "has_items", "refuse_unknown"]

Floats = NDArray[np.float64]
QUANTILE_NAMES: Final = ("p5", "p50", "p95")
Z95: Final = 1.96
"""Standard errors on either side of a 95 % interval of a mean."""


def chosen(results: xr.Dataset, name: str, **at: str | int) -> Floats:
    """Return a variable at the given coordinates as plain numbers.

    Raises
    ------
    ValueError
        If the results have no such variable or coordinate.
    """
    if name not in results:
        raise ValueError(f"results: found no {name}; allowed: results of analyse that hold it")
    for dimension, value in at.items():
        refuse_unknown(results, dimension, value)
    return np.asarray(results[name].sel(at).to_numpy(), dtype=np.float64)


def refuse_unknown(results: xr.Dataset, dimension: str, value: str | int) -> None:
    """Raise ValueError where a coordinate of the results lacks `value`."""
    known = results[dimension].to_numpy().tolist()
    if value not in known:
        raise ValueError(f"{dimension}: found {value!r}, allowed {', '.join(map(str, known))}")


def has_items(results: xr.Dataset) -> bool:
    """Return whether any item is assessed."""
    return results.sizes["item"] > 0
