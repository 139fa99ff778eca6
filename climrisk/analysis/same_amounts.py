"""Which sums are the same amounts in every draw, in whatever channel: those are counted once.

An item of one channel does the same on it and on net; a category of one item is that item, and a
total without costs of measures is that before them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.sharing import alike_entities
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem
from climrisk.engine.program_amounts import net_is_channel
from climrisk.engine.subjects import Subject
from climrisk.engine.variants import runs
from climrisk.names import BASE_YEAR_SCENARIO, CHANNELS, HEADLINES, MEASURED, NET

__all__ = ["Distinct", "SameAmounts", "distinct_rows"]

Integers = NDArray[np.int64]
Rows = Mapping[str, Sequence[tuple[int, int]]]
"""Run and subject of each row, by channel and net."""
_NET = MEASURED.index(NET)
_OPERATING_COST = CHANNELS.index("operating_cost")
_NO_CHANGE = (0, 0)


class SameAmounts:
    """Numbers of amounts: the same number means the same amounts in every year and draw.

    Parameters
    ----------
    plan : Plan
    told : sequence of Subject
        What results are told of; each entity among them is a subject of its own.
    """

    def __init__(self, plan: Plan, told: Sequence[Subject]) -> None:
        self._told, self._parts = told, _parts(plan, told)
        self._numbers: dict[Hashable, int] = {(): 0}

    def number(self, run: int, subject: int, channel: int) -> int:
        """Return the number of the amounts of a subject in a channel or net; 0 is nothing."""
        of = self._parts[run]
        parts = (of[member, channel] for member in self._told[subject].members)
        key = tuple(part for part in parts if part is not None)
        return self._numbers.setdefault(key, len(self._numbers))


@dataclass(frozen=True, eq=False)
class Distinct:
    """Where the figures of rows are counted, and which rows are counted.

    Rows of all channels stand one after the other. Of rows with the same amounts, sums and changes
    are those of the first, so that the others need not be there.

    Parameters
    ----------
    sums : dict by channel and net of int64 array (row,)
        The sum that has the amounts of a row.
    sum_of : int64 array (sum,)
        The row whose amounts a sum has.
    changes : int64 array (row of all channels,)
        The change from scenario `base_year` that a row has.
    change_of, base_of : int64 array (change,)
        The row whose change it is, and that of `base_year`.
    values : int64 array (row of net,)
        The present value that has the amounts of a row of net.
    value_of : int64 array (value,)
        The row of net whose present value it is.
    headlines : int64 array (headline,)
        The distinct headline that has the amounts of a row of a headline.
    headline_of : int64 array (distinct headline,)
        The row of a headline whose amounts it has, among those of net.
    headline_years : int64 array (distinct headline,)
        The same among the rows of headlines.
    """

    sums: Mapping[str, Integers]
    sum_of: Integers
    changes: Integers
    change_of: Integers
    base_of: Integers
    values: Integers
    value_of: Integers
    headlines: Integers
    headline_of: Integers
    headline_years: Integers

    @property
    def of_rows(self) -> Integers:
        """The sum that has the amounts of a row of all channels, (row of all channels,)."""
        return np.concatenate([self.sums[name] for name in MEASURED])

    def first_of_net(self, rows: Integers) -> Integers:
        """Return the first row of all channels with the amounts of rows of net, same shape."""
        return np.asarray(self.sum_of[self.sums[NET][rows]])

    def counted_in(self, name: str) -> Integers:
        """Return the sum that is counted at each row of a channel or net, -1 for none, (row,)."""
        begins = sum(len(self.sums[one]) for one in MEASURED[: MEASURED.index(name)])
        own = self.sums[name]
        return np.where(self.sum_of[own] == begins + np.arange(len(own)), own, -1)


def distinct_rows(plan: Plan, same: SameAmounts, told: Sequence[Subject], rows: Rows) -> Distinct:
    """Return which rows are counted, and for which others.

    Parameters
    ----------
    plan : Plan
    same : SameAmounts
    told : sequence of Subject
        What results are told of.
    rows : mapping of channel and net to sequence of (run, subject)
        Rows of each.
    """
    begins = np.cumsum([0, *(len(rows[name]) for name in MEASURED)])
    numbers, before = _numbers(plan, same, rows)
    of_rows, sum_of = _firsts(numbers)
    changed = [
        _NO_CHANGE if now == was else (now, was) for now, was in zip(numbers, before, strict=True)
    ]
    changes, first_changed = _firsts(changed)
    place = {number: row for row, number in reversed(list(enumerate(numbers)))}
    of = [(place[numbers[row]], changed[row]) for row in first_changed]
    base_of = [row if pair == _NO_CHANGE else place[pair[1]] for row, pair in of]
    net = numbers[begins[_NET] :]
    heads = [row for row, (_, subject) in enumerate(rows[NET]) if told[subject].name in HEADLINES]
    headlines, headline_years = _firsts([net[row] for row in heads])
    return Distinct(
        {name: of_rows[begins[n] : begins[n + 1]] for n, name in enumerate(MEASURED)},
        sum_of,
        changes,
        np.array([row for row, _ in of], dtype=np.int64),
        np.array(base_of, dtype=np.int64),
        *_firsts(net),
        headlines,
        np.array(heads, dtype=np.int64)[headline_years],
        headline_years,
    )


def _numbers(plan: Plan, same: SameAmounts, rows: Rows) -> tuple[list[int], list[int]]:
    """Return the number of the amounts of each row, and of the same subject's in `base_year`."""
    among = runs(plan)
    base = [among.index((BASE_YEAR_SCENARIO, control)) for _, control in among]
    numbered = [(*pair, channel) for channel, name in enumerate(MEASURED) for pair in rows[name]]
    now = [same.number(*one) for one in numbered]
    return now, [same.number(base[run], *what) for run, *what in numbered]


def _firsts(keys: Iterable[Hashable]) -> tuple[Integers, Integers]:
    """Return the number of each key, in the order of first appearance, and where each appears."""
    seen: dict[Hashable, int] = {}
    first: list[int] = []
    numbers: list[int] = []
    for row, key in enumerate(keys):
        if key not in seen:
            seen[key] = len(first)
            first.append(row)
        numbers.append(seen[key])
    return np.array(numbers, dtype=np.int64), np.array(first, dtype=np.int64)


def _parts(plan: Plan, told: Sequence[Subject]) -> list[dict[tuple[int, int], Hashable]]:
    """Return by run what an entity does to a channel or net; None where it does nothing."""
    touched = {one.members[0]: one.measured for one in told if len(one.members) == 1}
    entities = sorted({member for one in told for member in one.members})
    found: list[dict[tuple[int, int], Hashable]] = []
    for alike in alike_entities(plan, told):
        of: dict[tuple[int, int], Hashable] = {}
        for entity in entities:
            nothing = _does_nothing(plan, entity, touched[entity], alike[entity])
            only = _only_channel(plan, entity)
            for channel in range(len(MEASURED)):
                where = only if channel == _NET and only is not None else channel
                acts = channel in touched[entity] and not nothing
                of[entity, channel] = (entity, alike[entity], where) if acts else None
        found.append(of)
    return found


def _does_nothing(plan: Plan, entity: int, touched: tuple[int, ...], alike: Hashable) -> bool:
    """Return whether there is no cap that could take anything back, or no measure that costs."""
    no_caps = entity == plan.overlap_row and touched == (_NET,)
    return no_caps or (entity == plan.measures_row and alike == ())


def _only_channel(plan: Plan, entity: int) -> int | None:
    """Return the channel on which an entity does what it does to net, if there is one."""
    if entity == plan.overlap_row:
        return None
    if entity < len(plan.items):
        item = plan.items[entity]
        return item.impacts[0].channel if _net_is_channel(item) else None
    return _OPERATING_COST


def _net_is_channel(item: PlannedItem) -> bool:
    """Return whether net is the item's only channel, whatever a policy pays."""
    no_limit = item.insurance is None or all(one.write_ups_in_net for one in item.impacts)
    return no_limit and net_is_channel(item)
