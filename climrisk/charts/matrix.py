"""The risk and opportunity matrix as a table: every point, arrow, line and word that is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from climrisk.charts.caption import Caption
from climrisk.charts.matrix_points import matrix_arrows, matrix_points
from climrisk.charts.matrix_rows import material_rows, selected_rows
from climrisk.charts.matrix_words import MatrixWords, matrix_words
from climrisk.i18n import fixed, percent, translate
from climrisk.names import CONTROLS

__all__ = ["Band", "MatrixChart", "matrix_table"]

BANDS: Final = (
    (0.0, "very_unlikely"),
    (0.10, "unlikely"),
    (0.33, "even"),
    (0.66, "likely"),
    (0.90, "very_likely"),
)
"""Disjoint bands after the IPCC's likelihood terms; words beside a continuous axis, no cells."""


@dataclass(frozen=True)
class Band:
    """A stretch of likelihood and its word.

    Attributes
    ----------
    low, high : float
        Edges, as shares.
    word : str
        The word in the chart's language.
    """

    low: float
    high: float
    word: str

    @property
    def edges(self) -> str:
        """Both edges, as printed."""
        return f"{fixed(100 * self.low, 0)}–{percent(self.high)}"


@dataclass(frozen=True, eq=False)
class MatrixChart:
    """Everything that a matrix shows; whoever draws it adds nothing.

    Attributes
    ----------
    points : DataFrame
        One row per item and drawn control: `item, label, detail, kind, control, likelihood,
        likelihood_low, likelihood_high` (±1.96 standard errors), `impact, low, high` (mean and
        P5-P95 of the effect in a material year as magnitudes [million]), `expected_per_year`
        and `expected_last` (signed [million a year], the latter with the last control), `side`
        (left|right), `drawn_at` (likelihood after moving neighbours apart),
        `strength` (0-4, by likelihood × impact), `labelled`.
    arrows : DataFrame
        From the first control to the last, one row per item that moves: `item, side,
        impact_from, at_from, impact_to, at_to, change` (of the expected effect a year [million]).
    bands : tuple of Band
        Words of the likelihood axis.
    amounts : tuple of float
        Ends of the money axis of both sides [million], on a logarithmic scale.
    likelihoods : tuple of float
        Ends of the likelihood axis, as shares; a little beyond 0 and 1.
    contours : tuple of float
        Products likelihood × impact [million] that part the steps of `strength`.
    appetite : float or None
        Loss in a year that the company is willing to bear [million].
    not_assessed, immaterial : tuple of str
        Items without an assessment, and items without a material year in any draw.
    words : MatrixWords
        All texts.
    """

    points: pd.DataFrame
    arrows: pd.DataFrame
    bands: tuple[Band, ...]
    amounts: tuple[float, float]
    likelihoods: tuple[float, float]
    contours: tuple[float, ...]
    appetite: float | None
    not_assessed: tuple[str, ...]
    immaterial: tuple[str, ...]
    words: MatrixWords


def matrix_table(
    matrix: pd.DataFrame,
    titles: Mapping[str, str],
    *,
    scenario: str,
    horizon: str,
    caption: Caption,
    controls: Sequence[str] = CONTROLS,
    appetite: float | None = None,
    not_assessed: Sequence[str] = (),
) -> MatrixChart:
    """Make the chart table of one scenario and horizon.

    Parameters
    ----------
    matrix : DataFrame
        Content of `matrix.csv`.
    titles : mapping of str to str
        Title of every item, in the language of the caption.
    scenario, horizon : str
        Ids, as in `matrix`.
    caption : Caption
        What the texts say about the study and its run.
    controls : sequence of str, default ("current", "residual")
        Controls to draw; arrows lead from the first to the last.
    appetite : float, optional
        Loss in a year that the company is willing to bear [million].
    not_assessed : sequence of str, optional
        Items that the run left out; rows without a likelihood are added to them.

    Returns
    -------
    MatrixChart
        The table of everything drawn.

    Raises
    ------
    ValueError
        If a column is missing, the scenario or horizon is not in the table, an item stands twice,
        a likelihood is not between 0 and 1, or an impact lies on the wrong side of zero.
    """
    _refuse_appetite(appetite)
    rows = selected_rows(matrix, scenario, horizon, controls)
    assessed = rows[rows["likelihood"].notna()]
    absent = tuple(dict.fromkeys([*not_assessed, *rows["item"][rows["likelihood"].isna()]]))
    drawn = material_rows(assessed)
    immaterial = tuple(dict.fromkeys(assessed["item"][~assessed["item"].isin(drawn["item"])]))
    contours = _contours(drawn, appetite)
    points = matrix_points(drawn, titles, contours, caption)
    words = matrix_words(
        points,
        titles,
        caption,
        controls=controls,
        appetite=appetite,
        contours=contours,
        left_out={"not_assessed": absent, "immaterial": immaterial},
    )
    return MatrixChart(
        points=points,
        arrows=matrix_arrows(points),
        bands=_bands(caption),
        amounts=_amount_axis(points, appetite),
        likelihoods=_likelihood_axis(points),
        contours=contours,
        appetite=appetite,
        not_assessed=absent,
        immaterial=immaterial,
        words=words,
    )


def _refuse_appetite(appetite: float | None) -> None:
    if appetite is not None and not 0 < appetite < np.inf:
        raise ValueError(f"appetite: found {appetite}, allowed a finite amount above 0")


def _bands(caption: Caption) -> tuple[Band, ...]:
    edges = [*(low for low, _ in BANDS), 1.0]
    words = (translate(f"likelihood.{word}", caption.language) for _, word in BANDS)
    return tuple(
        Band(low, high, word) for low, high, word in zip(edges, edges[1:], words, strict=False)
    )


def _contours(rows: pd.DataFrame, appetite: float | None) -> tuple[float, ...]:
    """Return four decades below the appetite, so that a colour means the same in every picture."""
    if rows.empty:
        return ()
    top = round(np.log10(appetite or (rows["likelihood"] * rows["impact"]).max()))
    return tuple(10.0**decade for decade in range(top - 3, top + 1))


def _amount_axis(points: pd.DataFrame, appetite: float | None) -> tuple[float, float]:
    """Return an axis with all bars and the appetite, a margin, and at least one decade."""
    held = [*points[["low", "high", "impact"]].to_numpy().ravel()]
    held += [] if appetite is None else [appetite]
    low, high = (min(held) / 1.25, max(held) * 1.25) if held else (1.0, 100.0)
    widen = max(np.sqrt(10.0 * low / high), 1.0)
    return float(low / widen), float(high * widen)


def _likelihood_axis(points: pd.DataFrame) -> tuple[float, float]:
    at = [0.0, 1.0, *points["drawn_at"]]
    return float(min(at)) - 0.03, float(max(at)) + 0.03
