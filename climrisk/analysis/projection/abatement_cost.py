"""What a tonne costs that a measure abates: its net present cost over the tonnes of all years."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.projection.lines import METHODS
from climrisk.analysis.projection.plan import ProjectionPlan
from climrisk.engine.kernel import booked_costs
from climrisk.engine.plan import Plan
from climrisk.engine.planned import with_measure
from climrisk.engine.worlds import Worlds
from climrisk.ghg.projection import Projected
from climrisk.metrics.moments import Moments

__all__ = ["ABATED", "COST", "NET_COST", "PER_TONNE", "SAVING", "AbatementCosts", "abating"]

Floats = NDArray[np.float64]
ABATED, COST, SAVING, NET_COST = "abated", "cost", "saving", "cost_after_saving"
PER_TONNE = "_per_tonne"
MILLION = 1e6
UNIT_STEP, UNIT_SCALE = 2.0**-41, 1.0


def abating(plan: ProjectionPlan, measures: tuple[str, ...]) -> tuple[str, ...]:
    """Return the planned measures that act on a source, in id order."""
    on_sources = {one.measure for one in plan.abatements if not one.inverse}
    return tuple(name for name in measures if name in on_sources)


class AbatementCosts:
    """Cost, saving and tonnes of measures in one scenario, each alone on top of current controls.

    Costs are present values at the study's rate over all years; tonnes are not discounted. What
    is saved on energy is only what `unit_cost` states, and is never in net.

    Parameters
    ----------
    plan : ProjectionPlan
    engine : Plan
        For the costs, the years and the discount factors.
    measures : tuple of str
        As `abating` returns them.
    """

    def __init__(self, plan: ProjectionPlan, engine: Plan, measures: tuple[str, ...]) -> None:
        self._plan, self._engine = plan, engine
        self.measures = measures
        self._tonnes = plan.scale * 2.0 ** math.ceil(math.log2(len(engine.years) + 1))
        self._money = engine.scale
        # cost, saving, cost less saving, tonnes; then what the errors of ratios need
        self._moments = Moments((len(measures), len(METHODS), 6), UNIT_STEP, UNIT_SCALE)

    def add(self, world: Worlds, current: Projected, alone: dict[str, Projected]) -> None:
        """Add a block of draws.

        Parameters
        ----------
        world : Worlds
            For the costs.
        current : Projected
            Under current controls.
        alone : dict of measure to Projected
            With that measure as well.
        """
        rows = [self._amounts(world, name, current, alone[name]) for name in self.measures]
        self._moments.add(np.rint(np.stack(rows) / UNIT_STEP) * UNIT_STEP)

    def merge(self, other: AbatementCosts) -> None:
        """Add what other draws came to."""
        self._moments.merge(other._moments)

    def _amounts(self, world: Worlds, name: str, current: Projected, other: Projected) -> Floats:
        discount = self._engine.discount
        cost = -(discount @ booked_costs(self._engine, world, with_measure(name))) / self._money
        saving = (discount @ self._saved(current, other)) / self._money
        rows = []
        for method in METHODS:
            tonnes = self._abated(current, other, method) / self._tonnes
            net = cost - saving
            rows.append(np.stack([cost, saving, net, tonnes, cost - tonnes, net - tonnes]))
        return np.stack(rows)

    def _saved(self, current: Projected, other: Projected) -> Floats:
        """Return what less activity saves, (year, draw) [million]."""
        saved = np.zeros_like(next(iter(current.activity.values())))
        for name, stated in self._plan.stated.items():
            if stated.unit_cost is not None:
                if other.activity[name] is current.activity[name]:  # the measure leaves it alone
                    continue
                less = current.activity[name] - other.activity[name]
                saved += less * (stated.unit_cost.value / MILLION)
        return saved

    def _abated(self, current: Projected, other: Projected, method: str) -> Floats:
        before, after = (
            (current.market, other.market)
            if method == "market"
            else (current.location, other.location)
        )
        none = np.zeros(next(iter(current.activity.values())).shape[1])
        changed = (name for name in before if after[name] is not before[name])
        return sum(((before[name] - after[name]).sum(axis=0) for name in changed), none)

    def statistics(self) -> dict[str, tuple[Floats, Floats]]:
        """Return mean and standard error by statistic, (measure, method)."""
        mean, error = self._moments.mean(), self._moments.standard_error()
        size = np.array([self._money, self._money, self._money, self._tonnes])
        found = {
            name: (mean[..., place] * size[place], error[..., place] * size[place])
            for place, name in enumerate((COST, SAVING, NET_COST, ABATED))
        }
        for place, name, difference in ((0, COST, 4), (2, NET_COST, 5)):
            of = [place, 3, difference]
            ratio, spread = _ratio(mean[..., of], error[..., of])
            per_tonne = MILLION * self._money / self._tonnes
            found[name + PER_TONNE] = (ratio * per_tonne, spread * per_tonne)
        return found


def _ratio(mean: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Return A / B with its delta-method error, from moments of A, B and A - B.

    var R = (var A - 2 R cov(A, B) + R^2 var B) / B^2, with cov(A, B) =
    (var A + var B - var(A - B)) / 2. Source: Cochran, Sampling Techniques, 2.11.
    """
    above, below, _ = np.moveaxis(mean, -1, 0)
    of_above, of_below, of_difference = np.moveaxis(error**2, -1, 0)
    safe = np.where(below > 0.0, below, np.nan)
    ratio = above / safe
    covariance = (of_above + of_below - of_difference) / 2.0
    variance = of_above - 2.0 * ratio * covariance + ratio**2 * of_below
    return ratio, np.sqrt(np.maximum(variance, 0.0)) / safe
