"""Targets: base, latest figure, forecast, chance and status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from climrisk.charts.caption import printable
from climrisk.charts.roles import Role
from climrisk.domain.target import Target
from climrisk.i18n import fixed, significant
from climrisk.report.document import (
    Block,
    Cell,
    Column,
    Figure,
    Icon,
    Paragraph,
    Span,
    Spans,
    State,
    Table,
)
from climrisk.report.focus import World
from climrisk.report.printed import chance
from climrisk.report.run_data import Cited
from climrisk.report.target_outlook import Outlook, past_figure, target_chance, target_outlook
from climrisk.report.wording import NOTHING, Wording

__all__ = ["target_blocks", "target_message"]

MOST: Final = 5
FIGURES: Final = 3
"""Significant figures of a target's metric: two cannot tell a cap of 52.90 from 53.1."""
SAME: Final = 0.05
"""Difference of chances below which scenarios are said not to differ."""
ICONS: Final[dict[str, tuple[Icon, Role]]] = {
    "on_track": ("tick", "on_track"),
    "at_risk": ("triangle", "at_risk"),
    "off_track": ("cross", "off_track"),
}


def target_message(words: Wording, world: World) -> Iterator[Spans]:
    """Yield how many targets are on track and which is least likely; nothing without targets."""
    outlooks = [target_outlook(words.run, world.scenario, name) for name in words.run.study.targets]
    judged = {
        name: one for name, one in zip(words.run.study.targets, outlooks, strict=True) if one.due
    }
    if not judged:
        return
    least = min(judged, key=lambda name: judged[name].chance.value)
    yield words.say(
        "summary.targets",
        scenario=words.scenario(world.scenario),
        good=str(sum(one.status == "on_track" for one in judged.values())),
        count=str(len(judged)),
        target=words.text(judged[least].target.title, 70),
        year=str(judged[least].target.target_year),
        chance=chance(words, judged[least].chance),
    )


def target_blocks(words: Wording, world: World) -> tuple[Block, ...]:
    """Return the table of targets, or a sentence where there is none."""
    if not words.run.study.targets:
        return (Paragraph((words.word("targets.none"),)),)
    names = list(words.run.study.targets)[:MOST]
    columns = (
        Column(words.word("column.target"), weight=2.4),
        Column(words.word("column.base"), "figure", weight=1.2),
        Column(words.word("column.limit"), "figure"),
        Column(words.word("column.actual"), "figure", weight=1.2),
        Column(words.word("column.forecast"), "figure", ("P5", "P50", "P95"), 1.6),
        Column(words.word("column.met"), "figure", weight=1.3),
        Column(words.word("column.status"), "state", weight=1.1),
    )
    outlooks = {name: target_outlook(words.run, world.scenario, name) for name in names}
    rows = tuple(_row(words, name, one) for name, one in outlooks.items())
    title = words.word("table.targets", scenario=words.scenario(world.scenario))
    return (Table("targets", title, columns, rows, tuple(_notes(words, world, outlooks))),)


def _row(words: Wording, name: str, one: Outlook) -> tuple[Cell, ...]:
    title = f"{printable(name)} {words.text(one.target.title, 80)}"
    past = past_figure(words.run, name)
    return (
        (title if one.target.unit is None else f"{title} ({printable(one.target.unit)})",),
        (_past(words, one.target, past),),
        (_limit(words, name, one),),
        (_actual(words, past),),
        (_forecast(words, one),),
        (NOTHING if one.due is None else chance(words, one.chance),),
        _state(words, one),
    )


def _past(words: Wording, target: Target, past: tuple[str, str, Cited] | None) -> Span:
    if past is None:
        return NOTHING
    year, _, cited = past
    text = words.word("targets.in_year", figure=_metric(cited.value, target), year=year)
    return Figure(text, (cited.value,), target.unit or "1", (cited.key,))


def _limit(words: Wording, name: str, one: Outlook) -> Span:
    if one.due is None:
        return NOTHING
    cited, year = one.due["limit"], str(one.target.target_year)
    text = words.word("targets.in_year", figure=_metric(cited.value, one.target), year=year)
    return Figure(text, (cited.value,), one.target.unit or "1", (cited.key,))


def _actual(words: Wording, past: tuple[str, str, Cited] | None) -> Span:
    """Return the latest figure after the base year; the runs know of none yet but the base's."""
    return NOTHING if past is None else words.word("targets.base_year")


def _forecast(words: Wording, one: Outlook) -> Span:
    if one.due is None:
        return NOTHING
    ends = [one.due[f"projected_{name}"] for name in ("p5", "p50", "p95")]
    if not all(cited.known for cited in ends):
        return NOTHING
    low, middle, high = (significant(cited.value, FIGURES) for cited in ends)
    text = words.word("targets.forecast", low=low, middle=middle, high=high)
    values = tuple(cited.value for cited in ends)
    return Figure(text, values, one.target.unit or "1", tuple(cited.key for cited in ends))


def _metric(value: float, target: Target) -> str:
    decimals = target.stated_decimals
    return significant(value, FIGURES) if decimals is None else fixed(value, decimals)


def _state(words: Wording, one: Outlook) -> State:
    if one.status not in ICONS:
        return State(words.word("status.none"), "dash")
    icon, role = ICONS[one.status]
    return State(words.word(f"status.{one.status}"), icon, role)


def _notes(words: Wording, world: World, outlooks: dict[str, Outlook]) -> Iterator[Spans]:
    errors = [one.chance.error for one in outlooks.values() if one.due]
    known = [error for error in errors if error == error]
    yield words.say(
        "note.targets",
        year=str(words.run.study.settings.base_year),
        points=f"{100.0 * max(known):.1f}" if known else NOTHING,
    )
    yield from _alike(words, outlooks)
    yield from _surprises(words, outlooks)
    rest = len(words.run.study.targets) - len(outlooks)
    if rest > 0:
        yield words.say("note.more_targets", count=str(rest))


def _alike(words: Wording, outlooks: dict[str, Outlook]) -> Iterator[Spans]:
    """Say that scenarios do not differ by the target years, where they do not."""
    gaps = []
    for name, one in outlooks.items():
        if one.due:
            chances = [target_chance(words.run, other, name) for other in words.run.scenarios]
            values = [cited.value for cited in chances if cited is not None]
            gaps.append(max(values) - min(values))
    if gaps and len(words.run.scenarios) > 1 and max(gaps) < SAME:
        yield words.say("note.targets_alike", points=f"{100.0 * max(gaps):.1f}")


def _surprises(words: Wording, outlooks: dict[str, Outlook]) -> Iterator[Spans]:
    """Say why a cap at the base year's own level is missed, or met by rounding alone."""
    for name, one in outlooks.items():
        if one.due is None or one.target.kind != "not_exceed":
            continue
        stated, exact = one.chance, one.due["probability_met_unrounded"]
        if stated.value - exact.value > 0.2:
            yield words.say(
                "note.met_by_rounding",
                target=name,
                stated=chance(words, stated, bare=True),
                exact=chance(words, exact, bare=True),
            )
        elif stated.value < 0.66 and _has_no_headroom(one):
            yield words.say("note.no_headroom", target=name)


def _has_no_headroom(one: Outlook) -> bool:
    base = one.target.base_value
    assert one.due is not None
    return base is not None and one.due["limit"].value <= base.value
