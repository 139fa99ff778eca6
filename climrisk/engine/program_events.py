"""Items whose severity is drawn by event: how many events, and what settles them."""

from __future__ import annotations

from dataclasses import dataclass

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
from climrisk.engine.program_runs import Runs

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
    counts : dict of (item id, first run) to Row
        Counts of each year.
    spaces : int
        Settlements of one item that are kept side by side.
    scales, laws : int64 array (item, impact), float64 array (item, impact, 2)
        How severities are drawn; see `engine.fused.draw_events`.
    """

    def __init__(self, plan: Plan, to: Assembly) -> None:
        self.items = tuple(item for item in plan.items if item.per_event)
        self.most = to.room(max(len(self.items), 1), moves=True)
        self.counts: dict[tuple[str, int], Row] = {}
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

    def sum(self, impact: int, counts: Row, largest: Row | None = None) -> Row:
        """Return what the first events come to on an impact; write their largest loss if asked."""
        out = self.to.room(region=OF_CLASS)
        if largest is None:
            return self._read(impact, counts, out)
        numbers = (float(self.space), float(impact), float(2 * self.impacts))
        self.to.act(op.READ_TWO_SETTLED, out, counts, largest, numbers=numbers)
        return out

    def paid(self, impact: int, counts: Row) -> Row:
        """Return what the policy pays on the first events."""
        return self._read(self.impacts + impact, counts, self.to.room(region=OF_CLASS))

    def emit(self, counts: Row, year: int, emission: int) -> None:
        """Write down the first events of one year."""
        numbers = (float(emission), float(self.space), float(self.table))
        years = range(year, year + 1)
        self.to.act(op.EMIT_SETTLED, counts, counts, numbers=numbers, years=years)

    def _read(self, which: int, counts: Row, out: Row) -> Row:
        self.to.act(op.READ_SETTLED, out, counts, numbers=(float(self.space), float(which)))
        return out


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
        rows = to.room(3 * several, region=holds)
        times, plus, after = (rows + k * several for k in range(3))
        for k, (ratio, addition) in enumerate(links):
            to.act(op.COPY, times + k, ratio)
            to.act(op.COPY, plus + k, addition)
            to.act(op.MULTIPLY, after + k, *left[k])
        numbers = (float(self._place), float(space))
        to.act(op.SETTLE, rows, times, plus, after, self._most, numbers=numbers)
        return Settled(to, space, self._place, several)
