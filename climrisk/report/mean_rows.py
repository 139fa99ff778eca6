"""Yearly means taken apart: rows of the sheet that works them out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from climrisk.names import Language

__all__ = ["FACTORS", "AnnualMeans", "ImpactMean", "ItemYear"]

FACTORS: Final = ("occurrence", "severity", "measures", "borne", "exposure", "to_net")
"""What is multiplied, in the order of the columns."""


@dataclass(frozen=True)
class ImpactMean:
    """One impact of an item in a year.

    Attributes
    ----------
    impact : str
        Its id within the item.
    falls_on : str
        Title of the exposure or revenue line of a share; empty for an amount.
    factors : tuple of float
        In the order of `FACTORS`; their product is the exact expected effect on net [million].
    """

    impact: str
    falls_on: str
    factors: tuple[float, ...]


@dataclass(frozen=True)
class ItemYear:
    """One item in one year.

    Attributes
    ----------
    item : str
        Id and title.
    year : int
    impacts : tuple of ImpactMean
        The item's expected effect on net is their sum.
    simulated, error : float
        Simulated mean and its standard error [million].
    key : str
        Key of `climrisk explain` for the simulated mean.
    """

    item: str
    year: int
    impacts: tuple[ImpactMean, ...]
    simulated: float
    error: float
    key: str


@dataclass(frozen=True)
class AnnualMeans:
    """Exact yearly means of a run's items beside the simulated ones.

    Attributes
    ----------
    language : {"en", "zh-Hant", "zh-Hans"}
        Of its titles.
    scenario : str
        Title of the scenario.
    unit : str
        Of money, with the price year.
    years : tuple of ItemYear
    without : tuple of (str, str)
        Items without a closed form: id and title, and the reason, a name of `engine.REASONS` or
        `unassessed`.
    """

    language: Language
    scenario: str
    unit: str
    years: tuple[ItemYear, ...]
    without: tuple[tuple[str, str], ...]
