"""Plain sentences where an ordering surprises a reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from climrisk.names import CURRENT, MEASURES, RESIDUAL, TOTAL_BEFORE_MEASURES
from climrisk.report.document import Spans
from climrisk.report.focus import World, horizon_figure
from climrisk.report.printed import difference
from climrisk.report.run_data import RunData
from climrisk.report.wording import Wording

__all__ = ["measures_verdict", "scenario_surprises"]

PHYSICAL: Final = ("acute", "chronic")
TRANSITION: Final = ("policy_legal", "market", "technology", "reputation")


def measures_verdict(words: Wording, world: World) -> str:
    """Return whether the planned measures improve the expected net, and why not where not."""
    before, cost = (
        horizon_figure(
            words.run, world.scenario, world.horizon, "mean", subject=subject, control=RESIDUAL
        ).value
        for subject in (TOTAL_BEFORE_MEASURES, MEASURES)
    )
    current = horizon_figure(words.run, world.scenario, world.horizon, "mean").value
    if before + cost >= current:
        return words.word("surprise.measures_pay")
    return words.word("surprise.measures_cost")


def scenario_surprises(words: Wording, world: World) -> Iterator[Spans]:
    """Yield a sentence where less warming costs more, and where ranges narrow with time."""
    coolest, warmest = _by_warming(words.run)
    if coolest != warmest:
        yield from _cooler_costs_more(words, world, coolest, warmest)


def _cooler_costs_more(words: Wording, world: World, coolest: str, warmest: str) -> Iterator[Spans]:
    run, last = words.run, world.last
    cool, warm = (horizon_figure(run, name, last, "mean") for name in (coolest, warmest))
    if cool.value >= warm.value:
        return
    years = run.horizons[last]
    transition = _sum(run, coolest, last, TRANSITION) - _sum(run, warmest, last, TRANSITION)
    physical = _sum(run, warmest, last, PHYSICAL) - _sum(run, coolest, last, PHYSICAL)
    by_transition = transition < 0.0 and abs(transition) > abs(physical)
    yield words.say(
        "surprise.cooler_transition" if by_transition else "surprise.cooler",
        cool=words.scenario(coolest),
        warm=words.scenario(warmest),
        horizon=words.period(last),
        difference=difference(
            words, cool, warm, years, derivation=words.scenario(warmest), size=True
        ),
        cool_degrees=_degrees(run, coolest),
        warm_degrees=_degrees(run, warmest),
        end=str(run.study.settings.end_year),
    )


def _by_warming(run: RunData) -> tuple[str, str]:
    """Return the scenarios with the lowest and the highest median warming in 2100."""
    ordered = sorted(
        run.scenarios, key=lambda name: run.study.scenarios[name].warming.median_2100.value
    )
    return ordered[0], ordered[-1]


def _degrees(run: RunData, scenario: str) -> str:
    return f"{run.study.scenarios[scenario].warming.median_2100.value:.1f}"


def _sum(run: RunData, scenario: str, horizon: str, categories: tuple[str, ...]) -> float:
    """Return the expected effect of categories; those without items add nothing."""
    address = {"scenario": scenario, "control": CURRENT, "horizon": horizon, "channel": "net"}
    return sum(
        run.cite("summary.csv", **address, subject=name, statistic="mean").value
        for name in categories
        if run.has("summary.csv", **address, subject=name, statistic="mean")
    )
