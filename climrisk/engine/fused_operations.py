"""Instructions of the fused kernel: `out` and operands `a` to `d` are rows, p, q and r numbers.

What each does stands beside it; amounts are of all draws of a row.
"""

from __future__ import annotations

from typing import Final

FILL: Final = 0  # out = p
COPY: Final = 1  # out = a
ADD_TO: Final = 2  # out += a
TAKE_FROM: Final = 3  # out -= a
SUBTRACT: Final = 4  # out = a - b
MULTIPLY: Final = 5  # out = a b
MULTIPLY_BY: Final = 6  # out *= a
DIVIDE: Final = 7  # out = a / b
DIVIDE_BY_NUMBER: Final = 8  # out = a / p
MAXIMUM_WITH: Final = 9  # out = max(out, a)
ADD: Final = 10  # out = a + b
LINEAR: Final = 11  # out = a b + c
LINEAR_FROM_ZERO: Final = 12  # out = max(a b + c, 0)
SPREAD: Final = 13  # out = a, which is the same in all draws

RESPONSE: Final = 20  # out = (a / b) ** p
DIFFERENCE: Final = 21  # out = a (b - c)

LOG_NONE: Final = 30  # out = log(1 - a)
CHANCE: Final = 31  # out = 1 - exp(a b), and 0 where b is 0
AT_MOST_ONE: Final = 32  # out = min(a, 1)
REFUSE_LARGE: Final = 33  # stop with item p where a is not at most q
BERNOULLI: Final = 34  # out = 1 where a > 1 - b, else 0
POISSON: Final = 35  # out = count at latent a of rate b
COUNT_ALIKE: Final = 41  # out = count at latent a within the limits of b
LIMIT_MOST: Final = 42  # limits of out: the lower of its own and those of the rate a
NEGATIVE_BINOMIAL: Final = 36  # the same with contagion p
ADD_QUOTIENT: Final = 37  # out += a / p
START: Final = 38  # out = min(out, year) where a > 1 - b
PART: Final = 39  # out = part that is there of what began in year a, lasts p and ramps in q years
ADD_AGED: Final = 40  # out += the part that is there of what began in year p, ramping in q, times a

UNIT: Final = 50  # out = p a b c
ADD_TIMES: Final = 51  # out += p a
ADD_LOWER: Final = 52  # out += p min(a, 0)
ADD_KEPT: Final = 53  # out += p a b
ADD_LOWER_KEPT: Final = 54  # out += p min(a, 0) b
BOOK: Final = 55  # c += a b, out += p a b
BOOK_HELD: Final = 56  # the same, and d = a b
LOSS: Final = 57  # out = max(-a, 0)
ADD_LOSS: Final = 58  # out += max(-a, 0)
LAYER: Final = 59  # out = r min(max(a - p, 0), q) / a
LIMIT: Final = 60  # out = min(a, p) / a
RAISE_LARGEST: Final = 61  # out = max(out, -b) where a > 0

SNAP: Final = 70  # out = a on the money grid
SNAP_AND_DISCOUNT: Final = 71  # the same, and b += discount factor times out
SNAP_AND_CLOSE: Final = 72  # the same, and c += out
EXPECT: Final = 73  # out += a b on the money grid

BEGIN_OVERLAP: Final = 80  # nothing is taken back yet
SKIP_UNLESS_ABOVE: Final = 81  # go p further unless any a > b; at first, zero q rows from out
TAKEN: Final = 82  # out = 1 - b / a where a > b, else 0
TAKE_BACK: Final = 83  # c -= a min(b, 0), out -= p a min(b, 0)
SKIP_WITHOUT_OVERLAP: Final = 84  # go p further where nothing is taken back
OPEN: Final = 85  # zero q yearly rows from out when overlap p takes back something first

EMIT: Final = 90  # write down where a > 0 and -b > 0, as emission p
SETTLE: Final = 91  # settle single events by item table p, into space q; r: no links or measures
PLACE: Final = 92  # find where the sums of the first a events stand in space p
PLACE_ALIKE: Final = 93  # the same for as many events as at latent a within the limits of b
READ_SETTLED: Final = 94  # out = sum q, in space p, at the place found last
READ_AND_CLOSE: Final = 95  # the same, on the money grid; a += discount factor times out, b += out
RAISE_SETTLED: Final = 96  # out = max(out, sum q in space p)
EMIT_SETTLED: Final = 97  # write down the events up to the places in space q, item table r, as p

ABSENT, TOLD, IDENTITY, LOG, LOGIT = range(5)
"""How a single event's severity is drawn: there is none; by whoever asks, from its quantile; or
from its normal score, on the scale of that name."""
