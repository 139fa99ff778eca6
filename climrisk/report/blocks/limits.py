"""Assumptions and limits: what moves net, what it rests on, what is not covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from climrisk.charts.tables.inputs import input_name
from climrisk.i18n import percent
from climrisk.names import CURRENT
from climrisk.report.blocks.narrative import Drift, narrative
from climrisk.report.blocks.shares import missing_figures
from climrisk.report.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Paragraph,
    Section,
    Spans,
    Table,
)
from climrisk.report.focus import World
from climrisk.report.wording import NOTHING, Wording, shortened

__all__ = ["limits_section"]

LISTED: Final = 4


def limits_section(
    words: Wording,
    world: World,
    drifts: list[Drift],
    untranslated: list[str],
    is_compared: bool,
) -> Section:
    """Return the page of assumptions and limits.

    Parameters
    ----------
    words : Wording
    world : World
    drifts : list of Drift
        Figures in the study's sentences that moved.
    untranslated : list of str
        Texts that stand in another language.
    is_compared : bool
        Whether an earlier run was given.
    """
    blocks: tuple[Block, ...] = (
        *(Paragraph(one, "warning") for one in _warnings(words, drifts, untranslated)),
        *narrative(words, "limits"),
        *_inputs(words, world),
        Bullets(tuple(_limits(words, is_compared))),
    )
    return Section("limits", words.word("page.limits"), blocks, words.language)


def _warnings(words: Wording, drifts: list[Drift], untranslated: list[str]) -> Iterator[Spans]:
    for one in drifts[:LISTED]:
        yield words.say("limits.drift", place=one.place, cited=one.cited, found=one.found)
    if untranslated:
        shown = words.listed(shortened(text, 40) for text in untranslated[:LISTED])
        yield words.say("limits.untranslated", count=str(len(untranslated)), texts=shown)


def _inputs(words: Wording, world: World) -> tuple[Block, ...]:
    run = words.run
    if not run.has_table("inputs.csv"):
        return ()
    rows = run.table("inputs.csv")
    at = {"scenario": world.scenario, "control": CURRENT, "horizon": world.last}
    for name, value in at.items():
        rows = rows[rows[name] == value]
    moving = rows[rows["share"] > 0.0].sort_values("rank")
    if moving.empty:
        return ()
    columns = (
        Column(words.word("column.input"), weight=3.0),
        Column(words.word("column.variance"), "figure"),
        Column(words.word("column.basis"), weight=1.2),
    )
    table = tuple(_input_row(words, at, str(name)) for name in moving["input"])
    title = words.word(
        "table.inputs",
        scenario=words.scenario(world.scenario),
        horizon=words.labels.horizon(world.last),
        count=len(table),
    )
    return (Table("inputs", title, columns, table, (words.say("note.inputs"),)),)


def _input_row(words: Wording, at: dict[str, str], name: str) -> tuple[Cell, ...]:
    basis = words.run.text("inputs.csv", "basis", **at, input=name)
    cited = words.run.cite("inputs.csv", **at, input=name)
    text = words.word("share", share=percent(cited.value), error=percent(min(cited.error, 1.0)))
    figure = Figure(text, (cited.value,), "1", (cited.key,))
    stated = [words.word(f"basis.{one.strip() or 'unstated'}") for one in basis.split(";")]
    return (
        (shortened(input_name(words.labels, name), 100),),
        (figure,),
        words.listed(stated),
    )


def _limits(words: Wording, is_compared: bool) -> Iterator[Spans]:
    """Yield what a reader must know before believing the paper."""
    run, study = words.run, words.run.study
    inputs = run.record["inputs"]
    assumed = sum(one["basis"] == "assumption" for one in inputs)
    unverified = sum(one["verified"] is False for one in inputs)
    yield words.say(
        "limits.basis",
        count=str(len(inputs)),
        assumed=str(assumed),
        unverified=str(unverified),
    )
    if words.labels.remarks:
        yield (shortened(" ".join(words.labels.remarks), 220),)
    yield from _not_assessed(words)
    yield from _draws(words)
    missing = missing_figures(words)
    if missing:
        yield words.say("limits.company", missing=words.listed(missing))
    assumed_scenarios = [
        words.scenario(name)
        for name in run.scenarios
        if study.scenarios[name].basis == "assumption"
    ]
    if assumed_scenarios:
        yield words.say("limits.own_scenario", scenarios=words.listed(assumed_scenarios))
    if len(run.scenarios) < 2:
        yield words.say("limits.one_scenario")
    if not any(study.scenarios[name].warming.median_2100.value <= 1.5 for name in run.scenarios):
        yield words.say("limits.no_low_warming")
    yield words.say("limits.covered", end=str(study.settings.end_year))
    yield words.say("limits.scenarios")
    if not is_compared:
        yield words.say("changes.none")


def _not_assessed(words: Wording) -> Iterator[Spans]:
    study = words.run.study
    names = list(study.not_assessed)
    if not names:
        yield words.say("limits.all_assessed", count=str(len(study.items)))
        return
    shown = words.listed(words.item(name, 30) for name in names[:LISTED])
    rest = len(names) - LISTED
    more = words.word("more", count=rest) if rest > 0 else ""
    yield words.say(
        "limits.not_assessed",
        count=str(len(names)),
        total=str(len(study.items)),
        items=(*shown, more) if more else shown,
    )


def _draws(words: Wording) -> Iterator[Spans]:
    verdict, draws = words.run.record["convergence"], f"{words.run.record['draws']:,}"
    if not words.run.study.assessed:
        return
    error = f"{100.0 * verdict['relative_error']:.1f}%"
    if verdict["enough"]:
        yield words.say("limits.enough", draws=draws, error=error)
    else:
        needed = verdict["draws_needed"]
        told = NOTHING if needed is None else f"{needed:,}"
        yield words.say("limits.not_enough", draws=draws, error=error, needed=told)
