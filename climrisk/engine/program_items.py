"""Instructions for all variants of an item."""

from __future__ import annotations

from collections.abc import Mapping

from climrisk.engine import fused_operations as op
from climrisk.engine.assembly import AMOUNTS, EXPECTED, OF_CLASS, OF_YEAR, Assembly, Row
from climrisk.engine.conditional import reason_without_conditional_mean
from climrisk.engine.plan import Plan
from climrisk.engine.program_amounts import Amounts, Booked, net_is_channel
from climrisk.engine.program_events import EventTable, Settlements
from climrisk.engine.program_frequency import Frequency
from climrisk.engine.program_largest import LargestEvents
from climrisk.engine.program_runs import NET, Closing, Runs, closed_year

__all__ = ["ItemWriter"]


class ItemWriter:
    """Writes items, one after the other, and keeps what the totals are made of.

    Parameters
    ----------
    plan, to, runs, table
        What is written for, and where.

    Attributes
    ----------
    frequency : Frequency
        What writes links and measures.
    amounts : Amounts
        What writes severities.
    largest : LargestEvents
        What writes the largest losses from one event.
    caps : dict of (item, first run) to dict of impact to Row
        Effects that exposure caps hold.
    """

    def __init__(self, plan: Plan, to: Assembly, runs: Runs, table: EventTable) -> None:
        self.plan = plan
        self.to = to
        self.runs = runs
        self.table = table
        self.frequency = Frequency(plan, to)
        self.amounts = Amounts(self.frequency)
        self.caps: dict[tuple[int, int], dict[str, Row]] = {}
        self.largest = LargestEvents(plan, to, runs)

    def write(self, number: int) -> None:
        """Write all variants of an item, those of one class of scenarios together."""
        item = self.plan.items[number]
        self.to.begin(OF_YEAR)
        if item.per_event:
            self._settlements = Settlements(self.amounts, self.table, item)
        for likeness, first_runs in enumerate(self.runs.classes(number)):
            self.to.begin(OF_CLASS)
            for run in first_runs:
                self._write_variant(number, run, likeness)

    def _write_variant(self, number: int, run: int, likeness: int) -> None:
        item = self.plan.items[number]
        scenario, control = self.runs.all[run]
        told = self.runs.is_told(self.runs.like(number, run))
        likely = self.frequency.likely(item, scenario, control)
        units = self.amounts.units(item, scenario, control)
        held = [one.name for one in item.impacts if one.held_by_caps]
        caps = {name: self.to.room() for name in held}
        self.caps[number, run] = caps
        if item.per_event:
            mean = likely
            found = self._by_event(number, run, likeness, caps, likely)
        else:
            hits, mean = self.frequency.happening(item, likely)
            paid, single = self.amounts.alike(item, hits, units)
            found = self.amounts.booked(item, caps, hits=hits, amounts=units, paid=paid)
            if told and item.has_single_events:
                self._emit(number, run, hits, single)
        if found is not None:
            self._store(number, run, found, told)
        if told and not reason_without_conditional_mean(item):
            self._expect(number, run, mean, self.amounts.net_of_only_one(item, units))

    def _by_event(
        self, number: int, run: int, likeness: int, caps: dict[str, Row], likely: Row
    ) -> Booked | None:
        """Return what is booked, or None where that has been done already."""
        item, policy = self.plan.items[number], self.plan.items[number].insurance
        told = self.runs.is_told(self.runs.like(number, run))
        settled = self._settlements.of(*self.runs.all[run], likeness)
        settled.find(self.frequency, item, likely, self.table.counts[item.id, run])
        place = {one.name: k for k, one in enumerate(item.impacts)}
        if told and item.has_single_events:
            self.largest.raised(number, run, *settled.largest)
            for year, emission in self._emissions(number, run).items():
                settled.emit(year, emission)
        if policy is None and self.amounts.are_net_alone(item, caps):
            self._close(number, run, told, settled.closing)
            return None
        yearly = {name: settled.sum(k) for name, k in place.items()}
        paid: Mapping[str, Row] = {}
        if policy is not None and policy.aggregate == "event":
            paid = {name: settled.paid(place[name]) for name in policy.covers}
        elif policy is not None:
            paid = self.amounts.recovered(item, yearly)
        paid = self.amounts.capped(item, paid)
        return self.amounts.booked(item, caps, hits=None, amounts=yearly, paid=paid)

    def _emissions(self, number: int, run: int) -> dict[int, int]:
        """Return a new emission for the last year of each horizon, by year."""
        found: dict[int, int] = {}
        like = self.runs.like(number, run)
        for horizon, span in enumerate(self.plan.horizons.values()):
            found[span.stop - 1] = self.runs.emissions
            self.runs.emission[like, number, horizon] = self.runs.emissions
            self.runs.emissions += 1
        return found

    def _emit(self, number: int, run: int, hits: Row, single: Row) -> None:
        self.largest.raised(number, run, op.RAISE_LARGEST, (hits, single))
        for year, emission in self._emissions(number, run).items():
            years = range(year, year + 1)
            self.to.act(op.EMIT, hits, hits, single, numbers=(float(emission),), years=years)

    def _store(self, number: int, run: int, booked: Booked, told: bool) -> None:
        """Write channels and net on the money grid."""
        item, like, runs = self.plan.items[number], self.runs.like(number, run), self.runs
        self._close(number, run, told, Closing(booked.net))
        if not told or net_is_channel(item):
            return
        for channel, amounts in booked.channels.items():
            runs.row[like, number, channel] = self.to.used(AMOUNTS) // self.to.years
            self.to.act(op.SNAP, self.to.room(region=AMOUNTS, moves=True), amounts)

    def _close(self, number: int, run: int, told: bool, closing: Closing) -> None:
        """Write net on the money grid, and the channel that is the same."""
        item, like, runs = self.plan.items[number], self.runs.like(number, run), self.runs
        row, place = closed_year(self.plan, self.to, closing, told)
        runs.sum[like, number] = place
        runs.row[like, number, NET] = row
        if net_is_channel(item):
            runs.row[like, number, item.impacts[0].channel] = row

    def _expect(self, number: int, run: int, mean: Row, single: Row) -> None:
        several = len(self.plan.horizons)
        self.runs.expected[self.runs.like(number, run), number] = self.to.used(EXPECTED) // several
        told = self.to.room(several, region=EXPECTED)
        alike = mean.alike and single.alike
        out = self.to.room(several, alike=True) if alike else told
        for horizon, span in enumerate(self.plan.horizons.values()):
            first, last = range(span.start, span.start + 1), range(span.stop - 1, span.stop)
            self.to.act(op.FILL, out + horizon, numbers=(0.0,), years=first)
            years = range(span.start, span.stop)
            self.to.act(op.EXPECT, out + horizon, mean, single, years=years)
            if alike:
                self.to.act(op.SPREAD, told + horizon, out + horizon, years=last)
