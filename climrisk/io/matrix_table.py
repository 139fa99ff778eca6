"""The rows of `matrix.csv`: every item in each scenario, control and horizon."""

from __future__ import annotations

from typing import Final

import pandas as pd
import xarray as xr

__all__ = ["matrix_columns", "matrix_rows"]

_COLUMNS: Final = [
    "scenario",
    "control",
    "horizon",
    "item",
    "kind",
    "category",
    "likelihood",
    "likelihood_se",
    "likelihood_per_year",
    "impact_mean",
    "impact_mean_se",
    "impact_p5",
    "impact_p50",
    "impact_p95",
    "expected_per_year",
    "rank_expected",
    "rank_tail",
    "rank_stability",
    "rank_stability_reason",
    "unit",
    "notice",
]
_PER_ITEM: Final = (
    "likelihood_per_year",
    "impact_mean",
    "impact_mean_se",
    "expected_per_year",
    "rank_expected",
    "rank_tail",
    "rank_stability",
)
_ABOUT: Final = ("kind", "category", "rank_stability_reason")
_ORDINAL: Final = ("ordinal_likelihood", "ordinal_impact", "ordinal_score")
_WHOLE_NUMBERS: Final = ("rank_expected", "rank_tail")


def matrix_columns(results: xr.Dataset) -> list[str]:
    """Return the columns of `matrix.csv`, in order; ordinal scores where there are any."""
    last = _COLUMNS.index("unit")
    return [*_COLUMNS[:last], *_ordinal(results), *_COLUMNS[last:]]


def matrix_rows(results: xr.Dataset) -> pd.DataFrame:
    """Return the points of the matrix, without unit and notice.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    """
    order = ("scenario", "control", "horizon", "item")
    bare = {
        name: one.drop_vars((*_ABOUT, "horizon_years"), errors="ignore")
        for name, one in _figures(results).items()
    }
    frame = xr.Dataset(bare).to_dataframe(order).reset_index()
    frame = frame.join(results[list(_ABOUT)].to_dataframe(), on="item")
    for name in (*_WHOLE_NUMBERS, *_ordinal(results)):
        frame[name] = frame[name].astype("Int64")
    return frame


def _ordinal(results: xr.Dataset) -> tuple[str, ...]:
    return tuple(name for name in _ORDINAL if name in results)


def _figures(results: xr.Dataset) -> dict[str, xr.DataArray]:
    of_item = results[["probability", "probability_se"]].sel(subject=results["item"].to_numpy())
    of_item = of_item.rename(subject="item")
    return {
        "likelihood": of_item["probability"],
        "likelihood_se": of_item["probability_se"],
        **{name: results[name] for name in (*_PER_ITEM, *_ordinal(results))},
        **{
            f"impact_{name}": results["impact_percentile"].isel(quantile=position, drop=True)
            for position, name in enumerate(("p5", "p50", "p95"))
        },
    }
