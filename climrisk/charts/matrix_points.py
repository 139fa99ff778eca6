"""Points and arrows of the matrix: where each is drawn, how strong, and which are labelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from climrisk.charts.caption import Caption
from climrisk.charts.matrix_words import detail, label
from climrisk.charts.spacing import spaced

__all__ = ["matrix_arrows", "matrix_points"]

COLUMNS: Final = (
    "item", "label", "detail", "kind", "control", "likelihood", "likelihood_low",
    "likelihood_high", "impact", "low", "high", "expected_per_year", "expected_last", "side",
    "drawn_at", "strength", "labelled",
)  # fmt: skip

LABELLED: Final = 10
"""Labelled points of one picture; a board reads no more."""

APART: Final = 0.03
"""Distance at which two likelihoods can be told apart in the picture, as a share."""
MOST_APART: Final = 0.18
"""Spread of a whole cluster of equal likelihoods, so that nobody is moved by more than half."""

ROUNDED: Final = 6
"""Decimals of a move, so that what needs none is not moved by rounding errors."""


def matrix_points(
    rows: pd.DataFrame,
    titles: Mapping[str, str],
    contours: tuple[float, ...],
    caption: Caption,
) -> pd.DataFrame:
    """Return the points of `MatrixChart` from the rows that have a material year."""
    error = 1.96 * rows["likelihood_se"].fillna(0.0)
    first = ~rows["item"].duplicated()
    size = rows["expected_per_year"].abs().where(first)
    product = rows["likelihood"] * rows["impact"]
    side = rows["kind"].map({"risk": "left", "opportunity": "right"})
    table = rows.assign(
        label=[label(item, titles) for item in rows["item"]],
        side=side,
        likelihood_low=(rows["likelihood"] - error).clip(0.0, 1.0),
        likelihood_high=(rows["likelihood"] + error).clip(0.0, 1.0),
        strength=np.searchsorted(contours, product, side="right"),
        labelled=size.rank(ascending=False, method="first").le(LABELLED),
    )
    table["drawn_at"] = _drawn_at(table)
    table["detail"] = [detail(row, caption) for _, row in table.iterrows()]
    return table[list(COLUMNS)].reset_index(drop=True)


def _drawn_at(points: pd.DataFrame) -> pd.Series[float]:
    """Move the first point of each item apart from its side's others; later ones go along."""
    moved = pd.Series(0.0, index=points["item"].unique())
    first = points.drop_duplicates("item").sort_values(["likelihood", "impact", "item"])
    for _, side in first.groupby("side"):
        gap = min(APART, MOST_APART / max(len(side) - 1, 1))
        wanted = side["likelihood"].to_numpy(dtype=np.float64)
        moved[side["item"].to_numpy()] = np.round(spaced(wanted, gap) - wanted, ROUNDED)
    return points["likelihood"] + points["item"].map(moved).astype(float)


def matrix_arrows(points: pd.DataFrame) -> pd.DataFrame:
    """Return the arrows of `MatrixChart`: one for each item with more than one point."""
    columns = ["item", "side", "impact", "drawn_at", "expected_per_year"]
    start = points.drop_duplicates("item", keep="first")[columns]
    end = points[points["item"].duplicated()].drop_duplicates("item", keep="last")
    both = start.merge(end[["item", *columns[2:]]], on="item", suffixes=("_from", "_to"))
    both["change"] = both["expected_per_year_to"] - both["expected_per_year_from"]
    renamed = both.rename(columns={"drawn_at_from": "at_from", "drawn_at_to": "at_to"})
    return renamed.drop(columns=["expected_per_year_from", "expected_per_year_to"])
