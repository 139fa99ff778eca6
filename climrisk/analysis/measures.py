"""Cost and benefit of each planned measure alone, on top of the current controls."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.variables import Variable, labelled, with_error
from climrisk.engine.measure_change import MeasureChange, touched_items
from climrisk.engine.plan import Plan
from climrisk.metrics.moments import Moments
from climrisk.metrics.tally import Tally
from climrisk.names import ALL_YEARS, MONEY_UNIT, QUANTILES

__all__ = ["MeasureResults"]

Floats = NDArray[np.float64]
BINS = 64
AMOUNTS = ("cost", "benefit", "net_benefit")
RATIO = "ratio"
_DIMS = ("scenario", "measure", "measure_horizon", "measure_statistic")
VARIABLES = {
    **with_error("measure_mean", _DIMS, MONEY_UNIT, "mean cost, benefit or their ratio"),
    "measure_percentile": Variable(
        (*_DIMS, "quantile"), MONEY_UNIT, "percentile of cost, benefit or net benefit"
    ),
    "measure_remark": Variable(_DIMS[:-1], "1", "what a reader must know of the measure"),
}


class MeasureResults:
    """Tallies of cost, benefit and net benefit, by horizon and as present value.

    Parameters
    ----------
    plan : Plan
        With at least one planned measure.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        spans = len(plan.horizons) + 1
        grid = (plan.step, plan.scale)
        shape = (len(plan.measures), spans, len(AMOUNTS))
        self._amounts = {s: Tally(shape, *grid, bins_per_octave=BINS) for s in plan.scenarios}
        rest = 1 if plan.own_cost is None else 2  # overlap, and own carbon cost if there is any
        self._changes = {
            (scenario, measure): Moments((len(touched_items(plan, measure)) + rest, spans), *grid)
            for scenario in plan.scenarios
            for measure in plan.measures
        }

    def add(self, scenario: str, changes: tuple[MeasureChange, ...]) -> None:
        """Add what every measure changes in a block of draws of one scenario."""
        benefit = np.stack([one.change.sum(axis=0) for one in changes])
        cost = np.stack([one.cost for one in changes])
        self._amounts[scenario].add(np.stack([cost, benefit, benefit - cost], axis=2))
        for one in changes:
            self._changes[scenario, one.measure].add(one.change)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        changes = sum(one.nbytes for one in self._changes.values())
        return changes + sum(one.nbytes for one in self._amounts.values())

    def merge(self, other: MeasureResults) -> None:
        """Add what the measures change in other draws of the same plan."""
        for scenario, amounts in other._amounts.items():
            self._amounts[scenario].merge(amounts)
        for key, changes in other._changes.items():
            self._changes[key].merge(changes)

    def dataset(self) -> xr.Dataset:
        """Return statistics with their errors and remarks, labelled."""
        parts = [_statistics(one) for one in self._amounts.values()]
        values: dict[str, NDArray[np.generic]] = {
            name: np.stack([part[name] for part in parts]) for name in parts[0]
        }
        values["measure_remark"] = np.array(
            [
                [
                    [self._remark(scenario, measure, span) for span in range(self._spans)]
                    for measure in self._plan.measures
                ]
                for scenario in self._plan.scenarios
            ],
            dtype=np.str_,
        )
        return labelled(values, VARIABLES, self._coordinates())

    @property
    def _spans(self) -> int:
        return len(self._plan.horizons) + 1

    def _coordinates(self) -> dict[str, object]:
        lengths = [span.stop - span.start for span in self._plan.horizons.values()]
        return {
            "scenario": list(self._plan.scenarios),
            "measure": list(self._plan.measures),
            "measure_horizon": [*self._plan.horizons, ALL_YEARS],
            "measure_years": ("measure_horizon", [*lengths, len(self._plan.years)]),
            "measure_statistic": [*AMOUNTS, RATIO],
            "quantile": list(QUANTILES),
        }

    def _remark(self, scenario: str, measure: str, span: int) -> str:
        return "; ".join(self._remarks(scenario, measure, span))

    def _remarks(self, scenario: str, measure: str, span: int) -> Iterator[str]:
        plan = self._plan
        touched = touched_items(plan, measure)
        changes = self._changes[scenario, measure].mean()[:, span].tolist()
        items, overlap = changes[: len(touched)], changes[len(touched)]
        if not touched:
            yield "acts on no assessed item"
        if measure in plan.abating:
            yield "what it does to emissions stands in abatement.csv"
        for number, change in zip(touched, items, strict=True):
            item = plan.items[number]
            if change < 0.0 and item.kind == "risk":
                yield f"raises the loss of {item.id}: its share is taken off a gain in that item"
            elif change < 0.0:
                yield f"lowers {item.id}: its share is added to a cost in that item"
        if overlap < 0.0:
            yield "part of the benefit falls on losses beyond an exposure, which overlap took back"
        if all(cost.measure != measure for cost in plan.costs):
            yield "no cost is stated, so there is no ratio"


def _statistics(amounts: Tally) -> dict[str, Floats]:
    """Return means, errors and percentiles, (measure, horizon, statistic, ...)."""
    mean, error = amounts.mean(), amounts.mean_error()
    ratio, ratio_error = _ratio(mean, error)
    none = np.full((*mean.shape[:-1], 1, len(QUANTILES)), np.nan)
    return {
        "measure_mean": np.concatenate([mean, ratio[..., np.newaxis]], axis=-1),
        "measure_mean_se": np.concatenate([error, ratio_error[..., np.newaxis]], axis=-1),
        "measure_percentile": np.concatenate([amounts.quantile(QUANTILES), none], axis=-2),
    }


def _ratio(mean: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Return mean benefit over mean cost with its delta-method error, (measure, horizon).

    R = B / C; var R = (var B - 2 R cov(B, C) + R^2 var C) / C^2, with
    cov(B, C) = (var B + var C - var(B - C)) / 2. Source: Cochran, Sampling Techniques, 2.11.
    """
    cost, benefit, _ = np.moveaxis(mean, -1, 0)
    of_cost, of_benefit, of_net = np.moveaxis(error**2, -1, 0)
    ratio = benefit / np.where(cost > 0.0, cost, np.nan)
    covariance = (of_benefit + of_cost - of_net) / 2.0
    variance = of_benefit - 2.0 * ratio * covariance + ratio**2 * of_cost
    return ratio, np.sqrt(np.maximum(variance, 0.0)) / np.where(cost > 0.0, cost, np.nan)
