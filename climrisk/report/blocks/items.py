"""The largest risks and opportunities."""

from __future__ import annotations

from typing import Final

from climrisk.domain.measure import Measure
from climrisk.names import CURRENT
from climrisk.report.blocks.appetite import appetite_table
from climrisk.report.blocks.narrative import narrative
from climrisk.report.changes import Changes, trend
from climrisk.report.document import Block, Cell, Column, Paragraph, Section, Spans, Table
from climrisk.report.focus import World, horizon_figure
from climrisk.report.printed import amount, chance, largest_error, range_of
from climrisk.report.run_data import Cited, RunData
from climrisk.report.wording import NOTHING, Wording

__all__ = ["items_section", "ranked_items"]

MOST: Final = {"risk": 5, "opportunity": 3}
MOST_MEASURES: Final = 2


def ranked_items(run: RunData, world: World, kind: str, most: int) -> list[str]:
    """Return the largest items of a kind by expected effect in the paper's world."""
    size = {
        name: abs(horizon_figure(run, world.scenario, world.horizon, "mean", subject=name).value)
        for name, item in run.study.assessed.items()
        if item.kind == kind
    }
    return sorted(size, key=lambda name: -size[name])[:most]


def items_section(words: Wording, world: World, changes: Changes | None) -> Section:
    """Return the page of the largest items and the appetite."""
    title = words.word("page.items", risks=MOST["risk"], opportunities=MOST["opportunity"])
    blocks: list[Block] = [*narrative(words, "items")]
    if words.run.study.assessed:
        blocks += [_items_table(words, world, changes), appetite_table(words, world)]
    else:
        blocks.append(Paragraph(words.say("unassessed")))
    return Section("items", title, tuple(blocks), words.language)


def _items_table(words: Wording, world: World, changes: Changes | None) -> Table:
    run = words.run
    columns = [
        Column(words.word("column.item"), weight=2.7),
        Column(words.word("column.owner"), weight=1.2),
        *(
            Column(words.labels.horizon(name), "figure", ("P5", "P95"), 1.1)
            for name in run.horizons
        ),
        Column(
            words.word("column.likelihood", years=words.labels.span(world.horizon)),
            "figure",
            weight=1.2,
        ),
        Column(words.word("column.response"), weight=2.4),
    ]
    if changes is not None:
        columns.append(Column(words.word("column.trend"), "state"))
    rows: list[tuple[Cell, ...]] = []
    groups = []
    cited: list[tuple[Cited, int]] = []
    for kind, most in MOST.items():
        names = ranked_items(run, world, kind, most)
        if names:
            groups.append(len(rows))
            rows.append(((words.labels.say(f"kinds.{kind}"),), *((),) * (len(columns) - 1)))
        for name in names:
            rows.append(_item_row(words, world, name, changes))
            cited += _ends(run, world, name)
    title = words.word(
        "table.items",
        scenario=words.scenario(world.scenario),
        unit=words.labels.subtitle(unit=words.labels.unit_a_year),
        control=words.labels.word("control", CURRENT),
    )
    years = words.labels.span(world.horizon)
    ranked = words.say("note.items", years=years)
    notes = [ranked, largest_error(words, cited), *_left_out(words)]
    return Table("items", title, tuple(columns), tuple(rows), tuple(notes), tuple(groups))


def _item_row(words: Wording, world: World, name: str, changes: Changes | None) -> tuple[Cell, ...]:
    run, item = words.run, words.run.study.items[name]
    likelihood = run.cite(
        "matrix.csv",
        "likelihood",
        scenario=world.scenario,
        control=CURRENT,
        horizon=world.horizon,
        item=name,
    )
    cells: list[Cell] = [
        (words.item(name),),
        (NOTHING if item.owner is None else words.plain(item.owner, 24),),
        *(_range(words, world, name, horizon) for horizon in run.horizons),
        (chance(words, likelihood),),
        _response(words, world, name),
    ]
    if changes is not None:
        cells.append(trend(words, changes, name))
    return tuple(cells)


def _range(words: Wording, world: World, name: str, horizon: str) -> Spans:
    low, high = (
        horizon_figure(words.run, world.scenario, horizon, statistic, subject=name)
        for statistic in ("p5", "p95")
    )
    return (range_of(words, (low, high), words.run.horizons[horizon], bare=True),)


def _ends(run: RunData, world: World, name: str) -> list[tuple[Cited, int]]:
    return [
        (horizon_figure(run, world.scenario, horizon, statistic, subject=name), years)
        for horizon, years in run.horizons.items()
        for statistic in ("p5", "p95")
    ]


def _response(words: Wording, world: World, name: str) -> Spans:
    """Return the planned measures that act on an item, each with its expected cost a year."""
    acting = [
        key
        for key, measure in words.run.study.measures.items()
        if measure.status == "planned" and _acts_on(measure, name)
    ]
    if not acting:
        return (words.word("items.no_measure"),)
    years = words.run.horizons[world.horizon]
    parts = [
        words.say(
            "items.measure",
            measure=key,
            cost=amount(words, _cost(words.run, world, key), years, bare=True),
        )
        for key in acting[:MOST_MEASURES]
    ]
    rest = len(acting) - MOST_MEASURES
    return words.listed([*parts, *([words.word("more", count=rest)] if rest > 0 else [])])


def _acts_on(measure: Measure, name: str) -> bool:
    return any(effect.item == name for effect in (*measure.reduces, *measure.raises))


def _cost(run: RunData, world: World, measure: str) -> Cited:
    return run.cite(
        "measures.csv",
        "mean",
        scenario=world.scenario,
        measure=measure,
        horizon=world.horizon,
        statistic="cost",
    )


def _left_out(words: Wording) -> list[Spans]:
    """Say how many items the table does not show, and why."""
    study = words.run.study
    rest = len(study.assessed) - sum(
        min(most, sum(one.kind == kind for one in study.assessed.values()))
        for kind, most in MOST.items()
    )
    return [
        words.say(
            "note.left_out", smaller=str(max(rest, 0)), unassessed=str(len(study.not_assessed))
        )
    ]
