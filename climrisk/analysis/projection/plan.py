"""What a projection needs of a study, resolved once: sources, measures on them, targets, lines."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from climrisk.analysis.projection.lines import Line, emission_lines
from climrisk.analysis.projection.planned_target import PlannedTarget, planned_targets
from climrisk.domain.measure import Effect, Measure
from climrisk.domain.projection import ACTIVITY, ProjectedSource
from climrisk.domain.settings import Settings
from climrisk.domain.study import Study
from climrisk.domain.target import Target
from climrisk.engine.money import SCALE_TO_STEP
from climrisk.engine.planned import with_measure
from climrisk.ghg.account import account
from climrisk.ghg.base_sources import BaseSource, base_sources
from climrisk.ghg.ledger import Method
from climrisk.names import INHERENT, RESIDUAL

__all__ = ["UNSTATED", "PlannedAbatement", "ProjectionPlan", "make_projection_plan"]

UNSTATED = ProjectedSource()
"""How a source goes on that the study says nothing of: as in the base year."""


@dataclass(frozen=True)
class PlannedAbatement:
    """What one measure does to one source.

    Parameters
    ----------
    measure : str
        Id of the measure.
    effect : Effect
        As stated, on a source.
    first : int
        Position of its first year; 0 for existing measures.
    controls : tuple of str
        Controls under which the inventory has to be corrected for it.
    inverse : bool
        True where the inventory contains it and `inherent` takes it away.
    """

    measure: str
    effect: Effect
    first: int
    controls: tuple[str, ...]
    inverse: bool

    @property
    def sources(self) -> frozenset[str]:
        """The source that it takes something off, and the one that is used instead."""
        other = self.effect.replaced_by
        instead = () if other is None else (other.source,)
        return frozenset({str(self.effect.source), *instead})


@dataclass(frozen=True)
class ProjectionPlan:
    """Everything that projecting the inventory needs, besides drivers and draws.

    Parameters
    ----------
    settings : Settings
    method : {"location", "market"}
        How totals and targets count scope 2.
    sources : tuple of BaseSource
        Sources and denominators in the base year.
    stated : mapping of source to ProjectedSource
        How each of them goes on.
    abatements : tuple of PlannedAbatement
        Measures on sources, in the order of their ids.
    lines : tuple of Line
        Sums of emissions that results are told of.
    targets : tuple of PlannedTarget
        Targets that can be measured.
    unmeasured : mapping of target to str
        Why the other targets cannot.
    stated_targets : mapping of id to Target
        All of them.
    scale, step : float
        Size of the emissions and step of their grid [tCO2e].
    """

    settings: Settings
    method: Method
    sources: tuple[BaseSource, ...]
    stated: Mapping[str, ProjectedSource]
    abatements: tuple[PlannedAbatement, ...]
    lines: tuple[Line, ...]
    targets: tuple[PlannedTarget, ...]
    unmeasured: Mapping[str, str]
    stated_targets: Mapping[str, Target]
    scale: float
    step: float

    def narrowed(self, names: Collection[str]) -> ProjectionPlan:
        """Return the plan of the activity of some sources, with those that measures tie to them."""
        acting = tuple(one for one in self.abatements if one.effect.acts_on == ACTIVITY)
        kept = _tied(acting, names)
        return replace(
            self,
            sources=tuple(one for one in self.sources if one.name in kept),
            abatements=tuple(one for one in acting if one.sources <= kept),
        )

    def acting(self, control: str, names: Collection[str]) -> tuple[int, ...]:
        """Return the places of the measures under a control that bear on some sources.

        Under controls that give the same places, the sources come to the same.
        """
        under = {n: one for n, one in enumerate(self.abatements) if control in one.controls}
        tied = _tied(under.values(), names)
        return tuple(place for place, one in under.items() if one.sources <= tied)


def make_projection_plan(study: Study) -> ProjectionPlan:
    """Return the projection's plan of a study that has been checked."""
    base = account(study)
    sources = base_sources(base)
    targets, unmeasured = planned_targets(study, base, sources)
    emitted = math.fsum(one.activity * (one.location or 0.0) for one in sources)
    scale = 2.0 ** math.ceil(math.log2(max(emitted, 1.0)))
    return ProjectionPlan(
        settings=study.settings,
        method=base.method,
        sources=sources,
        stated={one.name: study.settings.projection.get(one.name, UNSTATED) for one in sources},
        abatements=_abatements(study),
        lines=emission_lines(sources),
        targets=targets,
        unmeasured=unmeasured,
        stated_targets=study.targets,
        scale=scale,
        step=scale * SCALE_TO_STEP,
    )


def _tied(abatements: Iterable[PlannedAbatement], names: Collection[str]) -> frozenset[str]:
    """Return sources with those that measures use instead of them, or them instead of."""
    tied = frozenset(names)
    groups = [one.sources for one in abatements]
    while more := frozenset[str]().union(*(one for one in groups if one & tied)) - tied:
        tied |= more
    return tied


def _abatements(study: Study) -> tuple[PlannedAbatement, ...]:
    return tuple(
        _abatement(study.settings, name, measure, effect)
        for name, measure in sorted(study.measures.items())
        for effect in measure.on_sources
    )


def _abatement(settings: Settings, name: str, measure: Measure, effect: Effect) -> PlannedAbatement:
    existing = measure.status == "existing"
    start = settings.base_year + 1 if existing or measure.start is None else measure.start
    return PlannedAbatement(
        measure=name,
        effect=effect,
        first=start - settings.base_year - 1,
        controls=(INHERENT,) if existing else (RESIDUAL, with_measure(name)),
        inverse=existing,
    )
