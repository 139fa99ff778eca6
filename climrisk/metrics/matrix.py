"""Points of the risk-opportunity matrix: how likely a material year is, and what it brings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats, Integers, extremes, series_rows, tiles
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.histogram import Histogram
from climrisk.metrics.proportion import proportion_error
from climrisk.metrics.ratio import RatioOfSums
from climrisk.names import QUANTILES

__all__ = ["MaterialYears", "MatrixPoints"]


@dataclass(frozen=True, eq=False)
class MatrixPoints:
    """What the matrix shows of each item in each horizon; all (item, horizon).

    Parameters
    ----------
    likelihood, likelihood_se : ndarray
        Probability of at least one material year in the horizon, with its standard error.
    likelihood_per_year : ndarray
        Mean share of the horizon's years that are material.
    impact_mean, impact_mean_se : ndarray
        Mean net effect in a material year, with its standard error clustered by draw; the mean
        is NaN without a material year, the error with fewer than two draws that have one.
    impact_p5, impact_p50, impact_p95 : ndarray
        Percentiles of the net effect in a material year, the horizon's years pooled.
    """

    likelihood: Floats
    likelihood_se: Floats
    likelihood_per_year: Floats
    impact_mean: Floats
    impact_mean_se: Floats
    impact_p5: Floats
    impact_p50: Floats
    impact_p95: Floats


class MaterialYears:
    """Tally of the years in which an item's net effect passes a threshold on its own side.

    Parameters
    ----------
    items, horizons : int
        Their numbers.
    step, scale : float
        Grid of the effects and their likely size, powers of two as in `Moments`.
    bins_per_octave : int, optional
        A power of two; percentiles are within its reciprocal, relative.
    floor : float, optional
        A power of two; smaller effects are left out of the percentiles.

    Raises
    ------
    ValueError
        If `step`, `scale`, `bins_per_octave` or `floor` is not a power of two in its range.
    """

    def __init__(
        self,
        items: int,
        horizons: int,
        step: float,
        scale: float,
        bins_per_octave: int = 64,
        floor: float = 2.0**-20,
    ) -> None:
        self.items = items
        self.horizons = horizons
        self._impact = RatioOfSums((items, horizons), step, scale)
        self._years = np.zeros(horizons, dtype=np.int64)
        self._histograms = [Histogram((items,), bins_per_octave, floor) for _ in range(horizons)]

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._impact.nbytes + sum(histogram.nbytes for histogram in self._histograms)

    @property
    def draws(self) -> int:
        """Draws added so far."""
        return self._impact.draws

    def add(
        self,
        net: npt.ArrayLike,
        sides: npt.ArrayLike,
        threshold: float,
        horizons: Sequence[slice],
    ) -> None:
        """Add a block of draws.

        Parameters
        ----------
        net : array_like
            Net effects on the grid, (item, year, draw).
        sides : array_like of int
            -1 for a risk, +1 for an opportunity, (item,).
        threshold : float
            Magnitude that a year's effect must pass to be material, in the unit of `net`.
        horizons : sequence of slice
            Positions of each horizon's years on the year axis, (horizon,).

        Raises
        ------
        ValueError
            If an argument is not as described.
        SeriesOverflowError
            If an effect is not finite; its series is item * years + year.
        """
        effects = self._checked(net, threshold)
        spans = self._spans(horizons, effects.shape[1])
        signs = self._sides(sides)
        draws = effects.shape[-1]
        self._years += [draws * (years.stop - years.start) for years in spans]
        if compiled_counting() is None:
            self._add(effects, signs, threshold, spans)
        else:
            self._add_compiled(np.ascontiguousarray(effects), signs, threshold, spans)

    def _add(self, effects: Floats, signs: Integers, threshold: float, spans: list[slice]) -> None:
        material = signs[:, np.newaxis, np.newaxis] * effects > threshold
        beyond = np.where(material, effects, 0.0)
        for histogram, years in zip(self._histograms, spans, strict=True):
            within = beyond[:, years]
            histogram.add(within.reshape(self.items, math.prod(within.shape[1:])))  # none: (0, n)
        self._impact.add(
            np.stack([beyond[:, years].sum(axis=1) for years in spans], axis=1),
            np.stack([material[:, years].sum(axis=1) for years in spans], axis=1),
        )

    def _add_compiled(
        self, effects: Floats, signs: Integers, threshold: float, spans: list[slice]
    ) -> None:
        counting = compiled_counting()
        assert counting is not None
        shape = (self.items, self.horizons, effects.shape[-1])
        amounts, often = np.empty(shape), np.empty(shape, dtype=np.int64)
        of = (effects, signs, float(threshold))
        for number, (histogram, years) in enumerate(zip(self._histograms, spans, strict=True)):
            within = (*of, years.start, years.stop)
            counting.material_years(*within, amounts[:, number], often[:, number])
            of_draws = shape[-1] * (years.stop - years.start)
            count = counting.count_material
            if histogram.count_with(count, self.items, of_draws, *within) >= 0:
                self._add(effects, signs, threshold, spans)  # says why
        self._impact.add(amounts, often)

    def merge(self, other: MaterialYears) -> None:
        """Add the tally of other draws of the same items.

        Parameters
        ----------
        other : MaterialYears
            Built with the same arguments.

        Raises
        ------
        ValueError
            If it was not.
        """
        if (other.items, other.horizons) != (self.items, self.horizons):
            raise ValueError(
                f"merge: found {other.items} items and {other.horizons} horizons, "
                f"allowed {self.items} and {self.horizons}"
            )
        for mine, theirs in zip(self._histograms, other._histograms, strict=True):
            mine.merge(theirs)
        self._years += other._years
        self._impact.merge(other._impact)

    def points(self) -> MatrixPoints:
        """Return the points of the matrix.

        Returns
        -------
        MatrixPoints
            Likelihoods and impacts, (item, horizon); likelihoods NaN without draws.
        """
        draws = self.draws or math.nan
        years = np.where(self._years > 0, self._years, np.nan)
        likelihood = self._impact.drawn / draws
        p5, p50, p95 = np.moveaxis(self._percentiles(), -1, 0)
        return MatrixPoints(
            likelihood=likelihood,
            likelihood_se=proportion_error(likelihood, draws),
            likelihood_per_year=self._impact.occasions / years,
            impact_mean=self._impact.mean(),
            impact_mean_se=self._impact.standard_error(),
            impact_p5=p5,
            impact_p50=p50,
            impact_p95=p95,
        )

    def _percentiles(self) -> Floats:
        """Return quantiles of the effects of material years, (item, horizon, quantile)."""
        every = slice(0, self.items)
        views = [one.distribution(every, with_zeros=False) for one in self._histograms]
        return np.stack([effects.quantile(QUANTILES) for effects in views], axis=1)

    def _checked(self, net: npt.ArrayLike, threshold: float) -> Floats:
        effects = np.asarray(net, dtype=np.float64)
        if effects.ndim != 3 or len(effects) != self.items:
            allowed = f"({self.items}, years, draws)"
            raise ValueError(f"net: found shape {effects.shape}, allowed {allowed}")
        if not 0 <= threshold < math.inf:
            raise ValueError(f"threshold: found {threshold}, allowed 0 or more")
        if compiled_counting() is None or not np.isfinite(effects).all():
            for tile in tiles(series_rows(effects, effects.shape[:-1])):
                extremes(tile)
        return effects

    def _sides(self, sides: npt.ArrayLike) -> Integers:
        signs = np.asarray(sides, dtype=np.int64)
        if signs.shape != (self.items,) or not np.isin(signs, (-1, 1)).all():
            allowed = f"-1 or +1 for each of {self.items} items"
            raise ValueError(f"sides: found {signs.tolist()}, allowed {allowed}")
        return signs

    def _spans(self, horizons: Sequence[slice], years: int) -> list[slice]:
        spans = [slice(*span.indices(years)) for span in horizons]
        regular = all(span.step == 1 and span.start < span.stop for span in spans)
        if len(spans) != self.horizons or not regular:
            allowed = f"{self.horizons} slices of consecutive years out of {years}"
            raise ValueError(f"horizons: found {list(horizons)}, allowed {allowed}")
        return spans
