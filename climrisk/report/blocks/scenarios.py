"""Scenarios side by side, the conclusion on resilience, and the targets."""

from __future__ import annotations

from typing import Final

from climrisk.names import BASE_YEAR_SCENARIO, CURRENT
from climrisk.report.blocks.narrative import narrative
from climrisk.report.blocks.surprises import scenario_surprises
from climrisk.report.blocks.targets import target_blocks
from climrisk.report.document import Block, Cell, Column, Figure, Paragraph, Section, Spans, Table
from climrisk.report.focus import World, horizon_figure, ordered_scenarios
from climrisk.report.printed import amount, chance, largest_error, range_of, stated_amount
from climrisk.report.run_data import Cited
from climrisk.report.wording import NOTHING, Wording

__all__ = ["scenarios_section"]

MOST: Final = 6


def scenarios_section(words: Wording, world: World) -> Section:
    """Return the page of scenarios and targets."""
    title = words.word("page.scenarios")
    blocks: list[Block] = []
    if words.run.study.assessed:
        conclusion = (*narrative(words, "scenarios"), Paragraph(_resilience(words, world)))
        surprises = [Paragraph(one) for one in scenario_surprises(words, world)]
        blocks += [*conclusion, _scenario_table(words, world), *surprises]
    else:
        blocks += [*narrative(words, "scenarios"), Paragraph(words.say("unassessed"))]
    return Section("scenarios", title, (*blocks, *target_blocks(words, world)), words.language)


def _resilience(words: Wording, world: World) -> Spans:
    """Return a conclusion from the figures alone: how many scenarios pass the appetite."""
    run, appetite = words.run, words.run.study.settings.appetite.value
    years = run.horizons[world.last]
    worst = [horizon_figure(run, name, world.last, "p5") for name in run.scenarios]
    means = [horizon_figure(run, name, world.last, "mean") for name in run.scenarios]
    beyond = sum(-one.value / years > appetite for one in worst)
    mean_beyond = sum(-one.value / years > appetite for one in means)
    breach = {
        name: horizon_figure(run, name, world.last, "breach_probability") for name in run.scenarios
    }
    likeliest = max(breach, key=lambda name: breach[name].value)
    group = "resilience" if len(run.scenarios) > 1 else "resilience_alone"
    found = "mean" if mean_beyond else "range" if beyond else "none"
    return words.say(
        f"{group}.{found}",
        count=str(len(run.scenarios)),
        beyond=str(mean_beyond or beyond),
        appetite=stated_amount(words, "settings.appetite.value", appetite),
        horizon=words.period(world.last),
        scenario=words.scenario(likeliest),
        chance=chance(words, breach[likeliest]),
    )


def _shown(words: Wording) -> list[str]:
    """Return the scenarios of the table, worst first; the middle ones go where they are many."""
    ordered = ordered_scenarios(words.run)
    if len(ordered) > MOST:
        ordered = [*ordered[: MOST // 2], *ordered[-(MOST // 2) :]]
    return [*ordered, BASE_YEAR_SCENARIO]


def _scenario_table(words: Wording, world: World) -> Table:
    run, shown = words.run, _shown(words)
    columns = (
        Column(words.word("column.scenario"), weight=1.7),
        Column(words.word("column.warming"), "figure", weight=0.9),
        *(
            Column(words.labels.horizon(name), "figure", ("P5", "P95"), 1.2)
            for name in run.horizons
        ),
        Column(words.word("column.mean_in", years=words.labels.span(world.last)), "figure"),
        Column(
            words.word("column.breach_in", years=words.labels.span(world.horizon)),
            "figure",
            weight=1.2,
        ),
    )
    rows = tuple(_row(words, world, name) for name in shown)
    cited = [
        (horizon_figure(run, name, horizon, statistic), years)
        for name in shown
        for horizon, years in run.horizons.items()
        for statistic in ("p5", "mean", "p95")
    ]
    title = words.word(
        "table.scenarios",
        unit=words.labels.subtitle(unit=words.labels.unit_a_year),
        control=words.labels.word("control", CURRENT),
    )
    left_out = len(run.scenarios) + 1 - len(shown)
    notes = [words.say("note.scenarios"), largest_error(words, cited)]
    if left_out:
        notes.append(words.say("note.more_scenarios", count=str(left_out)))
    return Table("scenarios", title, columns, rows, tuple(notes))


def _row(words: Wording, world: World, name: str) -> tuple[Cell, ...]:
    run = words.run
    mean = horizon_figure(run, name, world.last, "mean")
    breach = horizon_figure(run, name, world.horizon, "breach_probability")
    return (
        (words.scenario(name, 60),),
        (_warming(words, name),),
        *((_range(words, name, horizon, years),) for horizon, years in run.horizons.items()),
        (amount(words, mean, run.horizons[world.last], bare=True),),
        (chance(words, breach),),
    )


def _range(words: Wording, name: str, horizon: str, years: int) -> Figure | str:
    ends: list[Cited] = [horizon_figure(words.run, name, horizon, one) for one in ("p5", "p95")]
    return range_of(words, ends, years, bare=True)


def _warming(words: Wording, name: str) -> Figure | str:
    """Return the median warming in 2100 that the scenario states."""
    if name == BASE_YEAR_SCENARIO:
        return NOTHING
    stated = words.run.study.scenarios[name].warming.median_2100.value
    path = f"study.json/scenarios.{name}.warming.median_2100.value"
    return Figure(f"{stated:.1f}", (stated,), "°C", (path,))
