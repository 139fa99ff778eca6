"""From the rows of an inventory to one amount a year for each source and site."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from climrisk.domain.inventory import Activity
from climrisk.domain.units import unit_of

__all__ = ["YearlyActivity", "time_weighted", "yearly_activities"]


@dataclass(frozen=True)
class YearlyActivity:
    """What a source amounts to at a site in a year, corrections included.

    Parameters
    ----------
    row : Activity
        Its row of the inventory, the first where there are several.
    quantity : float
        Amount of the year, in the unit of `row`.
    """

    row: Activity
    quantity: float


def yearly_activities(rows: Iterable[Activity], year: int) -> tuple[YearlyActivity, ...]:
    """Return the amounts of `year` in the order of the rows; instruments stay apart.

    Corrections are added. Values that hold from a day on are weighted by days (see
    `time_weighted`).
    """
    places: dict[tuple[str, str, str], list[Activity]] = {}
    for row in rows:
        if row.year == year:
            key = (row.source_id, row.site, row.instrument or "")
            places.setdefault(key, []).append(row)
    return tuple(YearlyActivity(group[0], _amount(group, year)) for group in places.values())


def _amount(group: Sequence[Activity], year: int) -> float:
    """Return the amount of the rows of one source and site, in the unit of the first."""
    unit = unit_of(group[0].unit)
    scaled = [(row, row.quantity * unit_of(row.unit).factor_to(unit)) for row in group]
    stated = sorted(
        (
            (row.first_day.timetuple().tm_yday if row.first_day else 1, value)
            for row, value in scaled
            if row.correction is None
        ),
    )
    corrections = [value for row, value in scaled if row.correction is not None]
    return math.fsum([time_weighted(stated, year), *corrections])


def time_weighted(values: Sequence[tuple[int, float]], year: int) -> float:
    """Return the mean of a value that changes within a year, weighted by days.

    Parameters
    ----------
    values : sequence of (int, float)
        Day of the year, from 1, from which each value holds; the last one of a day counts. Before
        the first day the value is 0, since the floor was not there.
    year : int
        Year, for its 365 or 366 days.
    """
    days = 366 if calendar.isleap(year) else 365
    starts = [(day, list(same)[-1][1]) for day, same in groupby(values, key=lambda one: one[0])]
    ends = [day for day, _ in starts[1:]] + [days + 1]
    spans = [(end - start) * value for (start, value), end in zip(starts, ends, strict=True)]
    whole = len(starts) == 1 and starts[0][0] == 1
    return starts[0][1] if whole else math.fsum(spans) / days
