"""From tallies of emissions, targets and abatement to one labelled dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.projection.abatement_cost import AbatementCosts
from climrisk.analysis.projection.lines import METHODS
from climrisk.analysis.projection.movers import moved_by
from climrisk.analysis.projection.plan import ProjectionPlan
from climrisk.analysis.projection.planned_target import PlannedTarget
from climrisk.analysis.projection.tallies import EmissionTallies, TargetTallies
from climrisk.analysis.variables import Variable, labelled, with_error
from climrisk.ghg.rounding import prints_alike
from climrisk.ghg.status import projected_status
from climrisk.ghg.target_odds import needed_cut
from climrisk.metrics.proportion import proportion_error
from climrisk.names import QUANTILES

__all__ = ["Run", "projection_dataset"]

Floats = NDArray[np.float64]
Run = tuple[str, str]
"""Scenario and control."""
Values = dict[str, NDArray[Any]]

_RUN = ("scenario", "control")
_LINE = (*_RUN, "emission_line", "year")
_TARGET = (*_RUN, "target", "year")
_ABATED = ("scenario", "abating_measure", "scope_2", "abatement_statistic")
_EMISSIONS = {
    **with_error("emission_mean", _LINE, "tCO2e", "mean gross emissions of the year"),
    **with_error(
        "emission_percentile",
        (*_RUN, "ranged_line", "year", "quantile"),
        "tCO2e",
        "percentile of the gross emissions of the year",
    ),
}
_TARGETS = {
    **with_error(
        "target_percentile",
        (*_TARGET, "quantile"),
        "unit of the target",
        "percentile of the target's figure",
    ),
    **with_error(
        "target_met_stated", _TARGET, "1", "probability that the figure meets the limit as stated"
    ),
    **with_error(
        "target_met_unrounded",
        _TARGET,
        "1",
        "probability that the unrounded figure meets the limit",
    ),
    **with_error(
        "target_first_missed", _TARGET, "1", "probability that the year is the first that misses"
    ),
    **with_error("target_never_missed", _TARGET[:-1], "1", "probability that no due year misses"),
    **with_error(
        "target_needed_cut",
        _TARGET,
        "1",
        "part of the figure to cut so that the limit as stated is met with wanted probability",
    ),
    "target_status": Variable(_TARGET, "1", "where the median figure stands, as stated"),
    "target_limit": Variable(("target", "year"), "unit of the target", "upper limit of the year"),
}
_COSTS = with_error(
    "abatement", _ABATED, "as abatement_unit says", "tonnes, cost and cost of a tonne of a measure"
)


def projection_dataset(
    plan: ProjectionPlan,
    runs: Mapping[Run, tuple[EmissionTallies, TargetTallies]],
    costs: Mapping[str, AbatementCosts],
) -> xr.Dataset:
    """Return emissions, targets and abatement costs with their errors, labelled.

    Parameters
    ----------
    plan : ProjectionPlan
    runs : mapping of (scenario, control) to tallies
    costs : mapping of scenario to AbatementCosts
        Empty where no planned measure acts on a source.
    """
    scenarios = list(dict.fromkeys(scenario for scenario, _ in runs))
    controls = list(dict.fromkeys(control for _, control in runs))
    shared = {"scenario": scenarios, "control": controls, "year": list(plan.settings.years)}
    parts = []
    if plan.lines:
        values = _by_run([_emission_values(one) for one, _ in runs.values()], runs)
        parts.append(labelled(values, _EMISSIONS, shared | _line_coordinates(plan)))
    if plan.targets:
        values = _by_run([_target_values(plan, one) for _, one in runs.values()], runs)
        values["target_limit"] = np.stack([one.upper for one in plan.targets])
        parts.append(labelled(values, _TARGETS, shared | _target_coordinates(plan)))
    if costs:
        parts.append(_abatement(plan, costs))
    if plan.unmeasured:
        parts.append(_unmeasured(plan))
    return xr.merge(parts, join="exact", compat="no_conflicts")


def _by_run(parts: Sequence[Values], runs: Mapping[Run, object]) -> Values:
    """Return (scenario, control, ...) arrays; runs are in the order of scenarios, then controls."""
    scenarios = len({scenario for scenario, _ in runs})
    return {
        name: np.stack([part[name] for part in parts]).reshape(
            scenarios, len(parts) // scenarios, *parts[0][name].shape
        )
        for name in parts[0]
    }


def _emission_values(one: EmissionTallies) -> Values:
    mean, error = one.means()
    return {
        "emission_mean": mean,
        "emission_mean_se": error,
        "emission_percentile": one.ranges.quantile(QUANTILES),
        "emission_percentile_se": one.ranges.quantile_error(QUANTILES),
    }


def _target_values(plan: ProjectionPlan, one: TargetTallies) -> Values:
    percentile, error = one.percentiles(QUANTILES)
    first = one.first / one.count
    shares = {
        "target_met_stated": one.met_stated / one.count,
        "target_met_unrounded": one.met_unrounded / one.count,
        "target_first_missed": first[:, :-1],
        "target_never_missed": first[:, -1],
    }
    errors = {f"{name}_se": proportion_error(share, one.count) for name, share in shares.items()}
    cut, cut_error = _needed_cut(plan, one)
    return {
        "target_percentile": percentile,
        "target_percentile_se": error,
        "target_needed_cut": cut,
        "target_needed_cut_se": cut_error,
        "target_status": _status(plan, percentile[..., QUANTILES.index(0.5)]),
        **shares,
        **errors,
    }


def _status(plan: ProjectionPlan, median: Floats) -> NDArray[np.str_]:
    return np.array(
        [
            [
                projected_status(target.resolved, figure, limit)
                for figure, limit in zip(row, target.upper.tolist(), strict=True)
            ]
            for target, row in zip(plan.targets, median.tolist(), strict=True)
        ]
    )


def _needed_cut(plan: ProjectionPlan, one: TargetTallies) -> tuple[Floats, Floats]:
    """Return the cut after which the figure is within the limit, as stated, often enough."""
    quantile, error = one.percentiles((plan.settings.wanted_probability,))
    limits = np.stack([_largest_within(target) for target in plan.targets])
    return needed_cut(quantile[..., 0], error[..., 0], limits)


def _largest_within(target: PlannedTarget) -> Floats:
    """Return the figures of each year below which the limit is met as stated, (year,)."""
    decimals = target.decimals
    if decimals is None:
        return target.upper
    return np.array([prints_alike(limit, decimals)[1] for limit in target.upper.tolist()])


def _line_coordinates(plan: ProjectionPlan) -> dict[str, object]:
    names = [f"{one.label}/{one.category}/{one.site}/{one.source}" for one in plan.lines]
    ranged = [name for name, one in zip(names, plan.lines, strict=True) if one.ranged]
    about = {
        f"emission_{field}": ("emission_line", _texts([getattr(one, field) for one in plan.lines]))
        for field in ("label", "category", "site", "source", "factor_set")
    }
    return {
        "emission_line": _texts(names),
        "ranged_line": _texts(ranged),
        "quantile": list(QUANTILES),
        **about,
    }


def _target_coordinates(plan: ProjectionPlan) -> dict[str, object]:
    stated = [one.resolved.target for one in plan.targets]
    about: dict[str, Sequence[str] | Sequence[float]] = {
        "metric": [one.metric for one in stated],
        "unit": [one.resolved.unit for one in plan.targets],
        "kind": [one.kind for one in stated],
        "base_year": [one.resolved.base_year for one in plan.targets],
        "base": [one.base for one in plan.targets],
        "base_stated": [_number(one.resolved.base_as_stated) for one in plan.targets],
        "target_year": [one.resolved.target_year for one in plan.targets],
        "limit_stated": [_number(one.resolved.limit) for one in plan.targets],
        "decimals": [_number(one.decimals) for one in plan.targets],
        "moved_by": ["; ".join(moved_by(plan, one)) for one in plan.targets],
    }
    return {
        "target": _texts([one.id for one in plan.targets]),
        "quantile": list(QUANTILES),
        **{f"target_{name}": ("target", np.array(values)) for name, values in about.items()},
    }


def _unmeasured(plan: ProjectionPlan) -> xr.Dataset:
    """Return why the other targets have no figure, by target."""
    about = {"long_name": "why the target cannot be measured", "units": "1"}
    named = {name: plan.stated_targets[name] for name in plan.unmeasured}
    coords = {
        "unmeasured_target": _texts(list(named)),
        "unmeasured_metric": ("unmeasured_target", _texts([one.metric for one in named.values()])),
        "unmeasured_kind": ("unmeasured_target", _texts([one.kind for one in named.values()])),
        "unmeasured_base_year": (
            "unmeasured_target",
            [_number(one.base_year) for one in named.values()],
        ),
        "unmeasured_target_year": (
            "unmeasured_target",
            [_number(one.target_year) for one in named.values()],
        ),
    }
    reasons = _texts(list(plan.unmeasured.values()))
    return xr.Dataset({"unmeasured_reason": ("unmeasured_target", reasons, about)}, coords=coords)


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _abatement(plan: ProjectionPlan, costs: Mapping[str, AbatementCosts]) -> xr.Dataset:
    parts = [one.statistics() for one in costs.values()]
    names = list(parts[0])
    both = [
        np.stack([np.stack([part[name][n] for name in names], axis=-1) for part in parts])
        for n in (0, 1)
    ]
    coords = {
        "scenario": list(costs),
        "abating_measure": list(next(iter(costs.values())).measures),
        "scope_2": list(METHODS),
        "abatement_statistic": names,
        "abatement_unit": ("abatement_statistic", [_unit(plan, name) for name in names]),
    }
    return labelled({"abatement": both[0], "abatement_se": both[1]}, _COSTS, coords)


def _unit(plan: ProjectionPlan, statistic: str) -> str:
    if statistic == "abated":
        return "tCO2e"
    money = plan.settings.money.label
    return f"{money}/tCO2e" if statistic.endswith("_per_tonne") else f"{money} million"


def _texts(words: Sequence[str]) -> NDArray[np.str_]:
    return np.array(list(words), dtype=np.str_)
