"""Where the parts that sums are made of are kept: categories and costs, each distinct one once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.sharing import sharing
from climrisk.analysis.stability import reasons_without_stability
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, subjects
from climrisk.engine.variants import runs, variants
from climrisk.names import (
    CURVES,
    MEASURED,
    NET,
    OPPORTUNITIES,
    OVERLAP,
    RISKS,
    TOTAL,
    TOTAL_BEFORE_MEASURES,
)

__all__ = ["KeptRows", "Of", "moved"]

Floats = NDArray[np.float64]
Of = tuple[int, str]
"""Position of the run, name of the subject."""
MADE_OF_PARTS = frozenset((RISKS, OPPORTUNITIES, TOTAL_BEFORE_MEASURES, TOTAL))


@dataclass(frozen=True)
class KeptRows:
    """Where what is kept of each draw stands; runs in which it is the same share a row.

    Parameters
    ----------
    parts : tuple of Subject
        Categories, costs of measures and own carbon cost. With overlap, every sum is made of them.
    by_horizon : dict by channel and net of dict by run and part
        Rows of the sums over the years of each horizon; those of net hold the present values too.
    yearly : dict by run and curve
        Rows of net by year.
    expected : dict by run and item
        Rows of the expected effects; of items whose ranks have a stability.
    """

    parts: tuple[Subject, ...]
    by_horizon: dict[str, dict[Of, int]]
    yearly: dict[Of, int]
    expected: dict[Of, int]

    @classmethod
    def of(cls, plan: Plan) -> KeptRows:
        """Return the rows of a plan."""
        told = subjects(plan)
        shared = sharing(plan, told)
        several = range(len(runs(plan)))
        kept = [
            (n, one)
            for n, one in enumerate(told)
            if n >= len(plan.items) and one.name not in {*MADE_OF_PARTS, OVERLAP}
        ]

        def rows(of: Iterable[tuple[int, Subject]]) -> dict[Of, int]:
            seen: dict[tuple[int, int], int] = {}
            return {
                (run, one.name): seen.setdefault((int(shared.run[run, n]), n), len(seen))
                for n, one in of
                for run in several
            }

        by_horizon = {
            name: rows((n, one) for n, one in kept if number in one.measured)
            for number, name in enumerate(MEASURED)
        }
        curves = [(n, one) for n, one in enumerate(told) if one.name in CURVES]
        parts = tuple(one for _, one in kept)
        return cls(parts, by_horizon, rows(curves), _expected_rows(plan))

    def made_of(self, subject: Subject) -> tuple[Subject, ...]:
        """Return the parts that a sum is made of, overlap left out."""
        members = set(subject.members)
        return tuple(one for one in self.parts if set(one.members) <= members)

    def amounts_of_a_draw(self, horizons: int, years: int) -> int:
        """Return how many amounts are kept of each draw, overlap left out."""
        sums = sum(_count(of) for of in self.by_horizon.values()) + _count(self.expected)
        return horizons * sums + years * _count(self.yearly) + _count(self.by_horizon[NET])


def _expected_rows(plan: Plan) -> dict[Of, int]:
    first, unknown = variants(plan), reasons_without_stability(plan)
    seen: dict[tuple[int, int], int] = {}
    return {
        (run, item.id): seen.setdefault((n, int(first[n, run])), len(seen))
        for n, item in enumerate(plan.items)
        if item.id not in unknown
        for run in range(first.shape[1])
    }


def _count(rows: dict[Of, int]) -> int:
    return len(set(rows.values()))


def moved(amounts: Floats, before: dict[Of, int], after: dict[Of, int]) -> Floats:
    """Return rows of amounts, (row, ...), where another plan has them; zero where they are new."""
    if before == after:
        return amounts
    source = {row: before.get(key, -1) for key, row in reversed(after.items())}
    places = np.array([source[row] for row in sorted(source)], dtype=np.int64)
    found = np.zeros((len(places), *amounts.shape[1:]))
    found[places >= 0] = amounts[places[places >= 0]]
    return found
