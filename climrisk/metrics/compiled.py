"""Counting in compiled code: the same integers as the NumPy code beside it, many times faster.

Everything compiled stands in this one file, as kernels that call each other should. Nothing here
rounds differently from NumPy: amounts become whole steps by adding 1.5 * 2^52, which rounds halves
to even and leaves the integer in the low bits, and all sums are sums of 64-bit integers.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from climrisk.metrics.blocks import Floats, Integers
from climrisk.portable.compiling import compiled

__all__ = [
    "add_changes",
    "add_differences",
    "add_moments",
    "add_products",
    "add_ratio",
    "add_sums",
    "add_years",
    "count_beyond",
    "count_material",
    "count_ranks",
    "count_rows",
    "event_squares",
    "material_years",
    "sum_members",
]

Pages = Any
"""Counts by page and bin, in 32 or 64 bits."""


def _as_integer(typing_context: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generate


def _as_float(typing_context: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), generate


_bits: Any = intrinsic(_as_integer)
"""The bits of a float64 as int64, within compiled code."""
_float: Any = intrinsic(_as_float)
"""The float64 that an int64 holds the bits of."""

_MAGIC: Final = 1.5 * 2.0**52
_MAGIC_BITS: Final = np.int64(np.float64(_MAGIC).view(np.int64))
_LARGEST_INTEGER: Final = 2.0**51
_MAGNITUDE: Final = np.int64(2**63 - 1)
_SIGN_SHIFT: Final = np.int64(63)
_LIMB_BITS: Final = np.int64(40)
_LIMB: Final = 2.0**40
_PER_LIMB: Final = 2.0**-40
_LIMB_MASK: Final = np.int64(2**40 - 1)
_LIMBS: Final = 5
_TOP_LIMIT: Final = np.int64(2**61)
_LARGEST: Final = float(np.finfo(np.float64).max)
_FARTHEST: Final = 2.0**199
"""Amounts must stay below so many steps."""
_TILE: Final = 2048
"""Draws in a partial sum: so many integers below 2^51 stay below 2^62."""
_OCTAVES: Final = 80
_GROUPS: Final = 16
_ALL_FINE: Final = -1
_WRONG: Final = -1


@compiled
def _carry(limbs: Integers, series: int) -> bool:
    """Bring all limbs but the top one back to [0, 2^40); False where the top one overflows."""
    for limb in range(_LIMBS - 1):
        limbs[limb + 1, series] += limbs[limb, series] >> _LIMB_BITS
        limbs[limb, series] &= _LIMB_MASK
    return bool(abs(limbs[_LIMBS - 1, series]) < _TOP_LIMIT)


@compiled
def _add_one_by_one(limbs: Integers, series: int, values: Floats, step: float) -> bool:
    """Add amounts of any size, limb by limb; False where one is too large or no number."""
    for value in values:
        rest = value / step
        if not abs(rest) < _FARTHEST:
            return False
        for limb in range(_LIMBS - 1, 0, -1):
            unit = _LIMB**limb
            part = np.rint(rest / unit)
            limbs[limb, series] += np.int64(part)
            rest -= part * unit
        limbs[0, series] += np.int64(np.rint(rest))
    return _carry(limbs, series)


@compiled
def _add_tile(limbs: Integers, series: int, values: Floats, step: float) -> bool:
    """Add at most `_TILE` amounts to a sum on the grid of `step`."""
    steps = 1.0 / step
    largest = np.int64(0)
    high = np.int64(0)
    low = np.int64(0)
    for at in range(len(values)):
        value = values[at]
        largest = max(largest, _bits(value) & _MAGNITUDE)
        scaled = value * steps
        shifted = scaled * _PER_LIMB + _MAGIC
        high += _bits(shifted)
        low += _bits(scaled - (shifted - _MAGIC) * _LIMB + _MAGIC)
    if largest == 0:
        return True
    if largest > _bits(step * (_LARGEST_INTEGER * _LIMB)):
        return _add_one_by_one(limbs, series, values, step)
    limbs[1, series] += high - len(values) * _MAGIC_BITS
    limbs[0, series] += low - len(values) * _MAGIC_BITS
    return _carry(limbs, series)


@compiled
def _add_wide_squares(squares: Integers, series: int, values: Floats, root: float) -> None:
    """Add the squares of at most `_TILE` amounts below 2^65 roots, on the grid root^2."""
    roots = 1.0 / root
    top = np.int64(0)
    high = np.int64(0)
    low = np.int64(0)
    for at in range(len(values)):
        value = values[at]
        scaled = (value * roots) * (value * roots)
        upper = scaled * (_PER_LIMB * _PER_LIMB) + _MAGIC
        rest = scaled - (upper - _MAGIC) * (_LIMB * _LIMB)
        shifted = rest * _PER_LIMB + _MAGIC
        top += _bits(upper)
        high += _bits(shifted)
        low += _bits(rest - (shifted - _MAGIC) * _LIMB + _MAGIC)
    many = len(values) * _MAGIC_BITS
    squares[2, series] += top - many
    squares[1, series] += high - many
    squares[0, series] += low - many


@compiled
def _add_squares_one_by_one(limbs: Integers, series: int, values: Floats, root: float) -> bool:
    squares = np.empty_like(values)
    for at in range(len(values)):
        squares[at] = values[at] * values[at]
    return _add_one_by_one(limbs, series, squares, root * root)


@compiled
def _add_tile_with_squares(
    sums: Integers, squares: Integers, series: int, values: Floats, step: float, root: float
) -> bool:
    """Add at most `_TILE` amounts and their squares, the latter on the grid root^2."""
    steps, roots = 1.0 / step, 1.0 / root
    largest = np.int64(0)
    total = np.int64(0)
    high = np.int64(0)
    low = np.int64(0)
    for at in range(len(values)):
        value = values[at]
        largest = max(largest, _bits(value) & _MAGNITUDE)
        total += _bits(value * steps + _MAGIC)
        scaled = (value * roots) * (value * roots)
        shifted = scaled * _PER_LIMB + _MAGIC
        high += _bits(shifted)
        low += _bits(scaled - (shifted - _MAGIC) * _LIMB + _MAGIC)
    if largest == 0:
        return True
    # 2^45.5 roots squared are 2^91 units, of which the upper limb then holds 2^51
    if largest >= _bits(min(step * _LARGEST_INTEGER, root * 2.0**45.5)):
        if not _add_tile(sums, series, values, step):
            return False
        if largest < _bits(root * 2.0**65):
            _add_wide_squares(squares, series, values, root)
            return _carry(squares, series)
        return _add_squares_one_by_one(squares, series, values, root)
    many = len(values) * _MAGIC_BITS
    sums[0, series] += total - many
    squares[1, series] += high - many
    squares[0, series] += low - many
    return _carry(sums, series) and _carry(squares, series)


@compiled
def _add_row(
    sums: Integers, squares: Integers, series: int, values: Floats, step: float, root: float
) -> bool:
    """Add one series' amounts and their squares; False where one is too large or no number."""
    for start in range(0, len(values), _TILE):
        tile = values[start : start + _TILE]
        if not _add_tile_with_squares(sums, squares, series, tile, step, root):
            return False
    return True


@compiled
def add_sums(rows: Floats, step: float, limbs: Integers) -> int:
    """Add amounts to exact sums.

    Parameters
    ----------
    rows : ndarray
        Amounts, (series, draw).
    step : float
        Grid of the sums, a power of two.
    limbs : ndarray
        The sums, (limb, series); changed in place.

    Returns
    -------
    int
        -1, or the first series with an amount that cannot be added.
    """
    for series in range(len(rows)):
        for start in range(0, rows.shape[1], _TILE):
            if not _add_tile(limbs, series, rows[series][start : start + _TILE], step):
                return series
    return _ALL_FINE


@compiled
def add_moments(
    rows: Floats, of: Integers, step: float, root: float, sums: Integers, squares: Integers
) -> int:
    """Add amounts and their squares to exact sums.

    Parameters
    ----------
    rows : ndarray
        Amounts, (row, draw).
    of : ndarray
        Row of each series, (series,).
    step, root : float
        Grid of the amounts; root of the grid of the squares. Powers of two.
    sums, squares : ndarray
        The sums, (limb, series); changed in place.

    Returns
    -------
    int
        -1, or the first series with an amount that cannot be added.
    """
    for series in range(len(of)):
        if not _add_row(sums, squares, series, rows[of[series]], step, root):
            return series
    return _ALL_FINE


@compiled
def add_changes(
    rows: Floats,
    of: Integers,
    base: Integers,
    step: float,
    root: float,
    sums: Integers,
    squares: Integers,
) -> int:
    """Add what amounts are beyond others, and the squares of that, to exact sums.

    Parameters
    ----------
    rows : ndarray
        Amounts, (row, draw).
    of, base : ndarray
        Row of each series, and the row that is taken off it, (series,).
    step, root, sums, squares
        As for `add_moments`.

    Returns
    -------
    int
        -1, or the first series with an amount that cannot be added.
    """
    gap = np.empty(rows.shape[1])
    for series in range(len(of)):
        one, other = rows[of[series]], rows[base[series]]
        for draw in range(len(gap)):
            gap[draw] = one[draw] - other[draw]
        if not _add_row(sums, squares, series, gap, step, root):
            return series
    return _ALL_FINE


@compiled
def add_ratio(
    amounts: Floats,
    occasions: Integers,
    step: float,
    root: float,
    sums: Integers,
    products: Integers,
    squares: Integers,
    counts: Integers,
) -> int:
    """Add the sums that a ratio of amounts to occasions is made of.

    Parameters
    ----------
    amounts, occasions : ndarray
        (series, draw).
    step, root : float
        As for `add_moments`.
    sums, products, squares : ndarray
        Sums of amounts, of amounts times occasions, of squared amounts, (limb, series).
    counts : ndarray
        Draws with an occasion, occasions, and their squares, (3, series).

    Returns
    -------
    int
        -1, or the first series with an amount that cannot be added.
    """
    product = np.empty(amounts.shape[1])
    for series in range(len(amounts)):
        drawn = total = squared = 0
        for draw in range(amounts.shape[1]):
            often = occasions[series, draw]
            drawn += often > 0
            total += often
            squared += often * often
            product[draw] = amounts[series, draw] * often
        counts[0, series] += drawn
        counts[1, series] += total
        counts[2, series] += squared
        if not _add_row(sums, squares, series, amounts[series], step, root):
            return series
        for start in range(0, amounts.shape[1], _TILE):
            if not _add_tile(products, series, product[start : start + _TILE], step):
                return series
    return _ALL_FINE


@compiled
def _row_extremes(values: Floats, floor: float) -> tuple[float, float, float, float]:
    """Return lowest, highest, least gain and least loss of at least `floor`; inf where none.

    The lowest or highest is NaN or infinite where an amount is.
    """
    least = _bits(floor)
    mirrored = np.int64(-1) - least
    lowest, highest = _MAGNITUDE, ~_MAGNITUDE
    gain, loss = _MAGNITUDE, _MAGNITUDE
    for at in range(len(values)):
        bits = _bits(values[at])
        ordered = bits ^ ((bits >> _SIGN_SHIFT) & _MAGNITUDE)  # integers ordered as the amounts
        lowest = min(lowest, ordered)
        highest = max(highest, ordered)
        # distances beyond the floor, as unsigned numbers: what is short of it wraps to the top
        gain = min(gain, (ordered - least) ^ ~_MAGNITUDE)
        loss = min(loss, (mirrored - ordered) ^ ~_MAGNITUDE)
    gain, loss = gain ^ ~_MAGNITUDE, loss ^ ~_MAGNITUDE
    reach = _MAGNITUDE - least
    return (
        _float(lowest ^ ((lowest >> _SIGN_SHIFT) & _MAGNITUDE)),
        _float(highest ^ ((highest >> _SIGN_SHIFT) & _MAGNITUDE)),
        _float(gain + least) if 0 <= gain <= reach else np.inf,
        _float(loss + least) if 0 <= loss <= reach else np.inf,
    )


@compiled
def _octave(magnitude: float, floor: float) -> int:
    return int((_bits(magnitude) >> np.int64(52)) - (_bits(floor) >> np.int64(52)))


@compiled
def _missing_pages(page_of: Any, first: int, last: int) -> int:
    missing = 0
    for column in range(first, last + 1):
        missing += page_of[column] < 0
    return missing


@compiled
def _needed_pages(columns: Any, extremes: tuple[float, float, float, float], floor: float) -> int:
    """Return how many pages a series may need that it does not have yet."""
    lowest, highest, gain, loss = extremes
    needed = 0
    if gain < np.inf:
        first, last = _OCTAVES + _octave(gain, floor), _OCTAVES + _octave(highest, floor)
        needed += _missing_pages(columns, first, last)
    if loss < np.inf:
        first, last = _OCTAVES - 1 - _octave(-lowest, floor), _OCTAVES - 1 - _octave(loss, floor)
        needed += _missing_pages(columns, first, last)
    return needed


@compiled
def _count_row(
    values: Floats,
    weights: Integers,
    series: int,
    page_of: Any,
    pages: Pages,
    used: int,
    zeros: Integers,
    extremes: Floats,
    floor: float,
) -> int:
    """Count one series; return the pages then used, or -1 minus the pages it may need.

    -1 where an amount cannot be counted. Nothing is counted then, or where pages are lacking.
    Without weights, of length 0, each amount counts once.
    """
    if len(values) == 0:
        return used
    found = _row_extremes(values, floor)
    ceiling = floor * 2.0**_OCTAVES
    if not (found[0] > -ceiling and found[1] < ceiling):
        return _WRONG
    needed = _needed_pages(page_of[series], found, floor)
    if used + needed > len(pages):
        return -1 - needed
    extremes[0, series] = min(extremes[0, series], found[0])
    extremes[1, series] = max(extremes[1, series], found[1])
    extremes[2, series] = min(extremes[2, series], found[2])
    extremes[3, series] = min(extremes[3, series], found[3])
    noughts, used = _count_into(values, weights, page_of[series], pages, used, _bits(floor))
    zeros[series] += noughts
    return used


@compiled
def _count_into(
    values: Floats, weights: Integers, columns: Any, pages: Pages, used: int, least: Any
) -> tuple[Any, int]:
    """Count amounts into pages that exist or may be taken; return the zeros and pages then used."""
    page_bits = np.int64(0)
    while (1 << page_bits) < pages.shape[1]:
        page_bits += 1
    shift, slots = np.int64(52) - page_bits, np.int64(pages.shape[1] - 1)
    floor_key = least >> shift
    counts = pages.reshape(-1)
    places = np.empty(len(values), dtype=np.int64)
    noughts = np.int64(0)
    many = 0
    for at in range(len(values)):  # without a branch: which amounts are zero is hard to predict
        places[many] = at
        is_nought = _bits(values[at]) & _MAGNITUDE < least
        many += not is_nought
        if len(weights):
            noughts += weights[at] * is_nought
    if not len(weights):
        noughts = np.int64(len(values) - many)
    for at in places[:many]:
        often = weights[at] if len(weights) else np.int64(1)
        bits = _bits(values[at])
        # losses are mirrored: -1, -2, ... away from zero
        position = (((bits & _MAGNITUDE) >> shift) - floor_key) ^ (bits >> _SIGN_SHIFT)
        column = np.uint64((position >> page_bits) + _OCTAVES)
        page = columns[column]
        if page < 0:
            page = columns[column] = used
            used += 1
        counts[np.uint64((np.int64(page) << page_bits) | (position & slots))] += often
    return noughts, used


@compiled
def count_rows(
    rows: Floats,
    of: Integers,
    weights: Integers,
    first: int,
    page_of: Any,
    pages: Pages,
    used: int,
    zeros: Integers,
    extremes: Floats,
    floor: float,
) -> tuple[int, int, int]:
    """Count amounts into the pages of a histogram, series by series.

    Parameters
    ----------
    rows : ndarray
        Amounts, (row, draw).
    of : ndarray
        Row of each series, (series,).
    weights : ndarray
        How often each amount counts, (series, draw), or (series, 0) for once.
    first : int
        Series to begin with.
    page_of : ndarray
        Page by series and octave, -1 where none; changed in place as all that follow.
    pages : ndarray
        Counts, (page, bin).
    used : int
        Pages in use.
    zeros : ndarray
        Counts of amounts below the floor, (series,).
    extremes : ndarray
        Lowest, highest, least gain and least loss, (4, series).
    floor : float
        A power of two.

    Returns
    -------
    series, used, needed
        How many series are counted, the pages then used, and how many more the next one may need:
        0 at the end, -1 where an amount of it cannot be counted.
    """
    for series in range(first, len(of)):
        row = rows[of[series]]
        found = _count_row(
            row, weights[series], series, page_of, pages, used, zeros, extremes, floor
        )
        if found < 0:
            return series, used, -1 if found == _WRONG else -1 - found
        used = found
    return len(of), used, 0


@compiled
def material_years(
    net: Floats,
    sides: Integers,
    threshold: float,
    first: int,
    last: int,
    amounts: Floats,
    occasions: Integers,
) -> None:
    """Sum the effects of each item's material years in one horizon.

    Parameters
    ----------
    net : ndarray
        (item, year, draw).
    sides : ndarray
        -1 or +1, (item,).
    threshold : float
        An effect on the item's own side must pass it.
    first, last : int
        The horizon's years.
    amounts, occasions : ndarray
        Sum and number, (item, draw); filled.
    """
    for item in range(len(net)):
        amounts[item], occasions[item] = 0.0, 0
        for year in range(first, last):
            row = net[item, year]
            for draw in range(len(row)):
                material = sides[item] * row[draw] > threshold
                amounts[item, draw] += row[draw] if material else 0.0
                occasions[item, draw] += material


@compiled
def count_material(
    net: Floats,
    sides: Integers,
    threshold: float,
    first: int,
    last: int,
    item: int,
    page_of: Any,
    pages: Pages,
    used: int,
    zeros: Integers,
    extremes: Floats,
    floor: float,
) -> tuple[int, int, int]:
    """Count the effects of material years of one horizon, all other years as zeros.

    Parameters
    ----------
    net, sides, threshold, first, last
        As for `material_years`.
    item : int
        Item to begin with.
    page_of, pages, used, zeros, extremes, floor
        As for `count_rows`.

    Returns
    -------
    item, used, needed
        As `count_rows` returns them.
    """
    found = np.empty(net.shape[2] * (last - first))
    once = np.empty(0, dtype=np.int64)
    for series in range(item, len(net)):
        many = 0
        for year in range(first, last):
            for effect in net[series, year]:
                found[many] = effect
                many += sides[series] * effect > threshold
        rest = len(found) - many
        counted = _count_row(
            found[:many], once, series, page_of, pages, used, zeros, extremes, floor
        )
        if counted < 0:
            return series, used, -1 if counted == _WRONG else -1 - counted
        used = counted
        if rest > 0:
            zeros[series] += rest
            extremes[0, series] = min(extremes[0, series], 0.0)
            extremes[1, series] = max(extremes[1, series], 0.0)
    return len(net), used, 0


@compiled
def count_ranks(values: Floats, counts: Integers) -> None:
    """Count the rank of each item by magnitude; ties share the lower one, no number ranks first.

    Parameters
    ----------
    values : ndarray
        (item, horizon, draw).
    counts : ndarray
        (item, horizon, rank); changed in place.
    """
    items, horizons, draws = values.shape
    sizes = np.empty((items, draws))
    ranks = np.empty(draws, dtype=np.int64)
    for horizon in range(horizons):
        for item in range(items):
            for draw in range(draws):
                size = abs(values[item, horizon, draw])
                sizes[item, draw] = np.inf if np.isnan(size) else min(size, _LARGEST)
        for item in range(items):
            ranks[:] = 0
            for other in range(items):
                for draw in range(draws):
                    ranks[draw] += sizes[other, draw] > sizes[item, draw]
            for draw in range(draws):
                counts[item, horizon, ranks[draw]] += 1


@compiled
def event_squares(draws: int, draw: Integers, loss: Floats, count: Integers) -> Integers:
    """Return what each event adds to the squared number of events above its loss.

    Parameters
    ----------
    draws : int
        Draws of the block.
    draw, loss, count : ndarray
        Position of the event's draw, its loss, and how many events are alike, (event,).

    Returns
    -------
    ndarray
        k^2 - (k - count)^2, k being the draw's events of at least this loss, (event,).
    """
    place = np.zeros(draws + 1, dtype=np.int64)
    for of in draw:
        place[of + 1] += 1
    for at in range(draws):
        place[at + 1] += place[at]
    order = np.empty(len(draw), dtype=np.int64)
    end = place[:-1].copy()
    for event in range(len(draw)):  # by draw, then from the largest loss down
        at = end[draw[event]]
        end[draw[event]] += 1
        while at > place[draw[event]] and loss[order[at - 1]] < loss[event]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = event
    squares = np.empty(len(draw), dtype=np.int64)
    through: Any = 0
    current = np.int64(-1)
    for place_in_order in range(len(order)):
        one = order[place_in_order]
        if draw[one] != current:
            through = 0
            current = draw[one]
        before = through
        through += count[one]
        squares[one] = through * through - before * before
    return squares


@compiled
def _add_lanes(limbs: Integers, series: int, x: Floats, y: Floats, step: float) -> bool:
    """Add products of two rows to `_GROUPS` sums, the draws dealt out one after the other."""
    steps = 1.0 / step
    high = np.zeros(_GROUPS, dtype=np.int64)
    low = np.zeros(_GROUPS, dtype=np.int64)
    largest = np.int64(0)
    for start in range(0, len(x), _GROUPS):
        for lane in range(_GROUPS):
            value = x[start + lane] * y[start + lane]
            largest = max(largest, _bits(value) & _MAGNITUDE)
            scaled = value * steps
            shifted = scaled * _PER_LIMB + _MAGIC
            high[lane] += _bits(shifted)
            low[lane] += _bits(scaled - (shifted - _MAGIC) * _LIMB + _MAGIC)
    if largest > _bits(step * (_LARGEST_INTEGER * _LIMB)):
        for lane in range(_GROUPS):
            products = x[lane::_GROUPS] * y[lane::_GROUPS]
            if not _add_one_by_one(limbs[lane], series, products, step):
                return False
        return True
    many = len(x) // _GROUPS * _MAGIC_BITS
    fits = True
    for lane in range(_GROUPS):
        limbs[lane, 1, series] += high[lane] - many
        limbs[lane, 0, series] += low[lane] - many
        fits = fits and _carry(limbs[lane], series)
    return fits


@compiled
def add_products(inputs: Floats, targets: Floats, step: float, limbs: Integers) -> int:
    """Add the sums that squared correlations are made of, by group of draws.

    Parameters
    ----------
    inputs, targets : ndarray
        (input, draw) and (target, draw); draw 0 is of group 0, and there are at most 2048 times
        as many draws as groups, a multiple of them.
    step : float
        Grid of all sums, a power of two.
    limbs : ndarray
        Sums of x, x^2, y, y^2 and x y, (group, limb, series); changed in place.

    Returns
    -------
    int
        -1, or the first series with an amount that cannot be added.
    """
    many, of = len(inputs), len(targets)
    ones = np.ones(inputs.shape[1])
    for x in range(many):
        if not _add_lanes(limbs, x, inputs[x], ones, step):
            return x
        if not _add_lanes(limbs, many + x, inputs[x], inputs[x], step):
            return many + x
    for y in range(of):
        if not _add_lanes(limbs, 2 * many + y, targets[y], ones, step):
            return 2 * many + y
        if not _add_lanes(limbs, 2 * many + of + y, targets[y], targets[y], step):
            return 2 * many + of + y
    for series in range(2 * (many + of), 2 * (many + of) + many * of):
        x, y = divmod(series - 2 * (many + of), of)
        if not _add_lanes(limbs, series, inputs[x], targets[y], step):
            return series
    return _ALL_FINE


@compiled
def add_differences(
    totals: Floats,
    runs: Integers,
    step: float,
    root: float,
    sums: Integers,
    squares: Integers,
    counts: Integers,
) -> int:
    """Add paired differences and how often they are above zero, or zero.

    Parameters
    ----------
    totals : ndarray
        (run, span, draw).
    runs : ndarray
        Positions of the two runs of each pair, (pair, 2).
    step, root, sums, squares
        As for `add_moments`; series are pairs times spans.
    counts : ndarray
        Above zero and equal to it, (2, series); changed in place.

    Returns
    -------
    int
        -1, or the first series with an amount that cannot be added.
    """
    spans, draws = sums.shape[1] // max(len(runs), 1), totals.shape[2]
    gap = np.empty(draws)
    for pair in range(len(runs)):
        for span in range(spans):
            one, other = totals[runs[pair, 0], span], totals[runs[pair, 1], span]
            above, equal = 0, 0
            for draw in range(draws):
                gap[draw] = one[draw] - other[draw]
                above += gap[draw] > 0.0
                equal += gap[draw] == 0.0
            series: int = pair * spans + span
            counts[0, series] += above
            counts[1, series] += equal
            if not _add_row(sums, squares, series, gap, step, root):
                return series
    return _ALL_FINE


@compiled
def add_years(
    rows: Floats,
    further: Floats,
    row_of: Integers,
    nothing: int,
    members: Integers,
    first: Integers,
    spans: Integers,
    series_of: Integers,
    every_sum: bool,
    counted: bool,
    step: float,
    root: float,
    sums: Integers,
    squares: Integers,
    place: int,
    by_horizon: Floats,
    sides: Integers,
    worst: Floats,
    kept_at: Integers,
    kept: Floats,
) -> int:
    """Add the yearly effects of subjects, and sum them by horizon.

    Parameters
    ----------
    rows, further : ndarray
        Effects, (row, year, draw); the further rows are numbered behind the others.
    row_of : ndarray
        Row of each entity, (entity,).
    nothing : int
        A row that is zero throughout, or -1.
    members, first : ndarray
        Entities that each subject sums, one after the other, and where its own begin, then the
        end, (subject + 1,).
    spans : ndarray
        First year of each horizon and the year after its last, (horizon, 2).
    series_of : ndarray
        Series that a subject's years are counted in, -1 for none, (subject,).
    every_sum : bool
        Whether sums are wanted of subjects without a series as well.
    counted : bool
        Whether the years are to be counted, and not only to be summed.
    step, root, sums, squares
        As for `add_moments`; there are as many series of each number as years.
    place : int
        Where the draws go in what is filled.
    by_horizon : ndarray
        Sums over each horizon's years, (subject, horizon, draw); filled.
    sides : ndarray
        -1 or +1, (subject,).
    worst : ndarray
        Largest effect on the subject's side in a year of the horizon, (subject, horizon, draw);
        filled, unless it has no subjects.
    kept_at : ndarray
        Where a subject's yearly effects go in `kept`, -1 for nowhere, (subject,).
    kept : ndarray
        (kept subject, year, draw); filled.

    Returns
    -------
    int
        -1, or the first series with an amount that cannot be added.
    """
    years, draws = rows.shape[1], rows.shape[2]
    total, end = np.zeros(draws), place + draws
    for subject in range(len(first) - 1):
        is_kept = kept_at[subject] >= 0 and len(kept) > 0
        is_counted = series_of[subject] >= 0
        if not (every_sum or is_counted or is_kept or len(worst) > 0):
            continue
        by_horizon[subject, :, place:end] = 0.0
        if len(worst) > 0:
            worst[subject, :, place:end] = -np.inf
        own = row_of[members[first[subject] : first[subject + 1]]]
        own = own[own != nothing]
        if len(own) == 0 and len(worst) == 0 and not is_kept:
            continue
        for year in range(years):
            if len(own) == 1:
                row = _row_at(rows, further, own[0], year)
            else:
                total[:] = 0.0
                for member in own:
                    _add_to(total, _row_at(rows, further, member, year))
                row = total
            series: int = series_of[subject] * years + year
            adds = counted and is_counted and len(own) > 0
            if adds and not _add_row(sums, squares, series, row, step, root):
                return series
            for horizon in range(len(spans)):
                if spans[horizon, 0] <= year < spans[horizon, 1]:
                    _add_to(by_horizon[subject, horizon][place:end], row)
                    if len(worst) > 0:
                        _raise_to(worst[subject, horizon][place:end], row, sides[subject])
            if is_kept:
                kept[kept_at[subject], year][place:end] = row
    return _ALL_FINE


@compiled
def _row_at(rows: Floats, further: Floats, place: int, year: int) -> Any:
    if place < len(rows):
        return rows[place, year]
    return further[place - len(rows), year]


@compiled
def _add_to(total: Floats, row: Floats) -> None:
    for draw in range(len(row)):
        total[draw] += row[draw]


@compiled
def _raise_to(worst: Floats, row: Floats, side: int) -> None:
    for draw in range(len(row)):
        effect = side * row[draw]
        worst[draw] = effect if effect > worst[draw] else worst[draw]


@compiled
def count_beyond(rows: Floats, limits: Floats, counts: Integers) -> None:
    """Count the amounts of each series that are greater than its limit.

    Parameters
    ----------
    rows : ndarray
        (series, draw).
    limits : ndarray
        (series,).
    counts : ndarray
        (series,); changed in place.
    """
    for series in range(len(rows)):
        beyond = 0
        for draw in range(rows.shape[1]):
            beyond += rows[series, draw] > limits[series]
        counts[series] += beyond


@compiled
def sum_members(amounts: Floats, members: Integers, first: Integers, totals: Floats) -> None:
    """Sum entities to subjects.

    Parameters
    ----------
    amounts : ndarray
        (entity, draw).
    members, first : ndarray
        As for `add_years`.
    totals : ndarray
        (subject, draw); filled.
    """
    totals[:] = 0.0
    for subject in range(len(first) - 1):
        for member in members[first[subject] : first[subject + 1]]:
            _add_to(totals[subject], amounts[member])


@compiled
def present_values(
    rows: Floats,
    further: Floats,
    row_of: Integers,
    nothing: int,
    discount: Floats,
    step: float,
    values: Floats,
) -> None:
    """Sum effects times the factors of their years, and round to the grid.

    Parameters
    ----------
    rows, further, row_of, nothing
        As for `add_years`.
    discount : ndarray
        Factors, (year,).
    step : float
        The grid, a power of two.
    values : ndarray
        (entity, draw); filled.
    """
    values[:] = 0.0
    for entity in range(len(row_of)):
        if row_of[entity] == nothing:
            continue
        value = values[entity]
        for year in range(len(discount)):
            row, factor = _row_at(rows, further, row_of[entity], year), discount[year]
            for draw in range(len(row)):
                value[draw] += factor * row[draw]
        for draw in range(len(value)):
            value[draw] = np.rint(value[draw] * (1.0 / step)) * step + 0.0
