"""Years beyond the appetite: risks alone, net, and with planned measures."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from climrisk.names import CURRENT, NET, RESIDUAL, RISKS, TOTAL
from climrisk.report.document import Cell, Column, Spans, State, Table
from climrisk.report.focus import World
from climrisk.report.printed import chance
from climrisk.report.run_data import Cited, RunData
from climrisk.report.wording import NOTHING, Wording

__all__ = ["appetite_table"]


def appetite_table(words: Wording, world: World) -> Table:
    """Return the chance of passing the appetite in each horizon's last year."""
    settings = words.run.study.settings
    columns = (
        Column(words.word("column.year"), weight=0.8),
        Column(words.word("column.breach_risks"), "figure"),
        Column(words.word("column.breach_total"), "figure"),
        Column(words.word("column.breach_residual"), "figure"),
        Column(words.word("column.against_appetite"), "state"),
    )
    years = [settings.horizons[name].years[1] for name in words.run.horizons]
    title = words.word(
        "table.appetite",
        appetite=words.labels.money(settings.appetite.value),
        scenario=words.scenario(world.scenario),
    )
    rows = tuple(_row(words, world, year) for year in years)
    errors = [_breach(words.run, world, year, TOTAL, CURRENT).error for year in years]
    known = [error for error in errors if error == error]
    note = words.say("note.appetite", points=f"{100.0 * max(known):.1f}" if known else NOTHING)
    return Table("appetite", title, columns, rows, (note, *_cost_first(words, world, years)))


def _cost_first(words: Wording, world: World, years: list[int]) -> Iterator[Spans]:
    """Say why measures raise the chance in some years, beyond two standard errors."""
    raised = []
    for year in years:
        before, after = (_breach(words.run, world, year, TOTAL, one) for one in (CURRENT, RESIDUAL))
        if after.value - before.value > 2.0 * hypot(before.error, after.error):
            raised.append(str(year))
    if raised:
        told = words.listed(raised, "matrix.separator")
        yield words.say("surprise.measures_first_cost", years=told)


def _row(words: Wording, world: World, year: int) -> tuple[Cell, ...]:
    net = _breach(words.run, world, year, TOTAL, CURRENT)
    return (
        (str(year),),
        (chance(words, _breach(words.run, world, year, RISKS, CURRENT)),),
        (chance(words, net),),
        (chance(words, _breach(words.run, world, year, TOTAL, RESIDUAL)),),
        _against_appetite(words, world, year, net),
    )


def _against_appetite(words: Wording, world: World, year: int, net: Cited) -> State:
    """Judge a year: its mean loss beyond the appetite, its range P5-P95 beyond it, or within."""
    mean = _of_year(words.run, world, year, TOTAL, CURRENT, "mean")
    if -mean.value > words.run.study.settings.appetite.value:
        return State(words.word("state.mean_beyond"), "cross", "off_track")
    if net.value > 0.05:
        return State(words.word("state.range_beyond"), "triangle", "at_risk")
    return State(words.word("state.within"), "tick", "on_track")


def _breach(run: RunData, world: World, year: int, subject: str, control: str) -> Cited:
    return _of_year(run, world, year, subject, control, "breach_probability")


def _of_year(
    run: RunData, world: World, year: int, subject: str, control: str, statistic: str
) -> Cited:
    return run.cite(
        "annual.csv",
        scenario=world.scenario,
        control=control,
        year=year,
        subject=subject,
        channel=NET,
        statistic=statistic,
    )
