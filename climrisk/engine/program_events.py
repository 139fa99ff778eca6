"""Items whose severity is drawn by event: how many events, and what settles them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.quantities.gaussian import Gaussian
from climrisk.domain.quantities.scales import Scale
from climrisk.engine import fused_operations as op
from climrisk.engine.assembly import OF_CLASS, OF_YEAR, Assembly, Row
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem
from climrisk.engine.program_amounts import Amounts
from climrisk.engine.program_frequency import Frequency
from climrisk.engine.program_runs import Closing, Runs

__all__ = ["EventTable", "Settlements", "counted_events", "emitting_variants"]

Pairs = list[tuple[Row, Row]]
SCALES: dict[Scale, int] = {"identity": op.IDENTITY, "log": op.LOG, "logit": op.LOGIT}


class EventTable:
    """What the instruction `SETTLE` needs of the items, and the rows of their counts.

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
    counts : dict of (item id, first run) to Row or None
        Counts of each year; None where the limits of one rate tell them.
    spaces : int
        Settlements of one item that are kept side by side.
    scales, laws : int64 array (item, impact), float64 array (item, impact, 2)
        How severities are drawn; see `engine.fused.draw_events`.
    """

    def __init__(self, plan: Plan, to: Assembly) -> None:
        self.items = tuple(item for item in plan.items if item.per_event)
        self.most = to.room(max(len(self.items), 1), moves=True)
        self.counts: dict[tuple[str, int], Row | None] = {}
        self.spaces = 1
        impacts = max((len(item.impacts) for item in self.items), default=1)
        self.scales = np.full((max(len(self.items), 1), impacts), op.ABSENT, dtype=np.int64)
        self.laws = np.zeros((*self.scales.shape, 2))
        for slot, item in enumerate(self.items):
            self._set_laws(slot, item)
        self._integers: list[int] = []
        self._terms: list[float] = []

    def _set_laws(self, slot: int, item: PlannedItem) -> None:
        found = [getattr(one.severity, "law", None) for one in item.impacts]
        laws = [law for law in found if isinstance(law, Gaussian)]
        if item.common_factor or len(laws) < len(found):
            self.scales[slot, 0] = op.TOLD
            return
        for k, law in enumerate(laws):
            self.scales[slot, k] = SCALES[law.scale]
            self.laws[slot, k] = law.mu, law.sigma

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


def emitting_variants(plan: Plan, runs: Runs) -> tuple[int, NDArray[np.int64]]:
    """Return how many variants have single events; see `engine.program.Program`."""
    several = [
        len(set(runs.first[number].tolist())) if item.has_single_events else 0
        for number, item in enumerate(plan.items)
    ]
    pairs = list(zip(plan.items, several, strict=True))
    by_event = [count for item, count in pairs if item.per_event]
    alike = sum(count for item, count in pairs if not item.per_event)
    return alike, np.array(by_event or [0], dtype=np.int64)


def counted_events(plan: Plan, runs: Runs, frequency: Frequency, table: EventTable) -> None:
    """Write how many events any run has at most, and the counts of those whose draws differ."""
    to = frequency.to
    for slot, item in enumerate(table.items):
        number = plan.items.index(item)
        most = table.most + slot * to.years
        to.begin(OF_YEAR)
        variants = [run for several in runs.classes(number) for run in several]
        likely = [frequency.likely(item, *runs.all[run]) for run in variants]
        differing = _with_limits(frequency, item, most, dict.fromkeys(likely))
        for run, row in zip(variants, likely, strict=True):
            table.counts[item.id, run] = differing.get(row)


def _with_limits(
    frequency: Frequency, item: PlannedItem, most: Row, likely: Iterable[Row]
) -> dict[Row, Row]:
    """Write the largest counts of an item, and return the rows of those that differ by draw."""
    to, found = frequency.to, {}
    alike = [row for row in likely if frequency.is_counted_alike(item, row)]
    for row in alike:
        to.act(op.LIMIT_MOST, replace(most, narrow=True), row)
    if alike:
        to.act(op.COUNT_ALIKE, most, frequency.latent(item), most)
    else:
        to.act(op.FILL, most, numbers=(0.0,))
    for row in likely:
        if row not in alike:
            what, operands, numbers = frequency.counted(item, row)
            found[row] = to.room(moves=True)
            to.act(what, found[row], *operands, numbers=numbers)
            to.act(op.MAXIMUM_WITH, most, found[row])
    return found


@dataclass(frozen=True)
class Settled:
    """Running sums of the single events of an item in a year, which runs read at their counts.

    Parameters
    ----------
    to : Assembly
    space, table, impacts : int
        Where the sums are kept, place of the item in the table, and its impacts.
    """

    to: Assembly
    space: int
    table: int
    impacts: int

    @property
    def closing(self) -> Closing:
        """How net is closed where the only impact is net."""
        return Closing(None, (float(self.space), 0.0))

    @property
    def largest(self) -> tuple[int, tuple[Row, ...], tuple[float, ...]]:
        """Instruction that raises the largest loss, its operands and its numbers."""
        return op.RAISE_SETTLED, (), (float(self.space), float(2 * self.impacts))

    def find(
        self, frequency: Frequency, item: PlannedItem, likely: Row, counts: Row | None
    ) -> None:
        """Find the sums of a run's events, which all that follows reads."""
        numbers = (float(self.space),)
        if counts is None:
            operands = (frequency.latent(item), likely)
            self.to.act(op.PLACE_ALIKE, self.to.zero, *operands, numbers=numbers)
        else:
            self.to.act(op.PLACE, self.to.zero, counts, numbers=numbers)

    def sum(self, impact: int) -> Row:
        """Return what the events come to on an impact."""
        out = self.to.room(region=OF_CLASS)
        self.to.act(op.READ_SETTLED, out, numbers=(float(self.space), float(impact)))
        return out

    def paid(self, impact: int) -> Row:
        """Return what the policy pays on the events."""
        return self.sum(self.impacts + impact)

    def emit(self, year: int, emission: int) -> None:
        """Write down the events of one year."""
        numbers = (float(emission), float(self.space), float(self.table))
        years = range(year, year + 1)
        self.to.act(op.EMIT_SETTLED, self.to.zero, numbers=numbers, years=years)


class Settlements:
    """Settlements of one item: one for all runs in which an event costs the same.

    Parameters
    ----------
    amounts : Amounts
    table : EventTable
    item : PlannedItem
    """

    def __init__(self, amounts: Amounts, table: EventTable, item: PlannedItem) -> None:
        self._amounts = amounts
        self._table = table
        self._item = item
        self._place = table.add(amounts, item)
        self._most = table.most + table.items.index(item) * amounts.to.years
        self._found: dict[object, Settled] = {}

    def of(self, scenario: str, control: str, likeness: int) -> Settled:
        """Return the settlement of a run.

        Parameters
        ----------
        scenario, control : str
        likeness : int
            Number of the class of scenarios.
        """
        item, amounts = self._item, self._amounts
        links = [amounts.links(item, one, scenario) for one in item.impacts]
        left = [amounts.left(item, one, control) for one in item.impacts]
        holds = max(row.holds for pair in (*links, *left) for row in pair)
        key = (likeness if holds == OF_CLASS else -1, tuple(links), tuple(left))
        if key not in self._found:
            self._found[key] = self._written(links, left, max(holds, OF_YEAR))
        return self._found[key]

    def _written(self, links: Pairs, left: Pairs, holds: int) -> Settled:
        to, several, space = self._amounts.to, len(links), len(self._found)
        self._table.spaces = max(self._table.spaces, space + 1)
        numbers = (float(self._place), float(space))
        if {*links} == {(to.one, to.zero)} and {*left} == {(to.one, to.one)}:
            none, plain = to.zero, (*numbers, 1.0)
            to.act(op.SETTLE, none, none, none, none, self._most, numbers=plain)
            return Settled(to, space, self._place, several)
        rows = to.room(3 * several, region=holds)
        times, plus, after = (rows + k * several for k in range(3))
        for k, (ratio, addition) in enumerate(links):
            to.act(op.COPY, times + k, ratio)
            to.act(op.COPY, plus + k, addition)
            to.act(op.MULTIPLY, after + k, *left[k])
        to.act(op.SETTLE, rows, times, plus, after, self._most, numbers=numbers)
        return Settled(to, space, self._place, several)
