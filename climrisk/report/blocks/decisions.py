"""Decisions sought: options with cost and benefit, and what the owner recommends."""

from __future__ import annotations

from typing import Final

from climrisk.domain.text import Words
from climrisk.names import ALL_YEARS
from climrisk.report.blocks.narrative import asked, narrative
from climrisk.report.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Paragraph,
    Section,
    Spans,
    Table,
)
from climrisk.report.focus import World
from climrisk.report.printed import amount, largest_error, range_of, ratio
from climrisk.report.run_data import Cited, RunData
from climrisk.report.wording import Wording

__all__ = ["decisions_section"]

MOST: Final = 9
"""Measures that a page holds where no decision names any."""


def decisions_section(words: Wording, world: World) -> Section:
    """Return the page of decisions; planned measures for discussion where none is sought."""
    sought = bool(words.stated.decisions)
    title = words.word("page.decisions" if sought else "page.measures")
    blocks: list[Block] = [*narrative(words, "decisions")]
    if not sought:
        blocks.append(Paragraph((words.word(f"summary.aim_{words.stated.aim}"),)))
    rows = _sought_rows(words, world) if sought else _planned_rows(words, world)
    if rows[0]:
        blocks.append(_table(words, world, *rows))
    elif not sought:
        blocks.append(Paragraph((words.word("decisions.no_measure"),)))
    if sought:
        blocks.append(Bullets(_recommendations(words), numbered=True))
    return Section("decisions", title, tuple(blocks), words.language)


Rows = tuple[list[tuple[Cell, ...]], list[int], list[str]]
"""Rows, which of them are headings, and the measures that they show."""
BLANKS: Final[tuple[Cell, ...]] = ((), (), (), ())


def _sought_rows(words: Wording, world: World) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    measures: list[str] = []
    for number, decision in enumerate(words.stated.decisions, start=1):
        heads: list[tuple[str, Words, tuple[str, ...]]] = [(f"{number}. ", decision.ask, ())]
        for place, option in enumerate(decision.options):
            letter = chr(ord("a") + place)
            heads.append((f"{number}{letter}. ", option.text, option.measures))
        for mark, text, named in heads:
            groups.append(len(rows))
            rows.append(((mark, *asked(words, text)), *BLANKS))
            known = [name for name in named if _is_known(words.run, world, name)]
            rows += [_measure_row(words, world, name) for name in known]
            measures += known
    return rows, groups, measures


def _recommendations(words: Wording) -> tuple[Spans, ...]:
    """Return what the owner recommends on each decision, in their order."""
    found = []
    for decision in words.stated.decisions:
        stated = decision.recommendation
        if stated is None:
            found.append(words.say("decisions.no_recommendation"))
        else:
            found.append(words.say("decisions.recommendation", text=asked(words, stated)))
    return tuple(found)


def _planned_rows(words: Wording, world: World) -> Rows:
    run = words.run
    planned = [
        name
        for name, one in run.study.measures.items()
        if one.status == "planned" and _is_known(run, world, name)
    ]
    net = {name: _figure(run, world, name, "net_benefit", "mean").value for name in planned}
    ordered = sorted(planned, key=lambda name: -net[name])[:MOST]
    return [_measure_row(words, world, name) for name in ordered], [], ordered


def _measure_row(words: Wording, world: World, name: str) -> tuple[Cell, ...]:
    def span(statistic: str) -> Cell:
        ends = (_figure(words.run, world, name, statistic, end) for end in ("p5", "p95"))
        return (range_of(words, ends, bare=True),)

    net = _figure(words.run, world, name, "net_benefit", "mean")
    return (
        (words.measure(name, 60),),
        span("cost"),
        span("benefit"),
        (amount(words, net, bare=True),),
        (ratio(_figure(words.run, world, name, "ratio", "mean")),),
    )


def _table(
    words: Wording,
    world: World,
    rows: list[tuple[Cell, ...]],
    groups: list[int],
    measures: list[str],
) -> Table:
    settings = words.run.study.settings
    columns = (
        Column(words.word("column.measure"), weight=3.2),
        Column(words.word("column.cost"), "figure", ("P5", "P95")),
        Column(words.word("column.benefit"), "figure", ("P5", "P95")),
        Column(words.word("column.net_benefit"), "figure"),
        Column(words.word("column.ratio"), "figure", weight=0.8),
    )
    title = words.word(
        "table.decisions",
        scenario=words.scenario(world.scenario),
        unit=words.labels.subtitle(),
        years=f"{settings.base_year + 1}–{settings.end_year}",
    )
    cited = [
        (_figure(words.run, world, name, statistic, "mean"), 1)
        for name in measures
        for statistic in ("cost", "benefit", "net_benefit")
    ]
    rate = f"{100.0 * settings.discount_rate.value:.3g}%"
    notes = [words.say("note.decisions", rate=rate), largest_error(words, cited)]
    notes += _order(words, world, measures)
    aside = [name for name in dict.fromkeys(measures) if _remark(words.run, world, name)]
    if aside:
        notes.append(words.say("note.on_emissions", measures=words.listed(aside)))
    return Table("decisions", title, columns, tuple(rows), tuple(notes), tuple(groups))


def _order(words: Wording, world: World, shown: list[str]) -> list[Spans]:
    """Say in which order measures stand, or which planned ones stand in no option."""
    if not words.stated.decisions:
        return [words.say("note.by_net_benefit")]
    rest = [
        name
        for name, one in words.run.study.measures.items()
        if one.status == "planned" and name not in shown and _is_known(words.run, world, name)
    ]
    named = [*rest[:MOST], *([words.word("more", count=len(rest) - MOST)] if rest[MOST:] else [])]
    return [words.say("note.unlisted", measures=words.listed(named))] if rest else []


def _is_known(run: RunData, world: World, measure: str) -> bool:
    """Return whether the run tells what a measure brings: not where no item is assessed."""
    is_told = bool(run.study.assessed) and run.has_table("measures.csv")
    return is_told and run.has(
        "measures.csv",
        scenario=world.scenario,
        measure=measure,
        horizon=ALL_YEARS,
        statistic="cost",
    )


def _remark(run: RunData, world: World, measure: str) -> str:
    """Return why a measure acts on no item; empty where it does."""
    address = {"scenario": world.scenario, "measure": measure, "horizon": ALL_YEARS}
    return run.text("measures.csv", "remark", **address, statistic="benefit")


def _figure(run: RunData, world: World, measure: str, statistic: str, column: str) -> Cited:
    return run.cite(
        "measures.csv",
        column,
        scenario=world.scenario,
        measure=measure,
        horizon=ALL_YEARS,
        statistic=statistic,
    )
