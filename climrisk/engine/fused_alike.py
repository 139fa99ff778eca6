"""What is the same in all draws of a plan: worked out once, by the fused kernel for one draw.

Counts at a rate that all draws have need no distribution function by draw: the latents above which
there is one event more are the same for all, and are listed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.engine import fused_operations as op
from climrisk.portable.arrays import exp

__all__ = ["Alike", "limits_of", "limits_of_rows"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_TOGETHER: Final = 4
"""Limits that the kernel compares at a time."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Values of the rows that are the same in all draws; see `engine.fused.run`.

    Parameters
    ----------
    values : float64 array (row,)
    limit_of : int64 array (row,)
        Where the limits of a row begin; of no meaning for rows that are no rates.
    limits : float64 array (limit,)
    refused : int
        The item whose rate is beyond what can be simulated, or -1.
    """

    values: Floats
    limit_of: Integers
    limits: Floats
    refused: int


@np.errstate(invalid="ignore")  # rates that are refused have limits that nobody reads
def limits_of(rates: Floats) -> Floats:
    """Return the latents above which Poisson counts are one more, (rate, limit).

    The recursion of `engine.frequency.poisson`; infinite behind the last that can be passed.
    """
    term = exp(-rates)
    reached, found, number = term, [], 0.0
    while np.any(is_open := term > reached * 2.0**-54):
        found.append(np.where(is_open, reached, np.inf))
        number += 1.0
        term = np.where(is_open, term * (rates / number), 0.0)
        reached = reached + term
    behind = [np.full(rates.shape, np.inf)] * _TOGETHER
    return np.stack([*found, *behind], axis=-1)


def limits_of_rows(code: Integers, values: Floats, years: int) -> tuple[Integers, Floats]:
    """Return `limit_of` and `limits` of the rates that instructions count by; see `Alike`.

    Parameters
    ----------
    code : int64 array (instruction, 9)
        All instructions of a program.
    values : float64 array (row,)
    years : int
    """
    most = code[code[:, 0] == op.LIMIT_MOST]
    by_rate = _in_years(most[:, 4], years), _in_years(most[:, 3], years)
    reading = code[np.isin(code[:, 0], (op.COUNT_ALIKE, op.PLACE_ALIKE)), 5]
    merged = np.unique(by_rate[1])
    own = np.setdiff1d(_in_years(reading, years), merged)
    rows = np.union1d(own, by_rate[0])
    rates, which = np.unique(values[rows], return_inverse=True)
    table = limits_of(rates)
    lowest = np.full((merged.size, table.shape[1]), np.inf)
    ranks = which[np.searchsorted(rows, by_rate[0])]
    np.minimum.at(lowest, np.searchsorted(merged, by_rate[1]), table[ranks])
    limit_of = np.zeros(values.size, dtype=np.int64)
    limit_of[rows] = which
    limit_of[merged] = rates.size + np.arange(merged.size)
    return limit_of * table.shape[1], np.concatenate([table, lowest]).ravel()


def _in_years(operands: Integers, years: int) -> Integers:
    """Return the rows of operands in every year, flat."""
    moves = (operands & 1)[:, np.newaxis] * np.arange(years)
    return np.asarray(((operands >> 1)[:, np.newaxis] + moves).ravel())
