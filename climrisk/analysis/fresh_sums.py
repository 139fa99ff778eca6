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
"""Draws whose years are counted together."""


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
        for name, of in series.items():
            if of:
                own = np.stack([one for one, _ in of])
                self._tallies.horizon[name].add(own)
                self._tallies.change[name].add(own - np.stack([base for _, base in of]))
        if values:
            self._tallies.value.add(np.stack(values))
        self._count_headlines(plan)

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

    def _count_headlines(self, plan: Plan) -> None:
        first: dict[int, Of] = {}
        for key, row in self._heads.items():
            first.setdefault(row, key)
        kept, keys = self._kept, list(first.values())
        if not keys:
            return
        tallies, spans = self._tallies, tuple(plan.horizons.values())
        tallies.headline_horizons.add(np.stack([kept.by_horizon[NET][key] for key in keys]))
        tallies.headline_value.add(np.stack([kept.values[key] for key in keys]))
        for start in range(0, kept.values[keys[0]].size, TOGETHER):
            part = slice(start, start + TOGETHER)
            tallies.breaches.add(np.stack([kept.yearly[key][:, part] for key in keys]), spans)

    def _pair(self, name: str, run: int, subject: Subject) -> tuple[Floats, Floats]:
        of = self._kept.by_horizon[name]
        return of[run, subject.name], of[self._base[run], subject.name]
