"""From tallies to one labelled dataset."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.counted import Counted, statistics_of_runs
from climrisk.analysis.exact import exact_means
from climrisk.analysis.outputs import EXACT, OUTPUTS, variables_of
from climrisk.analysis.stability import reasons_without_stability
from climrisk.analysis.statistics import Values, ranks
from climrisk.analysis.variables import labelled
from climrisk.engine.kernels import kernel_name
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import subjects
from climrisk.names import CURVES, HEADLINES, MEASURED, QUANTILES, RETURN_PERIODS, TAIL_LEVELS

__all__ = ["labelled_runs", "to_dataset"]


def to_dataset(
    plan: Plan, counted: Counted, draws: int, seed: int, outputs: Collection[str] = OUTPUTS
) -> xr.Dataset:
    """Return the statistics of every tally, labelled, with unit and long_name on each variable.

    Parameters
    ----------
    plan : Plan
    counted : Counted
    draws, seed : int
        What was simulated; kept as attributes.
    outputs : collection of str, optional
        What is wanted and was counted, as `analysis.outputs` names it.
    """
    values = statistics_of_runs(plan, counted, outputs)
    values |= ranks(plan, values, counted.stability, outputs)
    return labelled_runs(plan, values, draws, seed, outputs)


def labelled_runs(
    plan: Plan, values: Values, draws: int, seed: int, outputs: Collection[str]
) -> xr.Dataset:
    """Return figures of every run, (run, ...) by variable, as `to_dataset` does."""
    coords, shape = _coordinates(plan), (len(plan.scenarios), len(plan.controls))
    values = {name: one.reshape(*shape, *one.shape[1:]) for name, one in values.items()}
    if EXACT in outputs:
        values |= exact_means(plan, values, coords)
    attributes = {
        "draws": draws,
        "seed": str(seed),
        "money_step": plan.step,
        "kernel": kernel_name(),
    }
    about = variables_of(outputs)
    used = {name for one in about.values() for name in one.dims}
    kept = {name: one for name, one in coords.items() if _dimension(name, one) in used}
    return labelled(values, about, kept).assign_attrs(attributes)


def _dimension(name: str, coordinate: object) -> str:
    return str(coordinate[0]) if isinstance(coordinate, tuple) else name


def _coordinates(plan: Plan) -> dict[str, object]:
    unstable = reasons_without_stability(plan)
    return {
        "scenario": list(plan.scenarios),
        "control": list(plan.controls),
        "horizon": list(plan.horizons),
        "horizon_years": ("horizon", [span.stop - span.start for span in plan.horizons.values()]),
        "subject": [one.name for one in subjects(plan)],
        "channel": list(MEASURED),
        "year": list(plan.years),
        "headline": list(HEADLINES),
        "quantile": list(QUANTILES),
        "level": list(TAIL_LEVELS),
        "item": _texts(item.id for item in plan.items),
        "kind": ("item", _texts(item.kind for item in plan.items)),
        "category": ("item", _texts(item.category for item in plan.items)),
        "rank_stability_reason": ("item", _texts(unstable.get(one.id, "") for one in plan.items)),
        "curve": list(CURVES),
        "curve_year": [plan.years[span.stop - 1] for span in plan.horizons.values()],
        "basis": ["AEP", "OEP"],
        "return_period": list(RETURN_PERIODS),
    }


def _texts(words: Iterable[str]) -> NDArray[np.str_]:
    """Return words as an array of texts, even where there are none."""
    return np.array(list(words), dtype=np.str_)
