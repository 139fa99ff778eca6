"""Projecting the inventory and its targets in the worlds that drive the risks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import xarray as xr

from climrisk.analysis.projection.abatement_cost import AbatementCosts, abating
from climrisk.analysis.projection.dataset import projection_dataset
from climrisk.analysis.projection.emissions import BlockEmissions
from climrisk.analysis.projection.plan import ProjectionPlan, make_projection_plan
from climrisk.analysis.projection.stated import stated_dataset, stated_emissions
from climrisk.analysis.projection.tallies import EmissionTallies, TargetTallies
from climrisk.analysis.workers import counted, thread_count
from climrisk.domain.study import Study
from climrisk.engine.blocks import BLOCK_SIZE
from climrisk.engine.plan import Plan, make_plan
from climrisk.engine.planned import with_measure
from climrisk.engine.worlds import Worlds, worlds
from climrisk.errors import AmountOverflowError
from climrisk.metrics.blocks import SeriesOverflowError
from climrisk.names import CURRENT

__all__ = ["ProjectionResults", "project", "projected"]


class ProjectionResults:
    """Tallies of emissions, targets and abatement costs of a study.

    Parameters
    ----------
    plan : ProjectionPlan
    engine : Plan
        Scenarios, controls and years.
    """

    def __init__(self, plan: ProjectionPlan, engine: Plan) -> None:
        self._plan = plan
        # what the items do is not needed, only the worlds that they are in
        self._bare = replace(engine, items=(), occurrence_ties=(), severity_ties=())
        self._runs = {
            (scenario, control): (EmissionTallies(plan), TargetTallies(plan))
            for scenario in engine.scenarios
            for control in engine.controls
        }
        measures = abating(plan, engine.measures)
        self._costs = {
            scenario: AbatementCosts(plan, engine, measures)
            for scenario in engine.scenarios
            if measures
        }

    def add(self, seed: int, draws: range, counted: Callable[[int], None]) -> None:
        """Project and count consecutive draws, in every scenario under every control.

        Parameters
        ----------
        seed : int
        draws : range
            Numbers of the draws.
        counted : callable
            Called with the number of draws after each scenario and control; what it raises ends
            the work.

        Raises
        ------
        AmountOverflowError
            If an amount is too large to be added exactly.
        """
        world = worlds(self._bare, seed, draws)
        block = BlockEmissions(self._plan, seed, world)
        try:
            for scenario, control in self._runs:
                self._add(world, block, scenario, control)
                counted(len(draws))
        except SeriesOverflowError as error:
            raise AmountOverflowError(
                "projection: an emission or a target's figure is too large to be added exactly; "
                "check growth, its years and the width of the ranges"
            ) from error

    def _add(self, world: Worlds, block: BlockEmissions, scenario: str, control: str) -> None:
        emissions, targets = self._runs[scenario, control]
        found = block.under(scenario, control)
        if self._plan.lines:
            emissions.add(found)
        if self._plan.targets:
            targets.add(found)
        if control == CURRENT and scenario in self._costs:
            costs = self._costs[scenario]
            alone = {m: block.under(scenario, with_measure(m)) for m in costs.measures}
            costs.add(world, found, alone)

    def merge(self, other: ProjectionResults) -> None:
        """Add the tallies of other draws of the same plan."""
        for run, (emissions, targets) in self._runs.items():
            emissions.merge(other._runs[run][0])
            targets.merge(other._runs[run][1])
        for scenario, costs in self._costs.items():
            costs.merge(other._costs[scenario])

    def dataset(self) -> xr.Dataset:
        """Return the results, labelled; empty where nothing can be projected."""
        return projection_dataset(self._plan, self._runs, self._costs)


def project(
    study: Study,
    *,
    draws: int | None = None,
    seed: int | None = None,
    scenarios: tuple[str, ...] | None = None,
    block_size: int = BLOCK_SIZE,
    threads: int | None = None,
) -> xr.Dataset:
    """Project emissions and targets of a study in the worlds that drive its risks.

    Reads and writes nothing. The same study, draws, seed and scenarios give the same bits,
    whatever the block size; they are those of `analyse`.

    Parameters
    ----------
    study : Study
        A study as `climrisk.read_study` returns it.
    draws, seed : int, optional
        The study's own by default.
    scenarios : tuple of str, optional
        The study's own by default. `base_year` is always added.
    block_size : int, optional
        Draws simulated at a time; changes memory and speed only.
    threads : int, optional
        Threads that project and count, as for `analyse`.

    Returns
    -------
    xarray.Dataset
        Dimensions `scenario, control, year, emission_line, target, quantile` and those of the
        abatement costs; empty where nothing can be projected.

    Raises
    ------
    AmountOverflowError
        If an amount is too large to be added exactly.
    """
    many = study.settings.simulation.draws if draws is None else draws
    start = study.settings.simulation.seed if seed is None else seed
    ranges = [range(first, min(first + block_size, many)) for first in range(0, many, block_size)]
    return projected(study, make_plan(study, scenarios), start, ranges, thread_count(threads))


def projected(
    study: Study, engine: Plan, seed: int, ranges: Sequence[range], threads: int
) -> xr.Dataset:
    """Return what `project` returns, on the plan of a run.

    Parameters
    ----------
    study : Study
    engine : Plan
        Scenarios, controls, years and drivers of the run.
    seed : int
    ranges : sequence of range
        Draws, in ascending order.
    threads : int
        Threads that count them.
    """
    plan = make_projection_plan(study)
    stated = stated_dataset(stated_emissions(study))
    if not plan.lines and not plan.targets:
        return stated
    results = counted(
        lambda: ProjectionResults(plan, engine),
        seed,
        ranges,
        min(threads, len(ranges)),
        lambda draws: None,
    )
    return xr.merge([stated, results.dataset()], join="exact", compat="no_conflicts")
