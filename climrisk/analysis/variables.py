"""Every variable of the results: dimensions, unit and a name that a board could read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.names import MONEY_UNIT

__all__ = ["VARIABLES", "Variable", "labelled", "with_error"]


class Variable(NamedTuple):
    """What one variable of the dataset is."""

    dims: tuple[str, ...]
    unit: str
    long_name: str


_RUN: Final = ("scenario", "control")
_SUM: Final = (*_RUN, "subject", "channel", "horizon")
_YEAR: Final = (*_RUN, "subject", "channel", "year")
_POINT: Final = (*_RUN, "item", "horizon")
_CURVE: Final = (*_RUN, "curve", "curve_year", "basis", "return_period")


def with_error(name: str, dims: tuple[str, ...], unit: str, long_name: str) -> dict[str, Variable]:
    """Return a figure and its Monte Carlo standard error."""
    return {
        name: Variable(dims, unit, long_name),
        f"{name}_se": Variable(dims, unit, f"Monte Carlo standard error of the {long_name}"),
    }


VARIABLES: Final[dict[str, Variable]] = {
    **with_error("mean", _SUM, MONEY_UNIT, "mean effect, undiscounted sum over the horizon"),
    **with_error(
        "mean_change", _SUM, MONEY_UNIT, "mean effect beyond base-year climate and policy"
    ),
    **with_error("sd", _SUM, MONEY_UNIT, "standard deviation of the effect over the horizon"),
    **with_error("percentile", (*_SUM, "quantile"), MONEY_UNIT, "percentile of the effect"),
    **with_error("loss_var", (*_SUM, "level"), MONEY_UNIT, "value at risk of the loss"),
    **with_error("loss_tvar", (*_SUM, "level"), MONEY_UNIT, "tail value at risk of the loss"),
    **with_error(
        "probability",
        (*_RUN, "subject", "horizon"),
        "1",
        "probability of at least one material year",
    ),
    **with_error(
        "breach_probability",
        (*_RUN, "curve", "horizon"),
        "1",
        "probability of at least one year whose loss passes the appetite",
    ),
    **with_error(
        "annual_breach_probability",
        (*_RUN, "curve", "year"),
        "1",
        "probability that the loss of the year passes the appetite",
    ),
    **with_error("npv_mean", (*_RUN, "subject"), MONEY_UNIT, "mean net present value of net"),
    **with_error(
        "npv_percentile",
        (*_RUN, "subject", "quantile"),
        MONEY_UNIT,
        "percentile of the net present value of net",
    ),
    **with_error("annual_mean", _YEAR, MONEY_UNIT, "mean effect of the year"),
    **with_error(
        "annual_percentile",
        (*_RUN, "headline", "year", "quantile"),
        MONEY_UNIT,
        "percentile of net of the year",
    ),
    "likelihood_per_year": Variable(_POINT, "1", "mean probability of a material year"),
    **with_error("impact_mean", _POINT, MONEY_UNIT, "mean net effect in a material year"),
    "impact_percentile": Variable(
        (*_POINT, "quantile"), MONEY_UNIT, "percentile of the net effect in a material year"
    ),
    "expected_per_year": Variable(_POINT, "million/year", "mean net effect a year"),
    "rank_expected": Variable(_POINT, "1", "rank by mean effect, among its kind"),
    "rank_tail": Variable(_POINT, "1", "rank by the mean of the outermost 5 %, among its kind"),
    **with_error(
        "rank_stability",
        _POINT,
        "1",
        "share of draws whose rank of the expected effect given knowledge is the reported one",
    ),
    **with_error("exceedance_loss", _CURVE, MONEY_UNIT, "loss of a year at the return period"),
    **with_error(
        "exceedance_frequency_loss",
        (*_RUN, "curve_year", "return_period"),
        MONEY_UNIT,
        "loss that one event of the year's risks passes once in the return period on average",
    ),
    "exact_mean": Variable(
        (*_RUN, "item", "channel", "horizon"), MONEY_UNIT, "exact mean effect before exposure caps"
    ),
    "exact_z": Variable(
        (*_RUN, "item", "channel", "horizon"),
        "1",
        "Monte Carlo mean minus exact mean, in standard errors",
    ),
}


def labelled(
    values: Mapping[str, NDArray[np.generic]],
    about: Mapping[str, Variable],
    coords: Mapping[str, object],
) -> xr.Dataset:
    """Return arrays as a dataset, with unit and long_name on each variable.

    Parameters
    ----------
    values : mapping of variable to ndarray
    about : mapping of variable to Variable
        Each of them must be in `values`.
    coords : mapping
        Coordinates of every dimension.
    """
    data = {
        name: (one.dims, values[name], {"units": one.unit, "long_name": one.long_name})
        for name, one in about.items()
    }
    return xr.Dataset(data, coords=dict(coords))
