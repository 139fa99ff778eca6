"""What moves a target's figure: growth, drivers and measures, in words."""

from __future__ import annotations

import xarray as xr

from climrisk.analysis.projection.plan import ProjectionPlan
from climrisk.analysis.projection.planned_target import PlannedTarget
from climrisk.domain.projection import ACTIVITY
from climrisk.names import BASE_YEAR_SCENARIO, CURRENT

__all__ = ["moved_by", "movers", "sameness"]

SAME_PROBABILITY = 0.02
"""Probabilities of meeting a target that differ by less are told together."""


def moved_by(plan: ProjectionPlan, target: PlannedTarget) -> tuple[str, ...]:
    """Return what moves each source of a target, drivers by id; no item of the register does."""
    return tuple(
        movers(plan, name, target.method if name in target.emissions else "")
        for name in dict.fromkeys(target.sources)
    )


def movers(plan: ProjectionPlan, source: str, method: str) -> str:
    """Return what moves a source, in words.

    Parameters
    ----------
    plan : ProjectionPlan
    source : str
        Source or denominator.
    method : str
        How its emissions are counted; empty where only its activity matters.
    """
    stated = plan.stated[source]
    parts = []
    if stated.growth is not None:
        parts.append("its own growth")
    if stated.follows is not None:
        parts.append(f"growth of {stated.follows.subject}")
    links = (link for link in stated.links if method or link.acts_on == ACTIVITY)
    parts += [f"driver {link.driver} on {link.acts_on}" for link in links]
    if stated.variation is not None:
        parts.append("variation of the year")
    parts += [f"measure {name}" for name in _measures(plan, source, method)]
    return f"{source}: {', '.join(parts) or 'held at the base year'}"


def _measures(plan: ProjectionPlan, source: str, method: str) -> list[str]:
    found = [
        one.measure
        for one in plan.abatements
        if (one.effect.acts_on == ACTIVITY or method == "market")
        and source in (one.effect.source, getattr(one.effect.replaced_by, "source", None))
    ]
    return list(dict.fromkeys(found))


def sameness(results: xr.Dataset, year: int, target: str) -> str:
    """Say that scenarios do not differ for a target in a year; empty where they do.

    Parameters
    ----------
    results : Dataset
        As `project` returns it.
    year : int
        A simulated year, such as the target year.
    target : str
        Id of a target.
    """
    chosen = results["target_met_stated"].sel(target=target, year=year, control=CURRENT)
    stated = chosen.drop_sel(scenario=BASE_YEAR_SCENARIO, errors="ignore")
    low, high = float(stated.min()), float(stated.max())
    if stated.sizes["scenario"] < 2 or high - low >= SAME_PROBABILITY:
        return ""
    alike = f"{low:.0%}" if round(low, 2) == round(high, 2) else f"{low:.0%} to {high:.0%}"
    differ = "do not differ" if low == high else "hardly differ"
    return (
        f"{target}: the {stated.sizes['scenario']} scenarios {differ} by {year}: "
        f"the target is met as stated with a probability of {alike}"
    )
