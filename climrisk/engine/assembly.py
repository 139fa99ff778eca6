"""Writing programs of the fused kernel: rows of its memory, and instructions on them.

A value is worked out as seldom as it can be. One that is made of what no year changes is worked out
in the first year alone; one that is asked for twice is worked out once; one that is made of what is
the same in all draws is worked out once for the plan, and spread where others need it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from climrisk.engine import fused_operations as op
from climrisk.engine.worlds import Worlds

__all__ = [
    "ALIKE",
    "AMOUNTS",
    "EXPECTED",
    "KEPT",
    "LARGEST",
    "OF_CLASS",
    "OF_YEAR",
    "REGION",
    "SUMS",
    "Assembly",
    "Feed",
    "Instructions",
    "Row",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Reader = Callable[[Worlds], Floats]

KEPT, OF_YEAR, OF_CLASS = range(3)
"""How long a value holds: for the whole draw, for a year of an item, or of one of its classes."""
AMOUNTS, SUMS, EXPECTED, LARGEST = range(3, 7)
"""Regions of the memory that results are read from, each without gaps."""
ALIKE = 7
"""Region of what is the same in all draws, which has a place for each year and for one draw."""
REGIONS = 8
REGION = 1 << 40
_SPREADING = (op.FILL, op.SPREAD)
_READING_ALIKE = (op.SPREAD, op.COUNT_ALIKE, op.PLACE_ALIKE)
_SKIPPING = (op.SKIP_UNLESS_ABOVE, op.SKIP_WITHOUT_OVERLAP)
WIDTH = 9


@dataclass(frozen=True)
class Row:
    """A row of the memory, or the first of several.

    Parameters
    ----------
    place : int
        Region times `REGION`, plus the number of the row in its region.
    moves : bool
        Whether each year has a row of its own, one after the other.
    holds : int
        How long its value holds.
    alike : bool
        Whether its value is the same in all draws.
    narrow : bool
        Whether it is worked out once for all draws, in the region `ALIKE`.
    """

    place: int
    moves: bool = False
    holds: int = KEPT
    alike: bool = False
    narrow: bool = False

    def __add__(self, rows: int) -> Row:
        """Return the row so many rows further on."""
        return replace(self, place=self.place + rows)

    def in_year(self, year: int) -> Row:
        """Return the row of one year, for good."""
        return replace(self, place=self.place + year, moves=False, holds=KEPT)

    @property
    def code(self) -> int:
        """The row as an operand."""
        return 2 * self.place + self.moves


@dataclass(frozen=True)
class Feed:
    """Rows that are read from the worlds of a block before the program runs."""

    row: Row
    reader: Reader


@dataclass(frozen=True, eq=False)
class Instructions:
    """Instructions of a program; see `engine.fused.run`.

    Parameters
    ----------
    code : int64 array (instruction, 9)
    numbers : float64 array (instruction, 3)
    """

    code: Integers
    numbers: Floats

    @cached_property
    def emits(self) -> bool:
        """Whether single events are written down."""
        return bool(np.isin(self.code[:, 0], (op.EMIT, op.EMIT_SETTLED)).any())

    def cut(self, at: int) -> tuple[Instructions, Instructions]:
        """Return the first instructions and those behind them."""
        return (
            Instructions(self.code[:at], self.numbers[:at]),
            Instructions(self.code[at:], self.numbers[at:]),
        )


class Assembly:
    """A program that is being written.

    Parameters
    ----------
    years : int
        Simulated years.
    """

    def __init__(self, years: int) -> None:
        self.years = years
        self.feeds: list[Feed] = []
        self._code: list[list[int]] = []
        self._numbers: list[list[float]] = []
        self._used = [0] * REGIONS
        self._most = [0] * REGIONS
        self._fed: dict[object, Row] = {}
        self._values: tuple[dict[object, Row], ...] = ({}, {}, {})
        self.zero = self.value(op.FILL, numbers=(0.0,))
        self.one = self.value(op.FILL, numbers=(1.0,))

    def begin(self, holds: int) -> None:
        """Forget what held for the last item (`OF_YEAR`) or class (`OF_CLASS`)."""
        for region in range(holds, OF_CLASS + 1):
            self._used[region] = 0
            self._values[region].clear()

    def room(
        self, rows: int = 1, *, region: int = KEPT, moves: bool = False, alike: bool = False
    ) -> Row:
        """Return new rows: one for each year where they move or draws are alike but not years."""
        moves = moves or (alike and region != KEPT)
        where = ALIKE if alike else region
        place = self._used[where]
        self._used[where] += rows * (self.years if moves else 1)
        self._most[where] = max(self._most[where], self._used[where])
        holds = region if region <= OF_CLASS else KEPT
        holds = max(holds, OF_YEAR if moves else KEPT)
        return Row(where * REGION + place, moves, holds, alike, narrow=alike)

    def used(self, region: int) -> int:
        """Return the rows of a region so far."""
        return self._used[region]

    def feed(
        self,
        key: object,
        reader: Reader,
        *,
        moves: bool = False,
        holds: int = KEPT,
        alike: bool = False,
    ) -> Row:
        """Return the row of an input, the same for the same key."""
        if key not in self._fed:
            row = self.room(moves=moves)
            self._fed[key] = Row(row.place, moves, max(holds, int(moves)), alike)
            self.feeds.append(Feed(self._fed[key], reader))
        return self._fed[key]

    def value(self, what: int, *operands: Row, numbers: tuple[float, ...] = ()) -> Row:
        """Return the row of a value that is made of nothing but its operands and numbers."""
        holds = max((one.holds for one in operands), default=KEPT)
        key = (what, operands, numbers)
        if key not in self._values[holds]:
            is_alike = all(one.alike for one in operands)
            out = self.room(region=holds, alike=is_alike and what not in _SPREADING)
            self.act(what, out, *operands, numbers=numbers, years=self.when(holds))
            out = replace(out, alike=is_alike)
            self._values[holds][key] = out
        return self._values[holds][key]

    def product(self, rows: Sequence[Row]) -> Row:
        """Return the product of rows, in their order; 1 without any."""
        return reduce(lambda so_far, one: self.value(op.MULTIPLY, so_far, one), rows or [self.one])

    def sum(self, rows: Sequence[Row]) -> Row:
        """Return the sum of rows, in their order; 0 without any."""
        return reduce(lambda so_far, one: self.value(op.ADD, so_far, one), rows or [self.zero])

    def remembered(self, key: object, holds: int, make: Callable[[], Row]) -> Row:
        """Return the row of a value that takes several instructions, made once for its key."""
        if key not in self._values[holds]:
            self._values[holds][key] = make()
        return self._values[holds][key]

    def when(self, holds: int) -> range:
        """Return the years in which something that holds so long is worked out."""
        return range(1) if holds == KEPT else range(self.years)

    def act(
        self,
        what: int,
        out: Row,
        *operands: Row,
        numbers: tuple[float, ...] = (),
        years: range | None = None,
    ) -> None:
        """Write an instruction; in every year by default."""
        when = range(self.years) if years is None else years
        if not out.narrow and what not in _READING_ALIKE:
            operands = tuple(self.value(op.SPREAD, x) if x.narrow else x for x in operands)
        rows = [one.code for one in (out, *operands)]
        rows += [0] * (WIDTH - 4 - len(rows))
        self._code.append([what, when.start, when.stop, *rows, int(out.narrow)])
        self._numbers.append([*numbers, *[0.0] * (3 - len(numbers))])

    @property
    def length(self) -> int:
        """Number of instructions so far."""
        return len(self._code)

    def skip_from(self, start: int) -> None:
        """Let the instruction at `start` pass over all that follow it so far."""
        self._numbers[start][0] = float(self.length - start - 1)

    def rewrite(self, at: int, out: Row, numbers: tuple[float, ...]) -> None:
        """Give an instruction the row and numbers that were not known when it was written."""
        self._code[at][3] = out.code
        self._numbers[at][: len(numbers)] = numbers

    def finished(self) -> tuple[Instructions, Instructions, list[slice]]:
        """Return what runs in every block, what runs once for the plan, and where regions stand.

        What numbers are filled in with runs in both.
        """
        code = np.array(self._code, dtype=np.int64).reshape(-1, WIDTH)
        region, offset = np.divmod(code[:, 3:-1], 2 * REGION)
        ends = np.cumsum([0, *self._most])
        code[:, 3:-1] = offset + 2 * ends[region]
        numbers = np.array(self._numbers, dtype=np.float64).reshape(-1, 3)
        once = code[:, -1] == 1
        first = once | (code[:, 0] == op.FILL)
        alike = Instructions(code[first], numbers[first])
        before = np.cumsum([0, *~once])
        for at in np.flatnonzero(np.isin(code[:, 0], _SKIPPING)).tolist():
            after = at + 1 + int(numbers[at, 0])
            numbers[at, 0] = before[after] - before[at + 1]
        regions = [slice(*pair) for pair in pairwise(ends.tolist())]
        return Instructions(code[~once], numbers[~once]), alike, regions

    @property
    def length_in_blocks(self) -> int:
        """Number of instructions so far that run in every block."""
        return sum(1 - one[-1] for one in self._code)
