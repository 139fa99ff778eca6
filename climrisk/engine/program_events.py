"""Items whose severity is drawn by event: how many events, and what settles them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from climrisk.engine import fused_operations as op
from climrisk.engine.assembly import OF_CLASS, OF_YEAR, Assembly, Row
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem
from climrisk.engine.program_amounts import Amounts
from climrisk.engine.program_frequency import Frequency
from climrisk.engine.program_runs import Runs

__all__ = ["EventTable", "counted_events", "settled_events"]


class EventTable:
    """What the instruction `EVENTS` needs of the items, and the rows of their counts.

    Parameters
    ----------
    plan : Plan
    to : Assembly

    Attributes
    ----------
    items : tuple of PlannedItem
        Those whose severity is drawn by event.
    most : Row
        Largest counts of any run, (item, year).
    counts : dict of (item id, first run) to Row
        Counts of each year.
    """

    def __init__(self, plan: Plan, to: Assembly) -> None:
        self.items = tuple(item for item in plan.items if item.per_event)
        self.most = to.room(max(len(self.items), 1), moves=True)
        self.counts: dict[tuple[str, int], Row] = {}
        self._integers: list[int] = []
        self._terms: list[float] = []

    def add(self, amounts: Amounts, item: PlannedItem) -> int:
        """Return the place of an item in the table, having put it there; see `fused.run`."""
        place = len(self._integers)
        policy = item.insurance
        names = [one.name for one in item.impacts]
        single = policy is not None and policy.aggregate == "event"
        covers = [names.index(name) for name in policy.covers] if policy and single else []
        kept = [amounts.kept(item, one) for one in item.impacts]
        head = [self.items.index(item), len(names), len(covers), len(self._terms)]
        by_impact = [
            value
            for one, row in zip(item.impacts, kept, strict=True)
            for value in (
                int(one.may_be_negative),
                int(one.write_ups_in_net),
                -1 if row is None else row.place,
            )
        ]
        self._integers += [*head, *by_impact, *covers]
        limit = np.inf if policy is None or policy.limit is None else policy.limit
        self._terms += [policy.deductible, limit, policy.share] if policy else [0.0, limit, 0.0]
        self._terms += [value for one in item.impacts for value in (one.sign, one.margin)]
        return place

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the table as `engine.fused.run` takes it."""
        integers = np.array(self._integers or [0], dtype=np.int64)
        return integers, np.array(self._terms or [0.0], dtype=np.float64)


def counted_events(plan: Plan, runs: Runs, frequency: Frequency, table: EventTable) -> None:
    """Write the counts of every variant, and the largest of them."""
    to = frequency.to
    for slot, item in enumerate(table.items):
        number = plan.items.index(item)
        most = table.most + slot * to.years
        to.begin(OF_YEAR)
        to.act(op.FILL, most, numbers=(0.0,))
        for first_runs in runs.classes(number):
            to.begin(OF_CLASS)
            by_rate: dict[Row, Row] = {}
            for run in first_runs:
                likely = frequency.likely(item, *runs.all[run])
                if likely not in by_rate:
                    by_rate[likely] = _counted(frequency, item, likely, most)
                table.counts[item.id, run] = by_rate[likely]


def _counted(frequency: Frequency, item: PlannedItem, likely: Row, most: Row) -> Row:
    to = frequency.to
    what, operands, numbers = frequency.counted(item, likely)
    counts = to.room(moves=True)
    to.act(what, counts, *operands, numbers=numbers)
    to.act(op.MAXIMUM_WITH, most, counts)
    return counts


def settled_events(
    plan: Plan,
    runs: Runs,
    amounts: Amounts,
    table: EventTable,
    place: int,
    number: int,
    run: int,
    emissions: dict[int, int],
) -> Row:
    """Write the settlement of single events in one variant.

    Parameters
    ----------
    plan, runs, amounts, table
        What is written for, and with.
    place : int
        Of the item in the table.
    number, run : int
        The item and the first run of its variant.
    emissions : dict of year to int
        Emission of the single events of a year.

    Returns
    -------
    Row
        Sums by impact, then what is paid on them, then the largest loss.
    """
    to, item = amounts.to, plan.items[number]
    scenario, control = runs.all[run]
    several = len(item.impacts)
    links = to.remembered(
        ("event links", item.id), OF_CLASS, lambda: _copied_links(amounts, item, scenario)
    )
    after = to.room(several, region=OF_CLASS)
    for k, impact in enumerate(item.impacts):
        to.act(op.MULTIPLY, after + k, *amounts.left(item, impact, control))
    out = to.room(2 * several + 1, region=OF_CLASS)
    counts = table.counts[item.id, run]
    start = 0
    for year in (*sorted(emissions), to.years):
        spans = [(range(start, year), -1)]
        if year < to.years:
            spans.append((range(year, year + 1), emissions[year]))
        for years, emission in spans:
            if years:
                numbers = (float(place), float(emission))
                operands = (links, links + several, after, counts)
                to.act(op.EVENTS, out, *operands, numbers=numbers, years=years)
        start = year + 1
    return out


def _copied_links(amounts: Amounts, item: PlannedItem, scenario: str) -> Row:
    """Copy ratios, then additions, of all impacts to rows back to back."""
    several = len(item.impacts)
    rows = amounts.to.room(2 * several, region=OF_CLASS)
    for k, impact in enumerate(item.impacts):
        times, plus = amounts.links(item, impact, scenario)
        amounts.to.act(op.COPY, rows + k, times)
        amounts.to.act(op.COPY, rows + several + k, plus)
    return rows
