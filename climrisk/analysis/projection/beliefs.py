"""What each draw believes of sources and of measures on them; by address, like all random numbers.

A source's numbers depend on its own id alone, so that adding a source or a measure never moves the
draws of items or of other sources. A measure that works well works well on items and sources alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.projection.plan import UNSTATED, PlannedAbatement, ProjectionPlan
from climrisk.domain.measured import REVENUE
from climrisk.domain.quantities import Quantity
from climrisk.domain.settings import Settings
from climrisk.engine.streams import per_draw, stream, yearly
from climrisk.ghg.abatement import Abatement
from climrisk.ghg.activity import compounded
from climrisk.ghg.base_sources import BaseSource
from climrisk.portable.arrays import Draws

__all__ = ["Beliefs", "beliefs"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Beliefs:
    """What consecutive draws believe, the same in every scenario and under every control.

    Parameters
    ----------
    activity : mapping of source to float64 array (year, draw)
        Before drivers and measures, in the source's unit.
    factor : mapping of source to float64 array (draw,) or float
        True factor over the stated one.
    per_unit : mapping of (source, position of link) to float64 array (draw,)
        Relative change for one unit of the driver.
    abatements : tuple of (PlannedAbatement, Abatement)
        Measures on sources with the draws' shares or amounts.
    """

    activity: Mapping[str, Floats]
    factor: Mapping[str, Floats | float]
    per_unit: Mapping[tuple[str, int], Floats]
    abatements: tuple[tuple[PlannedAbatement, Abatement], ...]


def beliefs(plan: ProjectionPlan, seed: int, draws: Draws) -> Beliefs:
    """Return what the draws believe.

    Parameters
    ----------
    plan : ProjectionPlan
    seed : int
        Seed of the run.
    draws : range or int64 array (draw,)
        Draw numbers, in any order.
    """
    per_unit = {
        (name, place): _known(link.per_unit, seed, name, f"{link.driver} {link.acts_on}", draws)
        for name in (one.name for one in plan.sources)
        for place, link in enumerate(plan.stated[name].links)
        if link.per_unit is not None
    }
    return Beliefs(
        activity={one.name: _activity(plan, one, seed, draws) for one in plan.sources},
        factor={one.name: _factor(one, seed, draws) for one in plan.sources},
        per_unit=per_unit,
        abatements=tuple((one, _abatement(one, seed, draws)) for one in plan.abatements),
    )


def _known(stated: Quantity, seed: int, source: str, purpose: str, draws: Draws) -> Floats:
    return stated.ppf(per_draw(stream(seed, "source", source, purpose), draws))


def _activity(plan: ProjectionPlan, source: BaseSource, seed: int, draws: Draws) -> Floats:
    found = source.activity * _growth(plan, source.name, seed, draws)
    variation = plan.stated[source.name].variation
    if variation is None:
        return found
    own = stream(seed, "source", source.name, "variation")
    return found * variation.ppf(yearly(own, draws, plan.settings.years))


def _growth(plan: ProjectionPlan, name: str, seed: int, draws: Draws) -> Floats:
    """Return a source's, exposure's or revenue line's growth since the base year, (year, draw)."""
    stated, settings = plan.stated.get(name), plan.settings
    if stated is None:
        return _size(settings, name, seed, draws)
    found = np.ones((len(settings.years), len(draws)))
    if name == REVENUE and stated is UNSTATED:
        found = _revenue(settings, seed, draws)
    if stated.growth is not None:
        rate = _known(stated.growth, seed, name, "growth", draws)
        found = found * compounded(rate, len(settings.years))
    if stated.follows is not None:
        leader = _growth(plan, stated.follows.subject, seed, draws)
        power = stated.follows.elasticity
        found = found * (leader if power == 1.0 else leader**power)
    return found


def _size(settings: Settings, subject: str, seed: int, draws: Draws) -> Floats:
    """Return the growth of an exposure or revenue line, as the items see it, (year, draw)."""
    growth, years = settings.subject_value(subject).growth, len(settings.years)
    if growth is None:
        return np.ones((years, len(draws)))
    known = growth.ppf(per_draw(stream(seed, "exposure", subject, "growth"), draws))
    return compounded(known, years)


def _revenue(settings: Settings, seed: int, draws: Draws) -> Floats:
    """Return the growth of all revenue lines together, (year, draw)."""
    lines = sorted(settings.revenue_lines.items())
    whole = sum(line.value.value for _, line in lines)
    parts = (line.value.value * _size(settings, name, seed, draws) for name, line in lines)
    return np.asarray(sum(parts)) / whole


def _factor(source: BaseSource, seed: int, draws: Draws) -> Floats | float:
    if source.uncertainty is None or source.nominal == 0.0:
        return 1.0
    return _known(source.uncertainty, seed, source.name, "factor", draws) / source.nominal


def _abatement(planned: PlannedAbatement, seed: int, draws: Draws) -> Abatement:
    effect = planned.effect
    quantile = per_draw(stream(seed, "measure", planned.measure, "effect"), draws)
    other = effect.replaced_by
    per_unit = None
    if other is not None:
        own = stream(seed, "measure", planned.measure, f"replacement {other.source}")
        per_unit = other.per_unit.ppf(per_draw(own, draws))
    return Abatement(
        source=str(effect.source),
        first=planned.first,
        share=None if effect.share is None else effect.share.ppf(quantile),
        amount=None if effect.amount is None else effect.amount.ppf(quantile),
        replaced_by=None if other is None else other.source,
        per_unit=per_unit,
        inverse=planned.inverse,
    )
