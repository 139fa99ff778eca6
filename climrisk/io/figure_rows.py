"""Figures of several variables as the rows of one tidy table, in the order of their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from climrisk.names import ALL_YEARS, NET

__all__ = ["Figure", "coded", "constant", "figure_rows"]

Floats = NDArray[np.float64]

_STANDS_FOR: Final = {"curve": "subject", "headline": "subject"}
"""Dimensions that hold some labels of another one."""
_WITHOUT: Final = {"channel": NET, "horizon": ALL_YEARS}
"""Where figures stand that lack a dimension."""


class Figure(NamedTuple):
    """A statistic in the rows.

    Parameters
    ----------
    statistic : str
        Its name.
    variable : str
        Where it stands in the results, and with `_se` its standard error.
    at : dict of dimension to position
        Which of the variable's quantiles or levels it is.
    unit : str
        `1` for shares; nothing for amounts.
    """

    statistic: str
    variable: str
    at: Mapping[str, int] = {}
    unit: str = ""


def figure_rows(
    results: xr.Dataset, axes: Mapping[str, Sequence[Any]], figures: Sequence[Figure]
) -> pd.DataFrame:
    """Return a row for each value that is there, with its standard error.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    axes : mapping of dimension to labels
        Columns and their labels, in the order by which rows are sorted; statistics come last.
    figures : sequence of Figure
        What is told.

    Returns
    -------
    DataFrame
        The columns of `axes`, then `statistic, value, standard_error, unit`.
    """
    values = np.stack([_on_axes(results, one.variable, one.at, axes) for one in figures], axis=-1)
    errors = [_on_axes(results, f"{one.variable}_se", one.at, axes) for one in figures]
    there = ~np.isnan(values)
    *places, statistic = np.nonzero(there)
    columns = {
        name: _labelled(place, labels)
        for place, (name, labels) in zip(places, axes.items(), strict=True)
    }
    units = sorted({one.unit for one in figures})
    return pd.DataFrame(
        columns
        | {
            "statistic": _labelled(statistic, [one.statistic for one in figures]),
            "value": values[there],
            "standard_error": np.stack(errors, axis=-1)[there],
            "unit": _labelled(
                np.array([units.index(one.unit) for one in figures])[statistic], units
            ),
        }
    )


def constant(text: str, rows: int) -> pd.Categorical[Any]:
    """Return a column that says the same in every row."""
    return coded(np.zeros(rows, dtype=np.int8), [text])


def coded(places: NDArray[np.integer[Any]], texts: Sequence[str]) -> pd.Categorical[Any]:
    """Return a column of texts by their places among `texts`, so that each is held once."""
    held: Any = np.array(texts, dtype=object)
    return pd.Categorical.from_codes(places, categories=held)


def _on_axes(
    results: xr.Dataset,
    variable: str,
    at: Mapping[str, int],
    axes: Mapping[str, Sequence[Any]],
) -> Floats:
    """Return a variable on all axes; NaN where it has no figure."""
    chosen = results[variable].isel(at)
    of_axis = {_STANDS_FOR.get(str(dim), str(dim)): dim for dim in chosen.dims}
    labels = {name: [_WITHOUT.get(name)] for name in axes} | {
        name: chosen[dim].to_numpy().tolist() for name, dim in of_axis.items()
    }
    where = [[axes[name].index(label) for label in labels[name]] for name in axes]
    grid = np.full([len(labels) for labels in axes.values()], np.nan)
    ordered = chosen.transpose(*(of_axis[name] for name in axes if name in of_axis))
    grid[np.ix_(*where)] = ordered.to_numpy().reshape([len(one) for one in where])
    return grid


def _labelled(places: NDArray[np.intp], labels: Sequence[Any]) -> Any:
    """Return a column of labels."""
    if all(isinstance(label, str) for label in labels):
        return coded(places, labels)
    return np.asarray(labels)[places]
