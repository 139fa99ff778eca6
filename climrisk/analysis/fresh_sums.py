"""Sums of items that an edit changed, counted from what every single draw came to."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.kept_draws import KeptDraws, Of
from climrisk.analysis.subject_tallies import RunTallies, SubjectTallies
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject
from climrisk.engine.variants import runs
from climrisk.names import BASE_YEAR_SCENARIO, HEADLINES, MEASURED, NET

__all__ = ["FreshSums"]

Floats = NDArray[np.float64]
TOGETHER: Final = 4096
"""Draws that are counted together."""


class FreshSums:
    """Sums that are counted again, each distinct one once.

    Parameters
    ----------
    plan : Plan
    sums : list of Subject
    kept : KeptDraws
    """

    def __init__(self, plan: Plan, sums: list[Subject], kept: KeptDraws) -> None:
        names = runs(plan)
        self._base = [names.index((BASE_YEAR_SCENARIO, control)) for _, control in names]
        self._kept = kept
        self._rows: dict[str, dict[tuple[int, int], int]] = {name: {} for name in MEASURED}
        series: dict[str, list[tuple[Floats, Floats]]] = {name: [] for name in MEASURED}
        values: list[Floats] = []
        for run in range(len(names)):
            for subject in sums:
                for number in subject.measured:
                    name = MEASURED[number]
                    own, base = self._pair(name, run, subject)
                    key = id(own), id(base)
                    if key not in self._rows[name]:
                        self._rows[name][key] = len(series[name])
                        series[name].append((own, base))
                        if name == NET:
                            values.append(kept.values[run, subject.name])
        count = {name: len(of) for name, of in series.items()}
        self._heads = self._headline_rows(len(names), sums)
        self._tallies = SubjectTallies(plan, count, len(set(self._heads.values())), 1)
        draws = next(iter(kept.values.values())).size
        heads = {row: key for key, row in reversed(self._heads.items())}
        keys = [heads[row] for row in sorted(heads)]
        for start in range(0, draws, TOGETHER):
            part = slice(start, start + TOGETHER)
            self._count(series, values, part)
            self._count_headlines(tuple(plan.horizons.values()), keys, part)

    def _count(
        self, series: dict[str, list[tuple[Floats, Floats]]], values: list[Floats], part: slice
    ) -> None:
        """Count some draws of every distinct sum, and of its difference from `base_year`."""
        tallies = self._tallies
        for name, of in series.items():
            if of:
                own, base = (_stacked([pair[n] for pair in of], part) for n in range(2))
                tallies.horizon[name].add(own)
                tallies.change[name].add(own - base)
        tallies.value.add(_stacked(values, part))

    def give(self, found: RunTallies, run: int, subject: Subject) -> None:
        """Give what was counted of a subject in a run."""
        for number in subject.measured:
            name = MEASURED[number]
            own, base = self._pair(name, run, subject)
            row = self._rows[name][id(own), id(base)]
            place = found.rows[name].index(found.subjects.index(subject))
            found.take_channel(name, place, self._tallies, row)
            if name == NET and subject.name in HEADLINES:
                head = self._heads[run, subject.name]
                found.take_headline(HEADLINES.index(subject.name), self._tallies, head)

    def _headline_rows(self, several: int, sums: list[Subject]) -> dict[Of, int]:
        """Return the row of each headline; what is the same has one row."""
        rows: dict[int, int] = {}
        return {
            (run, one.name): rows.setdefault(id(self._kept.yearly[run, one.name]), len(rows))
            for run in range(several)
            for one in sums
            if one.name in HEADLINES
        }

    def _count_headlines(self, spans: tuple[slice, ...], keys: list[Of], part: slice) -> None:
        tallies, kept = self._tallies, self._kept
        horizons = kept.by_horizon[NET]
        tallies.headline_horizons.add(_stacked([horizons[key] for key in keys], part))
        tallies.headline_value.add(_stacked([kept.values[key] for key in keys], part))
        tallies.breaches.add(_stacked([kept.yearly[key] for key in keys], part), spans)

    def _pair(self, name: str, run: int, subject: Subject) -> tuple[Floats, Floats]:
        of = self._kept.by_horizon[name]
        return of[run, subject.name], of[self._base[run], subject.name]


def _stacked(of: list[Floats], part: slice) -> Floats:
    """Return some draws of several arrays, one below the other."""
    return np.stack([one[..., part] for one in of])
