"""What every single draw came to: sums of items, and what it expects of each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.sharing import sharing
from climrisk.analysis.subject_rows import SubjectRows, Yearly
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import subjects
from climrisk.names import HEADLINES, MEASURED, NET

__all__ = ["DrawKeeper", "KeptDraws"]

Floats = NDArray[np.float64]
Of = tuple[int, str]
"""Position of the run, name of the subject."""


@dataclass(frozen=True)
class KeptDraws:
    """What the sums came to in every draw.

    Parameters
    ----------
    by_horizon : dict by channel and net of dict by run and subject of float64 array (horizon, draw)
        Undiscounted sums over the years of each horizon [million]; arrays are shared.
    values : dict by run and subject of float64 array (draw,)
        Net present values [million].
    yearly : dict by run and headline of float64 array (year, draw)
        Net of the headlines [million].
    expected : dict by run and item of float64 array (horizon, draw)
        Expected effects given what the draw believes [million].
    """

    by_horizon: dict[str, dict[Of, Floats]] = field(default_factory=dict)
    values: dict[Of, Floats] = field(default_factory=dict)
    yearly: dict[Of, Floats] = field(default_factory=dict)
    expected: dict[Of, Floats] = field(default_factory=dict)


class DrawKeeper:
    """Keeps the sums of all draws while they are counted; threads may share one.

    Parameters
    ----------
    plan : Plan
    draws : int
        Draws of the run, from 0.
    """

    def __init__(self, plan: Plan, draws: int) -> None:
        told = subjects(plan)
        shared = sharing(plan, told)
        several = range(len(shared.runs))
        own = np.stack([shared.own(run) for run in several])
        sums = [(run, n) for run in several for n in range(len(plan.items), len(told))]
        # of the same entities, from the first run with the same effects: one array
        same = {(run, n): (int(shared.run[run, n]), told[n].members) for run, n in sums}
        self._place: dict[str, dict[Of, int]] = {}
        for number, name in enumerate(MEASURED):
            rows = SubjectRows(plan, told, name, own)
            counted = {
                (run, n): rows.place[int(shared.run[run, n]), int(shared.subject[run, n])]
                for run, n in sums
                if number in told[n].measured
            }
            first: dict[object, int] = {}
            self._place[name] = {
                (run, told[n].name): first.setdefault(same[run, n], row)
                for (run, n), row in counted.items()
            }
        self._rows = {name: sorted(set(of.values())) for name, of in self._place.items()}
        shape = len(plan.horizons), draws
        # one array each: what an edit replaces is freed
        self._by_horizon = {name: _empty(len(of), shape) for name, of in self._rows.items()}
        self._values = _empty(len(self._rows[NET]), (draws,))
        # net is the last of the channels
        place = {row: number for number, row in enumerate(rows.headlines)}
        first = {}
        self._heads = {
            (run, told[n].name): first.setdefault(same[run, n], place[row])
            for (run, n), row in counted.items()
            if told[n].name in HEADLINES
        }
        self._years = sorted(set(self._heads.values()))
        self._yearly = _empty(len(self._years), (len(plan.years), draws))
        self._items, self._knowledge = [item.id for item in plan.items], shared.knowledge
        self._expected = {
            run: _empty(len(plan.items), shape) for run in several if self._knowledge[run] == run
        }

    def add(self, first: int, found: Mapping[str, Yearly], values: Floats) -> None:
        """Keep consecutive draws from `first`; see `Accumulator`."""
        own = slice(first, first + values.shape[-1])
        for name, rows in self._rows.items():
            _put(self._by_horizon[name], own, found[name].by_horizon, rows)
        _put(self._values, own, values, self._rows[NET])
        _put(self._yearly, own, found[NET].headlines, self._years)

    def add_expected(self, first: int, run: int, expected: Floats) -> None:
        """Keep expected effects, (item, horizon, draw), of consecutive draws from `first`."""
        own = slice(first, first + expected.shape[-1])
        _put(self._expected[run], own, expected, range(len(expected)))

    def kept(self) -> KeptDraws:
        """Return what was kept, without copies; what is the same is one array."""
        sums = {
            name: dict(zip(rows, self._by_horizon[name], strict=True))
            for name, rows in self._rows.items()
        }
        values = dict(zip(self._rows[NET], self._values, strict=True))
        yearly = dict(zip(self._years, self._yearly, strict=True))
        net = self._place[NET]
        return KeptDraws(
            {
                name: {key: sums[name][row] for key, row in place.items()}
                for name, place in self._place.items()
            },
            {key: values[row] for key, row in net.items()},
            {key: yearly[row] for key, row in self._heads.items()},
            {
                (run, item): self._expected[int(same)][n]
                for run, same in enumerate(self._knowledge)
                for n, item in enumerate(self._items)
            },
        )


def _empty(several: int, shape: tuple[int, ...]) -> list[Floats]:
    return [np.empty(shape) for _ in range(several)]


def _put(into: Sequence[Floats], draws: slice, found: Floats, rows: Sequence[int]) -> None:
    """Put some rows of what consecutive draws came to where they are kept."""
    for kept, row in zip(into, rows, strict=True):
        kept[..., draws] = found[row]
