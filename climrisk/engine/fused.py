"""The fused kernel: a machine that runs a plan's program on a block of draws, in compiled code.

A program is a list of instructions. Each works on whole rows of one memory, (row, draw), and is one
short loop over the draws, which the compiler vectorises; the rows of an item and year stay in the
processor's cache from one instruction to the next. `engine.program` writes programs. Instructions
do exactly the operations of the NumPy kernel, in its order.

All compiled code of the kernel stands in this file: a cached kernel can then be stale only if this
file, or the portable functions, change.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from climrisk.engine import fused_operations as op
from climrisk.portable.compiling import compiled
from climrisk.portable.functions import exp, expm1, log1p, normal_quantiles, power, uniform

__all__ = ["count_events", "draw_events", "list_events", "run"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Places = NDArray[np.int32]

_TOGETHER: Final = 512
"""Events that are drawn together: they stay in the first cache."""

_ROUND: Final = 6755399441055744.0
"""1.5 * 2 ** 52: adding it and taking it off rounds to an integer, halves to even ..."""
_ROUNDED: Final = 2251799813685248.0
"""... below 2 ** 51; amounts of more steps are left as they are, and far beyond, refused."""


@compiled
def _snapped(amount: float, step: float) -> float:
    steps = amount * (1.0 / step)
    rounded = (steps + _ROUND) - _ROUND
    return (rounded if abs(steps) < _ROUNDED else steps) * step + 0.0


@compiled
def _inverted(target: float, none: float, a: float, b: float) -> float:
    """Return the count of an (a, b, 0) law, as `engine.frequency` does."""
    term, reached, number = none, none, 0.0
    while target > reached and term > reached * 2.0**-54:
        number += 1.0
        term *= a + b / number
        reached += term
    return number


@compiled
def _counted(latents: Floats, rates: Floats, counts: Floats) -> None:
    """Write the Poisson counts of draws over the probabilities of no event that stand there.

    As `_inverted` counts: the first three events of all draws are counted without a branch; the
    few draws that have more are counted by themselves.
    """
    beyond = 0
    for n in range(latents.size):
        latent, rate, none = latents[n], rates[n], counts[n]
        first = none * rate
        up_to_one = none + first
        second = first * (rate / 2.0)
        up_to_two = up_to_one + second
        is_one = (latent > none) & (none > 0.0)
        is_two = is_one & (latent > up_to_one) & (first > up_to_one * 2.0**-54)
        is_three = is_two & (latent > up_to_two) & (second > up_to_two * 2.0**-54)
        more = (1.0 if is_one else 0.0) + (1.0 if is_two else 0.0)
        counts[n] = -none if is_three else more
        beyond += 1 if is_three else 0
    if beyond:
        for n in range(latents.size):
            if counts[n] < 0.0:
                counts[n] = _inverted(latents[n], -counts[n], 0.0, rates[n])


@compiled
def _counted_alike(latents: Floats, limits: Floats, begins: Any, counts: Any) -> None:
    """Add the counts of draws that have one rate: how many of its limits each latent is above.

    Four limits are compared at a time; behind the last that can be passed stand infinite ones.

    Parameters
    ----------
    latents : float64 array (draw,)
    limits : float64 array (limit,)
        As `engine.fused_alike.limits_of` returns them.
    begins, counts : arrays (draw,)
        What the counts are added to, and what receives the sums.
    """
    one, two, three, four = limits[0], limits[1], limits[2], limits[3]
    beyond, at = 0, 4
    for n in range(latents.size):
        latent, count = latents[n], begins[n]
        count = count + 1 if latent > one else count
        count = count + 1 if latent > two else count
        count = count + 1 if latent > three else count
        counts[n] = count + 1 if latent > four else count
        beyond += 1 if latent > four else 0
    while beyond:
        one, two, three, four = limits[at], limits[at + 1], limits[at + 2], limits[at + 3]
        beyond, at = 0, at + 4
        for n in range(latents.size):
            latent, count = latents[n], counts[n]
            count = count + 1 if latent > one else count
            count = count + 1 if latent > two else count
            count = count + 1 if latent > three else count
            counts[n] = count + 1 if latent > four else count
            beyond += 1 if latent > four else 0


@compiled
def _running_sums(amounts: Floats, draw: Places, sums: Floats) -> None:
    """Write the sum of a draw's first events behind one another, after a zero for none of them."""
    sums[:] = 0.0
    so_far, last = 0.0, -1
    for event in range(draw.size):
        n = draw[event]
        so_far = (so_far if n == last else 0.0) + amounts[event]
        sums[np.uint64(event + n + 1)] = so_far
        last = n


@compiled
def _running_largest(losses: Floats, draw: Places, largest: Floats) -> None:
    """Write the largest loss of a draw's first events behind one another, after a zero."""
    largest[:] = 0.0
    so_far, last = 0.0, -1
    for event in range(draw.size):
        n = draw[event]
        before = so_far if n == last else 0.0
        so_far = losses[event] if losses[event] > before else before
        largest[np.uint64(event + n + 1)] = so_far
        last = n


@compiled
def _settle(
    item: Integers,
    terms: Floats,
    rows: tuple[int, int, int, int],
    is_plain: bool,
    year: int,
    memory: Floats,
    event_of: Integers,
    event_place: Places,
    event_severity: Floats,
    room: Floats,
    settled: Floats,
    begins: NDArray[np.int32],
) -> None:
    """Settle the single events of one item in one year, as many as any scenario has.

    Parameters
    ----------
    item : int64 array
        Row of the item in `event_of`, number of impacts, number of covered ones where the policy
        holds for each event, place in `terms`; then by impact: may be negative, write-ups reach
        net, row of what customers do not bear or -1; then the covered impacts.
    terms : float64 array
        From the item's place: deductible, limit, share; then sign and margin by impact.
    rows : tuple of int
        First row of ratios, of additions and of what is left, by impact; row of how many events
        each draw has here.
    is_plain : bool
        Whether ratios and what is left are 1 and additions 0 throughout.
    room : float64 array (impact + 1, event)
        Room for the single events of a year.
    settled : float64 array (2 impact + 2, event and draw)
        Receives running sums within each draw by impact, then of what is paid on them, then the
        running largest loss; and the loss of each event.
    begins : int32 array (draw,)
        Receives where the running sums of each draw begin, with that of no event.
    """
    slot, impacts, covers, place = item[0], item[1], item[2], item[3]
    times, plus, after, most = rows
    cover = 4 + 3 * impacts
    first, last = event_of[slot, year], event_of[slot, year + 1]
    many = last - first
    draw = event_place[0, first:last]
    begin: Any = 0
    counts = memory[most]
    for n in range(counts.size):
        begins[n] = begin
        begin += int(counts[n]) + 1
    total = room[impacts]
    for k in range(impacts):
        sign, may_be_negative = terms[place + 3 + 2 * k], item[4 + 3 * k]
        ratio, addition, left = memory[times + k], memory[plus + k], memory[after + k]
        severity, own = event_severity[k, first:last], room[k, :many]
        least = -np.inf if may_be_negative else 0.0
        if is_plain:
            for i in range(many):
                own[i] = sign * (least if severity[i] < least else severity[i])
        else:
            for i in range(many):
                at = np.uint64(np.uint32(draw[i]))  # unsigned: never counted from the end
                amount = severity[i] * ratio[at] + addition[at]
                own[i] = sign * ((least if amount < least else amount) * left[at])
        _running_sums(room[k], draw, settled[k, :begin])
    if covers:
        total[:many] = 0.0
        for k in item[cover : cover + covers]:
            for i in range(many):
                total[i] += max(-room[k, i], 0.0)
        for i in range(many):
            layer = min(max(total[i] - terms[place], 0.0), terms[place + 1])
            total[i] = terms[place + 2] * layer / total[i] if total[i] > 0.0 else 0.0
        back = settled[2 * impacts + 1]
        for k in item[cover : cover + covers]:
            for i in range(many):
                back[i] = total[i] * max(-room[k, i], 0.0)
                room[k, i] += back[i]
            _running_sums(back, draw, settled[impacts + k, :begin])
    loss = settled[2 * impacts + 1, :many]
    loss[:] = 0.0
    for k in range(impacts):
        margin, write_ups, kept = terms[place + 4 + 2 * k], item[5 + 3 * k], item[6 + 3 * k]
        own, highest = room[k, :many], np.inf if write_ups else 0.0
        if kept >= 0:
            part = memory[kept]
            for i in range(many):
                amount = highest if own[i] > highest else own[i]
                loss[i] -= margin * amount * part[np.uint64(np.uint32(draw[i]))]
        else:
            for i in range(many):
                loss[i] -= margin * (highest if own[i] > highest else own[i])
    _running_largest(loss, draw, settled[2 * impacts, :begin])


@compiled
def run(
    code: Integers,
    numbers: Floats,
    memory: Floats,
    years: int,
    discount: Floats,
    step: float,
    alike: Floats,
    limit_of: Integers,
    limits: Floats,
    items: Integers,
    terms: Floats,
    event_of: Integers,
    event_place: Places,
    event_severity: Floats,
    spaces: int,
    touched: Integers,
    emitted_of: Integers,
    emitted_draw: Integers,
    emitted_loss: Floats,
    emitted_count: Floats,
) -> int:
    """Run a program, year by year.

    Parameters
    ----------
    code : int64 array (instruction, 9)
        Operation, first year, year after the last, row of the result, up to four operands: rows of
        `memory` as twice the row, plus 1 where they move on by a row each year; the last number
        is not used here.
    numbers : float64 array (instruction, 3)
        Constants of each instruction.
    memory : float64 array (row, draw)
        Everything that is read and written.
    years : int
    discount : float64 array (year,)
    step : float
        Step of the money grid [million].
    alike : float64 array (row,)
        Values of the rows that are the same in all draws; see `engine.fused_alike`.
    limit_of : int64 array (row,)
        Where the limits of each row's rate begin.
    limits : float64 array (limit,)
        Latents above which there is one event more.
    items, terms : int64 array, float64 array
        What the instruction `SETTLE` needs of items, back to back; see `_settle`.
    event_of : int64 array (item by event, year + 1)
        Where the single events of an item and year begin.
    event_place : int32 array (2, event)
        Draw and number in its year of each event.
    event_severity : float64 array (impact, event)
    spaces : int
        Settlements of single events of one item and year that are kept side by side.
    touched : int64 array (overlap,)
        Set to 1 where an overlap takes back anything.
    emitted_of : int64 array (emission, 2)
        Receives the first and last single event of an item's variant in the last year of a horizon.
    emitted_draw, emitted_loss, emitted_count : arrays (event,)
        Receive them.

    Returns
    -------
    int
        The item whose rate is beyond what can be simulated, or -1.
    """
    draws = memory.shape[1]
    emitted = 0
    flag = False
    most = 1
    for slot in range(event_of.shape[0]):
        for year in range(years):
            most = max(most, event_of[slot, year + 1] - event_of[slot, year])
    impacts = event_severity.shape[0]
    room = np.empty((impacts + 1, most))
    settled = np.empty((spaces, 2 * impacts + 2, most + draws))
    begins = np.empty((spaces, draws), dtype=np.int32)
    places = np.empty(draws, dtype=np.int32)
    no_events = np.zeros(draws)
    for year in range(years):
        at = -1
        while at + 1 < code.shape[0]:
            at += 1
            if year < code[at, 1] or year >= code[at, 2]:
                continue
            what = code[at, 0]
            out = (code[at, 3] >> 1) + (code[at, 3] & 1) * year
            a = (code[at, 4] >> 1) + (code[at, 4] & 1) * year
            b = (code[at, 5] >> 1) + (code[at, 5] & 1) * year
            c = (code[at, 6] >> 1) + (code[at, 6] & 1) * year
            d = (code[at, 7] >> 1) + (code[at, 7] & 1) * year
            p, q, r = numbers[at, 0], numbers[at, 1], numbers[at, 2]

            # ---------------------------------------------------------------- plain arithmetic
            if what == op.FILL:
                for n in range(draws):
                    memory[out, n] = p
            elif what == op.COPY:
                for n in range(draws):
                    memory[out, n] = memory[a, n]
            elif what == op.ADD_TO:
                for n in range(draws):
                    memory[out, n] += memory[a, n]
            elif what == op.TAKE_FROM:
                for n in range(draws):
                    memory[out, n] -= memory[a, n]
            elif what == op.SUBTRACT:
                for n in range(draws):
                    memory[out, n] = memory[a, n] - memory[b, n]
            elif what == op.MULTIPLY:
                for n in range(draws):
                    memory[out, n] = memory[a, n] * memory[b, n]
            elif what == op.MULTIPLY_BY:
                for n in range(draws):
                    memory[out, n] *= memory[a, n]
            elif what == op.DIVIDE:
                for n in range(draws):
                    memory[out, n] = memory[a, n] / memory[b, n]
            elif what == op.DIVIDE_BY_NUMBER:
                for n in range(draws):
                    memory[out, n] = memory[a, n] / p
            elif what == op.MAXIMUM_WITH:
                for n in range(draws):
                    other = memory[a, n]
                    memory[out, n] = other if other > memory[out, n] else memory[out, n]
            elif what == op.ADD:
                for n in range(draws):
                    memory[out, n] = memory[a, n] + memory[b, n]
            elif what == op.LINEAR:
                for n in range(draws):
                    memory[out, n] = memory[a, n] * memory[b, n] + memory[c, n]
            elif what == op.LINEAR_FROM_ZERO:
                for n in range(draws):
                    value = memory[a, n] * memory[b, n] + memory[c, n]
                    memory[out, n] = 0.0 if value < 0.0 else value
            elif what == op.SPREAD:
                first_one = alike[a]
                for n in range(draws):
                    memory[out, n] = first_one

            # ---------------------------------------------------------------- links
            elif what == op.RESPONSE:
                for n in range(draws):
                    memory[out, n] = power(memory[a, n] / memory[b, n], p)
            elif what == op.DIFFERENCE:
                for n in range(draws):
                    memory[out, n] = memory[a, n] * (memory[b, n] - memory[c, n])

            # ---------------------------------------------------------------- how often
            elif what == op.LOG_NONE:
                for n in range(draws):
                    memory[out, n] = log1p(-memory[a, n])
            elif what == op.CHANCE:
                for n in range(draws):
                    chance = -expm1(memory[a, n] * memory[b, n])
                    memory[out, n] = 0.0 if memory[b, n] == 0.0 else chance
            elif what == op.AT_MOST_ONE:
                for n in range(draws):
                    memory[out, n] = 1.0 if memory[a, n] > 1.0 else memory[a, n]
            elif what == op.REFUSE_LARGE:
                beyond = 0
                for n in range(draws):
                    beyond += 0 if memory[a, n] <= q else 1
                if beyond:
                    return int(p)
            elif what == op.BERNOULLI:
                for n in range(draws):
                    memory[out, n] = 1.0 if memory[a, n] > 1.0 - memory[b, n] else 0.0
            elif what == op.POISSON:
                for n in range(draws):
                    memory[out, n] = exp(-memory[b, n])
                _counted(memory[a], memory[b], memory[out])
            elif what == op.COUNT_ALIKE:
                _counted_alike(memory[a], limits[limit_of[b] :], no_events, memory[out])
            elif what == op.NEGATIVE_BINOMIAL:
                for n in range(draws):
                    memory[out, n] = power(1.0 + p * memory[b, n], -1.0 / p)
                for n in range(draws):
                    none = memory[out, n]
                    memory[out, n] = 0.0
                    if memory[a, n] > none:
                        spread = p * memory[b, n]
                        weight = spread / (1.0 + spread)
                        more = weight * (1.0 / p - 1.0)
                        memory[out, n] = _inverted(memory[a, n], none, weight, more)
            elif what == op.ADD_QUOTIENT:
                for n in range(draws):
                    memory[out, n] += memory[a, n] / p
            elif what == op.START:
                for n in range(draws):
                    if memory[a, n] > 1.0 - memory[b, n] and memory[out, n] > year:
                        memory[out, n] = year
            elif what == op.PART:
                for n in range(draws):
                    age = year - memory[a, n]
                    part = (age + 1.0) / q
                    part = part if part < 1.0 else 1.0
                    memory[out, n] = part if 0.0 <= age < p else 0.0
            elif what == op.ADD_AGED:
                part = min((year - p + 1.0) / q, 1.0)
                for n in range(draws):
                    memory[out, n] += part * memory[a, n]

            # ---------------------------------------------------------------- how much
            elif what == op.UNIT:
                for n in range(draws):
                    memory[out, n] = p * (memory[a, n] * (memory[b, n] * memory[c, n]))
            elif what == op.ADD_TIMES:
                for n in range(draws):
                    memory[out, n] += p * memory[a, n]
            elif what == op.ADD_LOWER:
                for n in range(draws):
                    amount = memory[a, n]
                    memory[out, n] += p * (amount if amount < 0.0 else 0.0)
            elif what == op.ADD_KEPT:
                for n in range(draws):
                    memory[out, n] += p * memory[a, n] * memory[b, n]
            elif what == op.ADD_LOWER_KEPT:
                for n in range(draws):
                    amount = memory[a, n]
                    memory[out, n] += p * (amount if amount < 0.0 else 0.0) * memory[b, n]
            elif what == op.BOOK:
                for n in range(draws):
                    effect = memory[a, n] * memory[b, n]
                    memory[c, n] += effect
                    memory[out, n] += p * effect
            elif what == op.BOOK_HELD:
                for n in range(draws):
                    effect = memory[a, n] * memory[b, n]
                    memory[d, n] = effect
                    memory[c, n] += effect
                    memory[out, n] += p * effect
            elif what == op.LAYER:
                for n in range(draws):
                    total = memory[a, n]
                    layer = total - p
                    layer = layer if layer > 0.0 else 0.0
                    layer = layer if layer < q else q
                    rate = r * layer / total
                    memory[out, n] = rate if total > 0.0 else 0.0
            elif what == op.LIMIT:
                for n in range(draws):
                    total = memory[a, n]
                    rate = (total if total < p else p) / total
                    memory[out, n] = rate if total > 0.0 else 1.0
            elif what == op.LOSS:
                for n in range(draws):
                    loss = -memory[a, n]
                    memory[out, n] = loss if loss > 0.0 else 0.0
            elif what == op.ADD_LOSS:
                for n in range(draws):
                    loss = -memory[a, n]
                    memory[out, n] += loss if loss > 0.0 else 0.0
            elif what == op.RAISE_LARGEST:
                for n in range(draws):
                    loss = -memory[b, n] if memory[a, n] > 0.0 else 0.0
                    memory[out, n] = loss if loss > memory[out, n] else memory[out, n]

            # ---------------------------------------------------------------- the money grid
            elif what == op.SNAP:
                for n in range(draws):
                    memory[out, n] = _snapped(memory[a, n], step)
            elif what == op.SNAP_AND_DISCOUNT:
                factor = discount[year]
                for n in range(draws):
                    net = _snapped(memory[a, n], step)
                    memory[out, n] = net
                    memory[b, n] += factor * net
            elif what == op.SNAP_AND_CLOSE:
                factor = discount[year]
                for n in range(draws):
                    net = _snapped(memory[a, n], step)
                    memory[out, n] = net
                    memory[b, n] += factor * net
                    memory[c, n] += net
            elif what == op.EXPECT:
                for n in range(draws):
                    memory[out, n] += _snapped(memory[a, n] * memory[b, n], step)

            # ---------------------------------------------------------------- overlap
            elif what == op.BEGIN_OVERLAP:
                flag = False
            elif what == op.SKIP_UNLESS_ABOVE:
                beyond = 0
                for n in range(draws):
                    beyond += 1 if memory[a, n] > memory[b, n] else 0
                if not beyond:
                    at += int(p)
                elif not flag:
                    flag = True
                    for row in range(out, out + int(q)):
                        for n in range(draws):
                            memory[row, n] = 0.0
            elif what == op.TAKEN:
                for n in range(draws):
                    total, size = memory[a, n], memory[b, n]
                    part = 1.0 - size / total
                    memory[out, n] = part if total > size else 0.0
            elif what == op.TAKE_BACK:
                for n in range(draws):
                    effect = memory[b, n]
                    lost = memory[a, n] * (effect if effect < 0.0 else 0.0)
                    memory[c, n] -= lost
                    memory[out, n] -= p * lost
            elif what == op.SKIP_WITHOUT_OVERLAP:
                if not flag:
                    at += int(p)
            elif what == op.OPEN:
                if not touched[int(p)]:
                    touched[int(p)] = 1
                    for row in range(out, out + int(q) * years):
                        for n in range(draws):
                            memory[row, n] = 0.0

            # ---------------------------------------------------------------- single events
            elif what == op.EMIT:
                begun = emitted
                for n in range(draws):  # written always, kept where there is a loss
                    emitted_draw[emitted] = n
                    emitted_loss[emitted] = _snapped(-memory[b, n], step)
                    emitted_count[emitted] = memory[a, n]
                    emitted += (memory[a, n] > 0.0) & (-memory[b, n] > 0.0)
                emitted_of[int(p), 0] = begun
                emitted_of[int(p), 1] = emitted
            elif what == op.SETTLE:
                _settle(
                    items[int(p) :],
                    terms,
                    (a, b, c, d),
                    r > 0.0,
                    year,
                    memory,
                    event_of,
                    event_place,
                    event_severity,
                    room,
                    settled[int(q)],
                    begins[int(q)],
                )
            elif what == op.PLACE:
                begin = begins[int(p)]
                for n in range(draws):
                    places[n] = begin[n] + np.int32(memory[a, n])
            elif what == op.PLACE_ALIKE:
                _counted_alike(memory[a], limits[limit_of[b] :], begins[int(p)], places)
            elif what == op.READ_SETTLED:
                sums = settled[int(p), int(q)]
                for n in range(draws):
                    memory[out, n] = sums[np.uint64(np.uint32(places[n]))]
            elif what == op.READ_AND_CLOSE:
                sums, factor = settled[int(p), int(q)], discount[year]
                for n in range(draws):
                    memory[out, n] = sums[np.uint64(np.uint32(places[n]))]
                for n in range(draws):
                    net = _snapped(memory[out, n], step)
                    memory[out, n] = net
                    memory[a, n] += factor * net
                    memory[b, n] += net
            elif what == op.RAISE_SETTLED:
                sums = settled[int(p), int(q)]
                for n in range(draws):
                    loss = sums[np.uint64(np.uint32(places[n]))]
                    memory[out, n] = loss if loss > memory[out, n] else memory[out, n]
            elif what == op.EMIT_SETTLED:
                begun, slot = emitted, items[int(r)]
                first, last = event_of[slot, year], event_of[slot, year + 1]
                losses = settled[int(q), 2 * items[int(r) + 1] + 1]
                begin = begins[int(q)]
                for event in range(first, last):
                    n, loss = event_place[0, event], losses[event - first]
                    emitted_draw[emitted] = n
                    emitted_loss[emitted] = _snapped(loss, step)
                    emitted_count[emitted] = 1.0
                    is_there = event_place[1, event] < places[n] - begin[n]
                    emitted += is_there & (loss > 0.0)
                emitted_of[int(p), 0] = begun
                emitted_of[int(p), 1] = emitted
    return -1


@compiled
def count_events(most: Floats, event_of: Integers) -> int:
    """Put where the single events of each item and year begin into `event_of`; return their number.

    Parameters
    ----------
    most : float64 array (item by event, year, draw)
        The largest count of any scenario and control.
    event_of : int64 array (item by event, year + 1)
    """
    count = 0
    for slot in range(most.shape[0]):
        for year in range(most.shape[1]):
            event_of[slot, year] = count
            for n in range(most.shape[2]):
                count += int(most[slot, year, n])
        event_of[slot, most.shape[1]] = count
    return count


@compiled
def list_events(most: Floats, event_place: Places) -> None:
    """Put draw and number in its year of each event into `event_place`, (2, event and 4 more)."""
    count = 0
    for slot in range(most.shape[0]):
        for year in range(most.shape[1]):
            for n in range(most.shape[2]):
                for number in range(4):  # without a branch for each event; few draws have more
                    event_place[0, count + number] = n
                    event_place[1, count + number] = number
                several = int(most[slot, year, n])
                for number in range(4, several):
                    event_place[0, count + number] = n
                    event_place[1, count + number] = number
                count += several


@compiled
def draw_events(
    event_of: Integers,
    event_place: Places,
    numbers: Any,
    firsts: Integers,
    names: Any,
    seed: Any,
    scales: Integers,
    laws: Floats,
    quantiles: Floats,
    severities: Floats,
) -> None:
    """Draw the events, as `engine.streams.events` does, and those severities that are normal.

    Parameters
    ----------
    event_of, event_place : int64 and int32 arrays
        See `run`.
    numbers : uint64 array (draw,)
        Numbers of the draws.
    firsts : int64 array (year,)
        Address of the first event of each year.
    names : uint64 array (item by event,)
        Streams.
    seed : uint64
    scales : int64 array (item by event, impact)
        On which scale the severity is normal: see `fused_operations`. Items whose first one is
        `TOLD` are left to whoever asks, who is told the quantiles of their events.
    laws : float64 array (item by event, impact, 2)
        Mean and standard deviation on the scale.
    quantiles : float64 array (event,)
        Receives them for items that are left.
    severities : float64 array (impact, event)
        Receives those of items that are not left.
    """
    uniforms, scores = np.empty(_TOGETHER), np.empty(_TOGETHER)
    draws, places = np.empty(_TOGETHER, dtype=np.uint64), np.empty(_TOGETHER, dtype=np.uint64)
    for slot in range(names.size):
        name, is_left = names[slot], scales[slot, 0] == op.TOLD
        for year in range(firsts.size):
            last = event_of[slot, year + 1]
            for first in range(event_of[slot, year], last, _TOGETHER):
                span = slice(first, min(first + _TOGETHER, last))
                place, number = event_place[0, span], event_place[1, span]
                own = quantiles[span] if is_left else uniforms[: place.size]
                draw, index, score = draws[: own.size], places[: own.size], scores[: own.size]
                for event in range(own.size):  # each loop by itself: else none is vectorised
                    draw[event] = numbers[np.uint64(np.uint32(place[event]))]
                for event in range(own.size):
                    index[event] = np.uint64(firsts[year] + np.int64(number[event]))
                for event in range(own.size):
                    own[event] = uniform(draw[event], index[event], name, seed)
                if is_left:
                    continue
                normal_quantiles(own, score)
                for k in range(scales.shape[1]):
                    if scales[slot, k] != op.ABSENT:
                        mean, spread = laws[slot, k, 0], laws[slot, k, 1]
                        _from_scale(score, mean, spread, scales[slot, k], severities[k, span])


@compiled
def _from_scale(score: Floats, mean: float, spread: float, scale: int, out: Floats) -> None:
    """Write the values at normal scores, as `domain.quantities.scales.from_scale` does."""
    if scale == op.LOG:
        for n in range(score.size):
            out[n] = exp(mean + spread * score[n])
    elif scale == op.LOGIT:
        for n in range(score.size):
            place = mean + spread * score[n]
            smaller = exp(-abs(place))
            out[n] = (smaller if place < 0.0 else 1.0) / (1.0 + smaller)
    else:
        for n in range(score.size):
            out[n] = mean + spread * score[n]
