"""A block of draws through the fused kernel: worlds to its memory, and its results to blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.assembly import (
    ALIKE,
    AMOUNTS,
    EXPECTED,
    LARGEST,
    SUMS,
    Feed,
    Instructions,
)
from climrisk.engine.block import Block
from climrisk.engine.effects import EventLosses
from climrisk.engine.fused import count_events, draw_events, list_events, run
from climrisk.engine.fused_alike import Alike, limits_of_rows
from climrisk.engine.fused_memory import block_memory
from climrisk.engine.fused_operations import TOLD
from climrisk.engine.fused_results import Found, SharedEffects
from climrisk.engine.measure_change import MeasureChange, touched_items
from climrisk.engine.occurrences import EVENT_SEVERITY, held, intensity, severities_at
from climrisk.engine.plan import Plan
from climrisk.engine.planned import with_measure
from climrisk.engine.program import Program, program
from climrisk.engine.streams import EVENTS_PER_YEAR, stream
from climrisk.engine.worlds import Worlds, worlds
from climrisk.errors import AmountOverflowError
from climrisk.names import CURRENT
from climrisk.portable.arrays import Draws, draw_numbers

__all__ = ["fused_blocks", "simulate_world", "suitable_draws"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
MEMORY: Final = 32 * 2**20
"""Bytes that the memory of a program may take, unless the fewest draws need more."""
LARGE_BLOCK_MEMORY: Final = 26 * 2**20
"""Bytes that it may take where there are more than the usual draws."""
MOST_DRAWS: Final = 16_384
"""What Python does once a block keeps other threads waiting: little of it in so many draws."""
WORLD_DRAWS: Final = 4096
"""Draws whose worlds are made at a time, unless a block has more."""
FEWEST_DRAWS: Final = 64
USUAL_DRAWS: Final = 1024
_VECTOR: Final = 8
"""Draws that a processor works on at once."""
_NOWHERE: Final = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Events:
    """Single events of the items whose severity is drawn by event.

    Parameters
    ----------
    of : int64 array (item, year + 1)
        Where those of an item and year begin.
    place : int32 array (2, event)
        Draw, and number in its year.
    severity : float64 array (impact of its item, event)
    """

    of: Integers
    place: NDArray[np.int32]
    severity: Floats


def fused_blocks(plan: Plan, seed: int, draws: Draws, size: int | None = None) -> Iterator[Block]:
    """Yield every scenario and control of draws, as `simulated_block` says."""
    width = size or suitable_draws(plan)
    together = width * max(WORLD_DRAWS // width, 1)
    for first in range(0, len(draws), together):
        world = worlds(plan, seed, draws[first : first + together])
        for start in range(0, len(world.draws), width):
            part = world.part(slice(start, start + width))
            yield from _blocks(plan, part, simulate_world(plan, part, seed))


def suitable_draws(plan: Plan) -> int:
    """Return how many draws are simulated at a time: as many as a moderate memory holds.

    What is done once a block weighs little in a study of many years, but not in one of a single.
    """
    rows = program(plan).regions[LARGEST].stop
    most, large = (room // (8 * rows) for room in (MEMORY, LARGE_BLOCK_MEMORY))
    draws: int = max(min(most, USUAL_DRAWS), min(large, MOST_DRAWS), FEWEST_DRAWS)
    return draws - draws % _VECTOR


def _blocks(plan: Plan, world: Worlds, found: Found) -> Iterator[Block]:
    places = program(plan).runs.place
    for scenario in plan.scenarios:
        for control in plan.controls:
            effects = SharedEffects(plan, found, places[scenario, control])
            alone = plan.measures if control == CURRENT else ()
            changes = tuple(_measure_change(plan, found, scenario, name) for name in alone)
            yield Block(scenario, control, world.draws, effects, world, changes)


@np.errstate(over="ignore", divide="ignore")  # the tallies refuse what is not finite
def simulate_world(plan: Plan, world: Worlds, seed: int) -> Found:
    """Return what the draws of `world` come to in every run.

    Raises
    ------
    AmountOverflowError
        Where a rate is beyond what can be simulated.
    """
    made, years, draws = program(plan), len(plan.years), len(world.draws)
    alike = _alike(plan)
    memory = block_memory(made.regions[LARGEST].stop, draws)
    for feed in made.feeds:
        _feed(feed, world, memory, years)
    memory[made.regions[SUMS]] = 0.0
    none = _no_events(made, years)
    refused, *_ = _run(plan, made, made.counting, alike, memory, none)
    if max(refused, alike.refused) >= 0:
        raise _refusal(plan, world, max(refused, alike.refused))
    events = _drawn(plan, made, world, seed, memory, none) if made.events.items else none
    refused, touched, emitted, single = _run(plan, made, made.settling, alike, memory, events)
    if refused >= 0:
        raise _refusal(plan, world, refused)
    spans = len(plan.horizons)
    return Found(
        rows=memory[made.regions[AMOUNTS]].reshape(-1, years, draws),
        sums=memory[made.regions[SUMS]].reshape(-1, spans + 1, draws),
        expected=memory[made.regions[EXPECTED]].reshape(-1, spans, draws),
        largest=memory[made.regions[LARGEST]].reshape(-1, years, draws),
        touched=touched,
        emitted=emitted,
        events=single,
    )


@lru_cache(maxsize=8)
def _alike(plan: Plan) -> Alike:
    """Return what is the same in all draws, whatever the seed."""
    made, years, world = program(plan), len(plan.years), worlds(plan, 0, range(1))
    memory = np.zeros((made.regions[ALIKE].stop, 1))
    for feed in made.feeds:
        if feed.row.alike:
            _feed(feed, world, memory, years)
    unknown = Alike(np.zeros(1), np.zeros(1, dtype=np.int64), np.zeros(1), -1)
    refused, *_ = _run(plan, made, made.alike, unknown, memory, _no_events(made, years))
    code = np.concatenate([one.code for one in (made.counting, made.settling, made.alike)])
    return Alike(memory[:, 0], *limits_of_rows(code, memory[:, 0], years), refused)


def _no_events(made: Program, years: int) -> Events:
    return Events(
        np.zeros((max(len(made.events.items), 1), years + 1), dtype=np.int64),
        np.zeros((2, 1), dtype=np.int32),
        np.zeros((1, 1)),
    )


def _feed(feed: Feed, world: Worlds, memory: Floats, years: int) -> None:
    """Write what a feed reads from the worlds to its rows."""
    place = feed.row.place
    memory[place : place + (years if feed.row.moves else 1)] = feed.reader(world)


def _run(
    plan: Plan,
    made: Program,
    what: Instructions,
    alike: Alike,
    memory: Floats,
    events: Events,
) -> tuple[int, Integers, Integers, EventLosses]:
    """Run instructions; return which item is refused, what overlaps touched, and single events."""
    touched = np.zeros(max(made.runs.overlaps, 1), dtype=np.int64)
    emitted = np.zeros((made.runs.emissions, 2), dtype=np.int64)
    most = _most_emitted(plan, made, events, memory.shape[1]) if what.emits else 1
    single = EventLosses(np.empty(most, dtype=np.int64), np.empty(most), np.empty(most))
    refused = run(
        what.code,
        what.numbers,
        memory,
        len(plan.years),
        plan.discount,
        plan.step,
        alike.values,
        alike.limit_of,
        alike.limits,
        *made.events.arrays(),
        events.of,
        events.place,
        events.severity,
        made.events.spaces,
        touched,
        emitted,
        single.draw,
        single.loss,
        single.count,
    )
    return refused, touched, emitted, single


def _drawn(
    plan: Plan, made: Program, world: Worlds, seed: int, memory: Floats, none: Events
) -> Events:
    """Draw each event once: scenarios and controls differ only by how many of them they keep."""
    items, years, draws = made.events.items, len(plan.years), memory.shape[1]
    place = made.events.most.place
    most = memory[place : place + len(items) * years].reshape(len(items), years, draws)
    many = count_events(most, none.of)
    events = Events(
        none.of,
        np.empty((2, many + 4), dtype=np.int32),
        np.empty((made.events.scales.shape[1], many)),
    )
    list_events(most, events.place)
    names = [stream(seed, "item", item.id, EVENT_SEVERITY).name for item in items]
    quantiles = np.empty(many)
    draw_events(
        events.of,
        events.place,
        draw_numbers(world.draws),
        np.array(plan.years) * EVENTS_PER_YEAR,
        np.array(names, dtype=np.uint64),
        np.uint64(seed),
        made.events.scales,
        made.events.laws,
        quantiles,
        events.severity,
    )
    for slot in np.flatnonzero(made.events.scales[:, 0] == TOLD).tolist():
        item = items[slot]
        own = slice(int(events.of[slot, 0]), int(events.of[slot, -1]))
        at = _places(events, slot, own, draws) if item.common_factor else _NOWHERE
        found = severities_at(plan, item, world.draws, seed, at, quantiles[own])
        for row, impact in zip(events.severity, item.impacts, strict=False):
            row[own] = found[impact.name]
    return events


def _places(events: Events, slot: int, own: slice, draws: int) -> Integers:
    """Return the place of each event of an item in (year, draw), flat."""
    several = np.diff(events.of[slot])
    year = np.repeat(np.arange(several.size), several)
    return np.asarray(year * draws + events.place[0, own])


def _most_emitted(plan: Plan, made: Program, events: Events, draws: int) -> int:
    """Return how many single events the last years of horizons can have at most."""
    last = [span.stop - 1 for span in plan.horizons.values()]
    alike, by_event = made.emitting
    own = sum(events.of[:, year + 1] - events.of[:, year] for year in last)
    return 1 + alike * draws * len(last) + int(np.dot(own, by_event))


@np.errstate(over="ignore", invalid="ignore")  # the tallies refuse what is not finite
def _measure_change(plan: Plan, found: Found, scenario: str, measure: str) -> MeasureChange:
    runs = program(plan).runs
    before, after = runs.place[scenario, CURRENT], runs.place[scenario, with_measure(measure)]
    entities = (*touched_items(plan, measure), plan.overlap_row)
    moved = runs.sum[[before, after]][:, list(entities)]
    change = found.sums[moved[1]] - found.sums[moved[0]]
    cost = -found.sums[runs.sum[after, plan.measures_row]]
    return MeasureChange(measure, entities, change, cost)


def _refusal(plan: Plan, world: Worlds, number: int) -> AmountOverflowError:
    """Return the error of the first run in which the rate of an item is too large."""
    item = plan.items[number]
    belief = held(item, world)
    for scenario in plan.scenarios:
        for control in (*plan.controls, *(with_measure(name) for name in plan.measures)):
            try:
                intensity(plan, item, belief, world, scenario, control)
            except AmountOverflowError as error:
                return error
    return AmountOverflowError(f"{item.id}: the rate is beyond what can be simulated")
