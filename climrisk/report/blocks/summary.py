"""The first page: the answer first, three to five messages, net ranges, decisions, changes."""

from __future__ import annotations

from collections.abc import Iterator

from climrisk.names import MEASURES, RESIDUAL, TOTAL_BEFORE_MEASURES
from climrisk.report.blocks.items import ranked_items
from climrisk.report.blocks.narrative import asked, narrative
from climrisk.report.blocks.shares import share_columns, share_notes, shares_of
from climrisk.report.blocks.surprises import measures_verdict
from climrisk.report.blocks.targets import target_message
from climrisk.report.changes import Changes, change_sentences
from climrisk.report.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
)
from climrisk.report.focus import World, horizon_figure
from climrisk.report.printed import amount, chance, cost, largest_error, range_of, stated_amount
from climrisk.report.run_data import Cited
from climrisk.report.wording import Wording

__all__ = ["summary_section"]


def summary_section(words: Wording, world: World, changes: Changes | None) -> Section:
    """Return the one-page summary.

    Parameters
    ----------
    words : Wording
    world : World
    changes : Changes or None
        Against an earlier run; None where none was given.
    """
    title = words.word("page.summary", purpose=words.word(f"purpose.{words.stated.aim}"))
    if not words.run.study.assessed:
        empty = Paragraph(words.say("summary.unassessed", count=str(len(words.run.study.items))))
        return Section("summary", title, (empty, *_decisions(words)), words.language)
    blocks: tuple[Block, ...] = (
        Paragraph(_answer(words, world), "lead"),
        *narrative(words, "summary"),
        Bullets(tuple(_messages(words, world))),
        *_decisions(words),
        *_changed(words, changes),
        _net_table(words, world),
    )
    return Section("summary", title, blocks, words.language)


def _answer(words: Wording, world: World) -> Spans:
    count = len(words.run.scenarios)
    key = "answer_worst" if world.scenario == world.worst else "answer"
    return words.say(
        f"summary.{key if count > 1 else 'answer_only'}",
        scenario=words.scenario(world.scenario),
        count=str(count),
        horizon=words.period(world.horizon),
        range=_range(words, world.scenario, world.horizon),
        mean=_mean(words, world.scenario, world.horizon),
    )


def _messages(words: Wording, world: World) -> Iterator[Spans]:
    horizon = words.period(world.horizon)
    if world.mildest != world.scenario:
        yield words.say(
            "summary.mildest",
            scenario=words.scenario(world.mildest),
            range=_range(words, world.mildest, world.horizon),
            mean=_mean(words, world.mildest, world.horizon),
        )
    settings = words.run.study.settings
    yield words.say(
        "summary.appetite",
        scenario=words.scenario(world.scenario),
        appetite=stated_amount(words, "settings.appetite.value", settings.appetite.value),
        horizon=horizon,
        chance=chance(words, _figure(words, world.scenario, world.horizon, "breach_probability")),
    )
    yield from _largest(words, world, horizon)
    if any(one.status == "planned" for one in words.run.study.measures.values()):
        yield _measures(words, world, horizon)
    yield from target_message(words, world)


def _largest(words: Wording, world: World, horizon: str) -> Iterator[Spans]:
    """Yield the largest risk and opportunity in one sentence; nothing where there is neither."""
    years = words.run.horizons[world.horizon]
    parts = []
    for kind in ("risk", "opportunity"):
        for name in ranked_items(words.run, world, kind, most=1):
            cited = horizon_figure(words.run, world.scenario, world.horizon, "mean", subject=name)
            shown = {"item": words.item(name, 70), "amount": amount(words, cited, years)}
            parts.append(words.say("summary.largest_item", **shown))
    if parts:
        scenario, told = words.scenario(world.scenario), words.listed(parts)
        yield words.say("summary.largest", scenario=scenario, horizon=horizon, parts=told)


def _measures(words: Wording, world: World, horizon: str) -> Spans:
    years = words.run.horizons[world.horizon]
    own = horizon_figure(
        words.run,
        world.scenario,
        world.horizon,
        "mean",
        subject=MEASURES,
        control=RESIDUAL,
    )
    before = horizon_figure(
        words.run,
        world.scenario,
        world.horizon,
        "mean",
        subject=TOTAL_BEFORE_MEASURES,
        control=RESIDUAL,
    )
    return words.say(
        "summary.measures",
        scenario=words.scenario(world.scenario),
        horizon=horizon,
        now=_mean(words, world.scenario, world.horizon),
        cost=cost(words, own, years),
        before=amount(words, before, years),
        verdict=measures_verdict(words, world),
    )


def _net_table(words: Wording, world: World) -> Table:
    both = world.mildest != world.scenario
    columns = [
        Column(words.word("column.horizon"), weight=1.9),
        Column(
            words.word("column.range_in", scenario=words.scenario(world.scenario, 30)),
            "figure",
            ("P5", "P95"),
            1.4,
        ),
        Column(words.word("column.mean"), "figure"),
        *share_columns(words),
        Column(words.word("column.breach"), "figure", weight=1.3),
    ]
    if both:
        head = words.word("column.range_in", scenario=words.scenario(world.mildest, 30))
        columns.append(Column(head, "figure", ("P5", "P95"), 1.4))
    rows = tuple(_net_row(words, world, horizon, both) for horizon in words.run.horizons)
    cited = [
        (_figure(words, world.scenario, name, statistic), years)
        for name, years in words.run.horizons.items()
        for statistic in ("p5", "mean", "p95")
    ]
    notes = (
        words.say("note.average_year"),
        largest_error(words, cited),
        *share_notes(words),
    )
    title = words.word(
        "table.net",
        unit=words.labels.subtitle(unit=words.labels.unit_a_year),
        control=words.labels.word("control", world.control),
    )
    return Table("net", title, tuple(columns), rows, notes)


def _net_row(words: Wording, world: World, horizon: str, both: bool) -> tuple[Cell, ...]:
    years = words.run.horizons[horizon]
    mean = _figure(words, world.scenario, horizon, "mean")
    cells: list[Cell] = [
        (words.labels.horizon(horizon),),
        (_range(words, world.scenario, horizon, bare=True),),
        (amount(words, mean, years, bare=True),),
        *shares_of(words, mean, years),
        (chance(words, _figure(words, world.scenario, horizon, "breach_probability")),),
    ]
    if both:
        cells.append((_range(words, world.mildest, horizon, bare=True),))
    return tuple(cells)


def _decisions(words: Wording) -> tuple[Block, ...]:
    if not words.stated.decisions:
        return (Paragraph((words.word(f"summary.aim_{words.stated.aim}"),)),)
    asks = tuple(asked(words, one.ask) for one in words.stated.decisions)
    return (Paragraph((words.word("summary.sought"),)), Bullets(asks, numbered=True))


def _changed(words: Wording, changes: Changes | None) -> tuple[Block, ...]:
    return () if changes is None else (Bullets(change_sentences(words, changes)),)


def _range(words: Wording, scenario: str, horizon: str, *, bare: bool = False) -> Span:
    ends = (_figure(words, scenario, horizon, statistic) for statistic in ("p5", "p95"))
    return range_of(words, ends, words.run.horizons[horizon], bare=bare)


def _mean(words: Wording, scenario: str, horizon: str) -> Span:
    years = words.run.horizons[horizon]
    return amount(words, _figure(words, scenario, horizon, "mean"), years)


def _figure(words: Wording, scenario: str, horizon: str, statistic: str) -> Cited:
    return horizon_figure(words.run, scenario, horizon, statistic)
