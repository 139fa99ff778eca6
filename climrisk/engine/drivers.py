"""Driver series on an annual grid, for each draw's model and percentile.

Every scenario starts from the reference scenario's value in the base year and runs linearly to its
own first given later year, so no scenario starts with a jump. Nothing is extrapolated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.scenario import Driver, Response
from climrisk.portable.arrays import normal_quantile

__all__ = ["Picks", "PlannedDriver", "PlannedResponse", "Series", "plan_driver"]

Floats = NDArray[np.float64]
_OnGrid = Callable[[Mapping[int, float]], Floats]


@dataclass(frozen=True)
class Picks:
    """One model and one percentile a draw, the same for all scenarios, items and years.

    Parameters
    ----------
    model : int64 array (draw,)
        Position of the model among the plan's models.
    score : float64 array (draw,)
        Normal score of the percentile.
    """

    model: NDArray[np.int64]
    score: Floats


@dataclass(frozen=True)
class Series:
    """Variants of one series on an annual grid.

    Parameters
    ----------
    values : float64 array (variant, year)
        One row for each model or percentile, or a single row.
    scores : float64 array (variant,) or None
        Normal scores of the rows where they are percentiles.
    """

    values: Floats
    scores: Floats | None

    def at(self, picks: Picks, limits: tuple[float, float]) -> Floats:
        """Return the values for each draw, (year, draw); percentiles are linear in normal scores.

        Parameters
        ----------
        picks : Picks
            The draws' models and percentiles.
        limits : tuple of float
            Lowest and highest normal score that the driver's series cover; picks are clipped.
        """
        if self.values.shape[0] == 1:
            return np.repeat(self.values.T, picks.score.size, axis=1)
        if self.scores is None:
            return np.ascontiguousarray(self.values[picks.model].T)
        score = np.clip(picks.score, *limits)
        below = np.clip(np.searchsorted(self.scores, score) - 1, 0, self.scores.size - 2)
        gap = self.scores[below + 1] - self.scores[below]
        weight = (score - self.scores[below]) / gap
        low, high = self.values[below].T, self.values[below + 1].T
        return np.ascontiguousarray(low + weight * (high - low))


@dataclass(frozen=True)
class PlannedDriver:
    """A stated driver in every scenario that the plan needs.

    Parameters
    ----------
    base : Series
        Reference scenario in the base year, one column.
    own : mapping of scenario to Series
        The scenario's own part of each year's value.
    base_weight : mapping of scenario to float64 array (year,)
        The base value's part of each year's value; falls to 0 at the first given later year.
    score_limits : tuple of float
        Normal scores that every percentile series of the driver covers.
    factor : float
        From the scenario's unit to the study's.
    """

    base: Series
    own: Mapping[str, Series]
    base_weight: Mapping[str, Floats]
    score_limits: tuple[float, float]
    factor: float

    def base_at(self, picks: Picks) -> Floats:
        """Return the base-year value of each draw, (draw,)."""
        return np.asarray(self.base.at(picks, self.score_limits)[0] * self.factor)

    def path_at(self, scenario: str, picks: Picks) -> Floats:
        """Return the scenario's value of each year and draw, (year, draw)."""
        own = self.own[scenario].at(picks, self.score_limits) * self.factor
        return own + self.base_weight[scenario][:, None] * self.base_at(picks)


@dataclass(frozen=True)
class PlannedResponse:
    """A hazard that responds to a driver: linear between points, held at both ends."""

    parent: str
    inputs: Floats
    outputs: Floats

    def of(self, values: Floats) -> Floats:
        """Return the response to driver values of any shape."""
        return np.asarray(np.interp(values, self.inputs, self.outputs))

    @classmethod
    def planned(cls, response: Response) -> PlannedResponse:
        """Return the response with its points as arrays."""
        inputs, outputs = np.array(response.points).T
        return cls(response.driver, inputs, outputs)


def plan_driver(
    stated: Mapping[str, Driver],
    reference: str,
    base_year: int,
    years: tuple[int, ...],
    models: tuple[str, ...],
    factor: float,
) -> PlannedDriver:
    """Return a driver on the annual grid of `years` in every scenario of `stated`."""
    base = _rows(stated[reference], models, lambda path: _interpolated(path, (base_year,)))
    own = {
        scenario: _rows(driver, models, lambda path: _own_part(path, base_year, years))
        for scenario, driver in stated.items()
    }
    weight = {
        scenario: _base_weight(driver.paths()[0], base_year, years)
        for scenario, driver in stated.items()
    }
    return PlannedDriver(base, own, weight, _score_limits(base, own), factor)


def _rows(driver: Driver, models: tuple[str, ...], on_grid: _OnGrid) -> Series:
    if driver.models is not None:
        return Series(np.array([on_grid(driver.models[model]) for model in models]), None)
    if driver.quantiles is not None:
        levels = sorted(driver.quantiles, key=lambda label: int(label[1:]))
        scores = normal_quantile(np.array([int(label[1:]) / 100 for label in levels]))
        return Series(np.array([on_grid(driver.quantiles[label]) for label in levels]), scores)
    return Series(np.array([on_grid(driver.path or {})]), None)


def _interpolated(path: Mapping[int, float], years: tuple[int, ...]) -> Floats:
    knots = sorted(path)
    return np.interp(years, knots, [path[year] for year in knots])


def _base_weight(path: Mapping[int, float], base_year: int, years: tuple[int, ...]) -> Floats:
    first = min(year for year in path if year > base_year)
    return np.clip((first - np.array(years)) / (first - base_year), 0.0, 1.0)


def _own_part(path: Mapping[int, float], base_year: int, years: tuple[int, ...]) -> Floats:
    later = {year: value for year, value in path.items() if year > base_year}
    return _interpolated(later, years) * (1.0 - _base_weight(path, base_year, years))


def _score_limits(base: Series, own: Mapping[str, Series]) -> tuple[float, float]:
    scored = [series.scores for series in (base, *own.values()) if series.scores is not None]
    if not scored:
        return (-np.inf, np.inf)
    return max(float(s[0]) for s in scored), min(float(s[-1]) for s in scored)
