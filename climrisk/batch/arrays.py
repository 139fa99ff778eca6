"""The results of one run as a few arrays, in which all statistics stand side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.metrics.moments import Moments
from climrisk.names import ALL_YEARS, QUANTILES, TAIL_LEVELS

__all__ = [
    "DIFFERENCE",
    "DIFFERENCE_STATISTICS",
    "DIMS",
    "DRAWS",
    "SUMMARY",
    "SUMMARY_STATISTICS",
    "VALUE",
    "VALUE_STATISTICS",
    "labels_of",
    "paired_differences",
    "run_arrays",
    "single_draws",
]

Floats = NDArray[np.float64]

SUMMARY: Final = "summary"
VALUE: Final = "present_value"
DIFFERENCE: Final = "difference"
DRAWS: Final = "draws"

_PERCENTILES: Final = tuple(f"p{100 * level:g}" for level in QUANTILES)
_TAILS: Final = tuple(f"{100 * level:g}" for level in TAIL_LEVELS)
_PLAIN: Final = ("mean", "mean_change", "sd")


def _with_errors(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for name in names for one in (name, f"{name}_se"))


SUMMARY_STATISTICS: Final = _with_errors(
    (
        *_PLAIN,
        *_PERCENTILES,
        *(f"loss_{kind}{level}" for kind in ("var", "tvar") for level in _TAILS),
    )
)
"""Of each subject and channel over a horizon, each with its Monte Carlo error [million]."""
VALUE_STATISTICS: Final = _with_errors(("mean", *_PERCENTILES))
"""Of the net present value of each subject [million]."""
DIFFERENCE_STATISTICS: Final = _with_errors(("difference", "exceeds"))
"""Net of the total against the base run, draw by draw: mean [million], and the probability that it
is greater, ties counted half."""

DIMS: Final[Mapping[str, tuple[str, ...]]] = {
    SUMMARY: ("scenario", "control", "subject", "channel", "horizon", "statistic"),
    VALUE: ("scenario", "control", "subject", "value_statistic"),
    DIFFERENCE: ("scenario", "control", "span", "difference_statistic"),
    DRAWS: ("scenario", "control", "span", "draw"),
}
"""Dimensions of each array; a span is a horizon, or `all` for the present value."""


def labels_of(results: xr.Dataset) -> dict[str, list[str]]:
    """Return the labels of every dimension but `draw`."""
    own = {
        name: results[name].to_numpy().tolist()
        for name in ("scenario", "control", "subject", "channel", "horizon")
    }
    return {
        **own,
        "span": [*own["horizon"], ALL_YEARS],
        "statistic": list(SUMMARY_STATISTICS),
        "value_statistic": list(VALUE_STATISTICS),
        "difference_statistic": list(DIFFERENCE_STATISTICS),
    }


def run_arrays(results: xr.Dataset) -> dict[str, Floats]:
    """Return summary and present value of a run.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.

    Returns
    -------
    dict of float64 array
        `summary` and `present_value`, of the dimensions `DIMS`.
    """
    summary = [results[one].to_numpy()[..., np.newaxis] for name in _PLAIN for one in _pair(name)]
    for name in ("percentile", "loss_var", "loss_tvar"):
        summary.append(_interleaved(results, name))
    value = [results[one].to_numpy()[..., np.newaxis] for one in _pair("npv_mean")]
    value.append(_interleaved(results, "npv_percentile"))
    return {
        SUMMARY: np.concatenate(summary, axis=-1),
        VALUE: np.concatenate(value, axis=-1),
    }


def _pair(name: str) -> tuple[str, str]:
    return name, f"{name}_se"


def _interleaved(results: xr.Dataset, name: str) -> Floats:
    """Return each level of a figure and its error one after the other."""
    figure, error = (results[one].to_numpy() for one in _pair(name))
    return np.stack([figure, error], axis=-1).reshape(*figure.shape[:-1], -1)


def single_draws(results: xr.Dataset) -> Floats:
    """Return net of the total, (scenario, control, span, draw) [million]."""
    value = results["draw_npv"].to_numpy()[:, :, np.newaxis]
    return np.concatenate([results["draw_total"].to_numpy(), value], axis=2)


def paired_differences(draws: Floats, base: Floats, step: float) -> Floats:
    """Return how a run differs from another one on the same draws.

    Parameters
    ----------
    draws, base : float64 array (scenario, control, span, draw)
        Net of the total in both [million].
    step : float
        A power of two of which all amounts of both are multiples [million].

    Returns
    -------
    float64 array (scenario, control, span, difference_statistic)
        Mean of `draws - base` and its standard error s / sqrt(n) [million], and the probability
        that `draws` is greater, ties counted half, with its standard error.
    """
    gaps = draws - base
    count, shape = gaps.shape[-1], gaps.shape[:-1]
    largest = float(np.abs(gaps).max(initial=0.0))
    scale = 2.0 ** math.ceil(math.log2(largest)) if largest > 0.0 else 1.0
    moments = Moments(shape, step, max(scale, step))
    moments.add(gaps)
    greater, equal = (gaps > 0.0).sum(axis=-1), (gaps == 0.0).sum(axis=-1)
    exceeds = (greater + 0.5 * equal) / count
    # the variance of 1, 1/2 and 0; binomial where no draw ties
    spread = (greater + 0.25 * equal) / count - exceeds**2
    error = np.sqrt(np.maximum(spread, 0.0) / count)
    return np.stack([moments.mean(), moments.standard_error(), exceeds, error], axis=-1)
