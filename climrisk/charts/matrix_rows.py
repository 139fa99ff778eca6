"""The rows of matrix.csv that one picture draws, checked, with amounts turned into magnitudes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from climrisk.names import Kind

__all__ = ["material_rows", "selected_rows"]

AMOUNTS: Final = ("impact_mean", "impact_p5", "impact_p95", "expected_per_year")
NUMBERS: Final = ("likelihood", "likelihood_se", *AMOUNTS)
NEEDED: Final = ("scenario", "control", "horizon", "item", "kind", *NUMBERS)
SIGN: Final[dict[Kind, int]] = {"risk": -1, "opportunity": 1}


def selected_rows(
    matrix: pd.DataFrame, scenario: str, horizon: str, controls: Sequence[str]
) -> pd.DataFrame:
    """Return the rows of one scenario and horizon, by item and in the order of `controls`.

    Raises
    ------
    ValueError
        If a column is missing, an id is not in the table, an item stands twice or a likelihood
        is not between 0 and 1.
    """
    absent = [column for column in NEEDED if column not in matrix.columns]
    if absent:
        raise ValueError(f"matrix: found no column {', '.join(absent)}; allowed: as in matrix.csv")
    wanted = {"scenario": [scenario], "horizon": [horizon], "control": [*controls]}
    chosen = pd.Series(True, index=matrix.index, dtype=bool)
    for column, ids in wanted.items():
        _refuse_unknown(matrix, column, ids)
        chosen &= matrix[column].isin(ids)
    # an empty table has no types of its own
    rows = matrix[chosen].astype(dict.fromkeys(NUMBERS, np.float64))
    _refuse_bad(rows)
    by_control = rows["control"].map({control: rank for rank, control in enumerate(controls)})
    ordered = rows.assign(rank=by_control).sort_values(["item", "rank"], ignore_index=True)
    return ordered.drop(columns="rank")


def material_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a material year, with `impact, low, high` as magnitudes.

    `expected_last` is the expected effect with the last control, material year or not.
    A later control is left out where it changes nothing: there is nothing to draw.

    Raises
    ------
    ValueError
        If an impact lies on the wrong side of zero for its kind.
    """
    last = rows.groupby("item")["expected_per_year"].transform("last")
    rows = rows.assign(expected_last=last)
    material = rows[(rows["likelihood"] > 0) & rows["impact_mean"].notna()]
    first = material.groupby("item")[["likelihood", *AMOUNTS]].transform("first")
    same = (material[["likelihood", *AMOUNTS]] == first).all(axis=1)
    kept = material[~(same & material["item"].duplicated())]
    sign = kept["kind"].map(SIGN).astype(np.float64)
    ends = pd.concat([sign * kept["impact_p5"], sign * kept["impact_p95"]], axis=1)
    drawn = kept.assign(
        impact=sign * kept["impact_mean"], low=ends.min(axis=1), high=ends.max(axis=1)
    )
    _refuse_wrong_side(drawn)
    return drawn


def _refuse_unknown(matrix: pd.DataFrame, column: str, ids: Sequence[str]) -> None:
    known = sorted(matrix[column].unique())
    unknown = [name for name in ids if name not in known]
    if unknown and known:
        raise ValueError(f"{column}: found {', '.join(unknown)}, allowed {', '.join(known)}")


def _refuse_bad(rows: pd.DataFrame) -> None:
    twice = rows[rows.duplicated(["item", "control"])]
    if len(twice):
        raise ValueError(f"item: found {twice['item'].iloc[0]} twice, allowed once a control")
    unknown = rows[~rows["kind"].isin(list(SIGN))]
    if len(unknown):
        raise ValueError(
            f"kind of {unknown['item'].iloc[0]}: found {unknown['kind'].iloc[0]}, "
            "allowed risk, opportunity"
        )
    outside = rows[(rows["likelihood"] < 0) | (rows["likelihood"] > 1)]
    if len(outside):
        row = outside.iloc[0]
        raise ValueError(f"likelihood of {row['item']}: found {row['likelihood']}, allowed 0 to 1")


def _refuse_wrong_side(drawn: pd.DataFrame) -> None:
    magnitudes = drawn[["impact", "low", "high"]]
    good = ((magnitudes > 0) & np.isfinite(magnitudes)).all(axis=1)
    if not good.all():
        row = drawn[~good].iloc[0]
        side = "below" if row["kind"] == "risk" else "above"
        raise ValueError(
            f"impact of {row['item']}: found {row['impact_p5']} to {row['impact_p95']}, "
            f"allowed finite amounts {side} 0 for a {row['kind']} in a material year"
        )
