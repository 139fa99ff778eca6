"""Exact yearly means of every item, factor by factor, out of a run folder; nothing is simulated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from climrisk.engine.climate_nodes import climate_nodes
from climrisk.engine.expectation import REASONS, MeanFactors, mean_factors
from climrisk.engine.plan import make_plan
from climrisk.names import NET
from climrisk.report.focus import World
from climrisk.report.mean_rows import AnnualMeans, ImpactMean, ItemYear
from climrisk.report.wording import Wording

__all__ = ["annual_means"]


def annual_means(words: Wording, world: World) -> AnnualMeans:
    """Take the exact yearly means of a run's items apart.

    Parameters
    ----------
    words : Wording
    world : World
        Scenario and control of the means.

    Returns
    -------
    AnnualMeans
        Exposure caps are left out, as in the items' simulated means: overlap is a subject of its
        own.

    Raises
    ------
    RunFolderError
        If the run has no table of years.
    """
    study = words.run.study
    plan = make_plan(study, (world.scenario,))
    nodes = climate_nodes(plan)
    found = {
        item.id: mean_factors(plan, item, world.control, nodes, world.scenario)
        for item in plan.items
    }
    short = {text: name for name, text in REASONS.items()}
    reasons = {name: short[one] for name, one in found.items() if isinstance(one, str)}
    reasons |= dict.fromkeys(sorted(set(study.items) - set(found)), "unassessed")
    return AnnualMeans(
        language=words.language,
        scenario=words.labels.scenario(world.scenario),
        unit=words.labels.subtitle(),
        years=tuple(
            one
            for name, factors in found.items()
            if not isinstance(factors, str)
            for one in _years(words, world, name, factors, plan.years)
        ),
        without=tuple((words.labels.item(name), why) for name, why in reasons.items()),
    )


def _years(
    words: Wording,
    world: World,
    name: str,
    factors: Sequence[MeanFactors],
    years: Sequence[int],
) -> Iterator[ItemYear]:
    for place, year in enumerate(years):
        simulated = words.run.cite(
            "annual.csv", scenario=world.scenario, control=world.control, year=year,
            subject=name, channel=NET, statistic="mean",
        )  # fmt: skip
        impacts = tuple(_impact(words, one, place) for one in factors)
        item = words.labels.item(name)
        yield ItemYear(item, year, impacts, simulated.value, simulated.error, simulated.key)


def _impact(words: Wording, one: MeanFactors, year: int) -> ImpactMean:
    falls_on = "" if one.subject_to is None else words.labels.exposure(one.subject_to)
    by_year = (one.occurrence, one.severity, one.measures)
    means = (*(float(factor[year]) for factor in by_year), one.borne, float(one.exposure[year]))
    return ImpactMean(one.impact, falls_on, (*means, one.to_net))
