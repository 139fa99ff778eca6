"""Every variable of the results: dimensions, unit and a name that a board could read."""

from __future__ import annotations

from typing import Final, NamedTuple

from climrisk.names import MONEY_UNIT

__all__ = ["VARIABLES", "Variable"]


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


def _pair(name: str, dims: tuple[str, ...], unit: str, long_name: str) -> dict[str, Variable]:
    """Return a figure and its Monte Carlo standard error."""
    return {
        name: Variable(dims, unit, long_name),
        f"{name}_se": Variable(dims, unit, f"Monte Carlo standard error of the {long_name}"),
    }


VARIABLES: Final[dict[str, Variable]] = {
    **_pair("mean", _SUM, MONEY_UNIT, "mean effect, undiscounted sum over the horizon"),
    **_pair("mean_change", _SUM, MONEY_UNIT, "mean effect beyond base-year climate and policy"),
    **_pair("sd", _SUM, MONEY_UNIT, "standard deviation of the effect over the horizon"),
    **_pair("percentile", (*_SUM, "quantile"), MONEY_UNIT, "percentile of the effect"),
    **_pair("loss_var", (*_SUM, "level"), MONEY_UNIT, "value at risk of the loss"),
    **_pair("loss_tvar", (*_SUM, "level"), MONEY_UNIT, "tail value at risk of the loss"),
    **_pair(
        "probability",
        (*_RUN, "subject", "horizon"),
        "1",
        "probability of at least one material year",
    ),
    **_pair("npv_mean", (*_RUN, "subject"), MONEY_UNIT, "mean net present value of net"),
    **_pair(
        "npv_percentile",
        (*_RUN, "subject", "quantile"),
        MONEY_UNIT,
        "percentile of the net present value of net",
    ),
    **_pair("annual_mean", _YEAR, MONEY_UNIT, "mean effect of the year"),
    **_pair(
        "annual_percentile",
        (*_RUN, "headline", "year", "quantile"),
        MONEY_UNIT,
        "percentile of net of the year",
    ),
    "likelihood_per_year": Variable(_POINT, "1", "mean probability of a material year"),
    **_pair("impact_mean", _POINT, MONEY_UNIT, "mean net effect in a material year"),
    "impact_percentile": Variable(
        (*_POINT, "quantile"), MONEY_UNIT, "percentile of the net effect in a material year"
    ),
    "expected_per_year": Variable(_POINT, "million/year", "mean net effect a year"),
    "rank_expected": Variable(_POINT, "1", "rank by mean effect, among its kind"),
    "rank_tail": Variable(_POINT, "1", "rank by the mean of the outermost 5 %, among its kind"),
    **_pair("exceedance_loss", _CURVE, MONEY_UNIT, "loss of a year at the return period"),
    "exact_mean": Variable(
        (*_RUN, "item", "channel", "horizon"), MONEY_UNIT, "exact mean effect before exposure caps"
    ),
    "exact_z": Variable(
        (*_RUN, "item", "channel", "horizon"),
        "1",
        "Monte Carlo mean minus exact mean, in standard errors",
    ),
}
