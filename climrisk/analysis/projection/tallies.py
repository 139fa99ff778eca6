"""Emissions and targets of blocks of draws into tallies of constant size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.projection.lines import summed
from climrisk.analysis.projection.plan import ProjectionPlan
from climrisk.analysis.projection.planned_target import PlannedTarget
from climrisk.ghg.projection import Projected
from climrisk.ghg.target_odds import first_missed
from climrisk.metrics.moments import Moments
from climrisk.metrics.tally import Tally

__all__ = ["EmissionTallies", "TargetTallies"]

Floats = NDArray[np.float64]

EMISSION_BINS = 256
TARGET_BINS = 512
"""Bins to an octave; a stated decimal is often less than one part in a hundred."""
SCALE_TO_FLOOR = 2.0**-21
RELATIVE_SCALE = 2.0**8
RELATIVE_STEP = 2.0**-33
"""Targets are tallied as multiples of their base-year figure."""


class EmissionTallies:
    """Emissions by line and year, in one scenario under one control.

    Parameters
    ----------
    plan : ProjectionPlan

    Attributes
    ----------
    moments : Moments (line without a range, year)
        Of the lines that only the mean is told of [tCO2e].
    ranges : Tally (line with a range, year)
        Of those that percentiles are told of as well [tCO2e].
    """

    def __init__(self, plan: ProjectionPlan) -> None:
        self._lines = plan.lines
        years = len(plan.settings.years)
        grid = (plan.step, plan.scale)
        self._ranged = [place for place, one in enumerate(plan.lines) if one.ranged]
        self._plain = [place for place, one in enumerate(plan.lines) if not one.ranged]
        self.moments = Moments((len(self._plain), years), *grid)
        floor = plan.scale * SCALE_TO_FLOOR
        self.ranges = Tally((len(self._ranged), years), *grid, EMISSION_BINS, floor)
        self._step = plan.step

    def add(self, found: Projected) -> None:
        """Add the emissions of a block of draws."""
        self.moments.add(self._summed(self._plain, found))
        self.ranges.add(self._summed(self._ranged, found))

    def merge(self, other: EmissionTallies) -> None:
        """Add the tallies of other draws."""
        self.moments.merge(other.moments)
        self.ranges.merge(other.ranges)

    def _summed(self, places: list[int], found: Projected) -> Floats:
        emitted = np.stack([summed(self._lines[place], found) for place in places])
        emitted *= 1.0 / self._step  # a power of two
        np.rint(emitted, out=emitted)  # parts of a site leave the grid
        emitted *= self._step
        return emitted

    def means(self) -> tuple[Floats, Floats]:
        """Return the means of every line and their errors, (line, year) [tCO2e]."""
        order = np.argsort([*self._plain, *self._ranged])
        mean = np.concatenate([self.moments.mean(), self.ranges.mean()])
        error = np.concatenate([self.moments.standard_error(), self.ranges.mean_error()])
        return mean[order], error[order]


class TargetTallies:
    """Figures of the targets by year, in one scenario under one control.

    Parameters
    ----------
    plan : ProjectionPlan

    Attributes
    ----------
    ranges : Tally (target, year)
        Figure over that of the base year.
    met_stated, met_unrounded : int64 array (target, year)
        Draws within the limits, rounded half-up to the stated decimals, and unrounded.
    first : int64 array (target, year + 1)
        Draws by the first year that misses; the last is never. Years before a target is due are
        left out.
    """

    def __init__(self, plan: ProjectionPlan) -> None:
        self._targets = plan.targets
        shape = (len(plan.targets), len(plan.settings.years))
        floor = RELATIVE_SCALE * SCALE_TO_FLOOR
        self.ranges = Tally(shape, RELATIVE_STEP, RELATIVE_SCALE, TARGET_BINS, floor)
        self.met_stated = np.zeros(shape, dtype=np.int64)
        self.met_unrounded = np.zeros(shape, dtype=np.int64)
        self.first = np.zeros((shape[0], shape[1] + 1), dtype=np.int64)

    @property
    def count(self) -> int:
        """Draws added so far."""
        return self.ranges.count

    def add(self, found: Projected) -> None:
        """Add the targets' figures of a block of draws."""
        ratios = []
        for place, target in enumerate(self._targets):
            metric = target.metric(found)
            stated, unrounded = target.within(metric)
            self.met_stated[place] += np.count_nonzero(stated, axis=1)
            self.met_unrounded[place] += np.count_nonzero(unrounded, axis=1)
            missed = first_missed(stated | ~target.due[:, np.newaxis])
            self.first[place] += np.bincount(missed, minlength=self.first.shape[1])
            ratios.append(np.rint(metric / (reference(target) * RELATIVE_STEP)) * RELATIVE_STEP)
        self.ranges.add(np.stack(ratios))

    def merge(self, other: TargetTallies) -> None:
        """Add the tallies of other draws."""
        self.ranges.merge(other.ranges)
        self.met_stated += other.met_stated
        self.met_unrounded += other.met_unrounded
        self.first += other.first

    def percentiles(self, p: tuple[float, ...]) -> tuple[Floats, Floats]:
        """Return quantiles of the figures and their errors, (target, year, p), in their units."""
        size = np.array([reference(one) for one in self._targets])[:, np.newaxis, np.newaxis]
        return self.ranges.quantile(p) * size, self.ranges.quantile_error(p) * size


def reference(target: PlannedTarget) -> float:
    """Return what a target's figures are tallied as multiples of: the base year's, if not 0."""
    return abs(target.base) or 1.0
