"""From a plan to the program of the fused kernel, and where its results stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.assembly import Assembly, Feed, Instructions
from climrisk.engine.plan import Plan
from climrisk.engine.program_events import EventTable, counted_events, emitting_variants
from climrisk.engine.program_items import ItemWriter
from climrisk.engine.program_runs import Runs, closed_sums
from climrisk.engine.program_totals import (
    write_costs,
    write_nothing,
    write_overlaps,
)

__all__ = ["Program", "program"]

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Program:
    """What the fused kernel runs for a plan.

    Parameters
    ----------
    counting, settling : Instructions
        What runs in every block: what counts single events, before any severity is drawn, and all
        that follows.
    alike : Instructions
        What runs once for the plan: see `engine.fused_alike`.
    feeds : tuple of Feed
        What is read from the worlds.
    regions : tuple of slice
        Rows of each region of the memory.
    runs : Runs
        Where the results of each run stand.
    events : EventTable
        Items whose severity is drawn by event.
    emitting : tuple of int and int64 array (item by event,)
        Variants whose single events are counted: of items that have one severity a draw, all
        together, and of each of the others.
    """

    counting: Instructions
    settling: Instructions
    alike: Instructions
    feeds: tuple[Feed, ...]
    regions: tuple[slice, ...]
    runs: Runs
    events: EventTable
    emitting: tuple[int, Integers]


@lru_cache(maxsize=8)
def program(plan: Plan) -> Program:
    """Return the program of a plan, written once."""
    to, runs = Assembly(len(plan.years)), Runs(plan)
    write_nothing(plan, to)
    table = EventTable(plan, to)
    writer = ItemWriter(plan, to, runs, table)
    counted_events(plan, runs, writer.frequency, table)
    counting = to.length_in_blocks
    writer.largest.begin()
    for number in range(len(plan.items)):
        writer.write(number)
    write_overlaps(plan, to, runs, writer)
    writer.largest.close()
    write_costs(plan, to, runs)
    closed_sums(plan, to)
    in_blocks, alike, regions = to.finished()
    emitting = emitting_variants(plan, runs)
    feeds, places = tuple(to.feeds), tuple(regions)
    return Program(*in_blocks.cut(counting), alike, feeds, places, runs, table, emitting)
