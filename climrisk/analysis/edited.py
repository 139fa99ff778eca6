"""From what a study came to before an edit to what it comes to afterwards, exactly.

Figures of items that an edit does not touch are taken over. Sums of items change draw by draw by
the difference of what the touched items came to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.kept_draws import KeptDraws, Of
from climrisk.analysis.sharing import sharing
from climrisk.analysis.stability import RankStability
from climrisk.analysis.subject_tallies import RunTallies, SubjectTallies
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, subjects
from climrisk.engine.variants import runs
from climrisk.names import BASE_YEAR_SCENARIO, HEADLINES, MEASURED, NET

__all__ = ["Part", "edited"]

Floats = NDArray[np.float64]
Run = tuple[str, str]
TOGETHER: Final = 4096
"""Draws whose years are counted together."""


@dataclass(frozen=True)
class Part:
    """What a plan came to.

    Parameters
    ----------
    plan : Plan
    tallies : dict of (scenario, control) to RunTallies
        Of all subjects.
    kept : KeptDraws
        Sums of items in every draw.
    """

    plan: Plan
    tallies: dict[Run, RunTallies]
    kept: KeptDraws


def edited(old: Part, plan: Plan, before: Part, after: Part) -> Part:
    """Return what a plan comes to.

    Parameters
    ----------
    old : Part
        What it came to before the edit.
    plan : Plan
        After the edit.
    before, after : Part
        The touched items alone, as they were and as they are; the same draws.

    Raises
    ------
    SeriesOverflowError
        If a sum is too large to be added exactly.
    """
    told = subjects(plan)
    again = {one.name for one in told if _is_touched(one, plan, after)}
    again |= {one.name for part in (before, after) for one in _sums(part.plan) if one.members}
    sums = [one for one in told[len(plan.items) :] if one.name in again]
    kept = _kept(plan, told, {one.name for one in sums}, (old.kept, before.kept, after.kept))
    fresh = _Fresh(plan, sums, kept)
    stability = _stability(plan, told, kept)
    tallies = {}
    for run, name in enumerate(runs(plan)):
        found = RunTallies(plan, told, old.tallies[name].events, stability[run])
        for subject in told:
            if subject in sums:
                fresh.give(found, run, subject)
            else:
                source = after if subject.name in again else old
                _take(found, source.tallies[name], subject)
        tallies[name] = found
    return Part(plan, tallies, kept)


def _is_touched(subject: Subject, plan: Plan, after: Part) -> bool:
    return subject.name in {item.id for item in after.plan.items}


def _sums(plan: Plan) -> tuple[Subject, ...]:
    return subjects(plan)[len(plan.items) :]


def _kept(
    plan: Plan, told: tuple[Subject, ...], again: set[str], parts: tuple[KeptDraws, ...]
) -> KeptDraws:
    """Return the sums of all draws: those of `again` from the old ones, less before, plus after."""
    old, *_ = parts
    made: dict[tuple[int, ...], Floats] = {}
    nothing = next(iter(old.by_horizon[NET].values())), next(iter(old.values.values()))

    def changed(of: list[dict[Of, Floats]], key: Of, like: Floats) -> Floats:
        found = [one.get(key) for one in of]
        same = (*map(id, found), like.ndim)
        if same not in made:
            was, gone, come = (np.zeros_like(like) if one is None else one for one in found)
            made[same] = was - gone + come
        return made[same]

    by_horizon: dict[str, dict[Of, Floats]] = {name: {} for name in MEASURED}
    values: dict[Of, Floats] = {}
    yearly: dict[Of, Floats] = {}
    for run in range(len(runs(plan))):
        for subject in told[len(plan.items) :]:
            key, is_again = (run, subject.name), subject.name in again
            for number in subject.measured:
                name = MEASURED[number]
                of = [one.by_horizon[name] for one in parts]
                new = changed(of, key, nothing[0]) if is_again else old.by_horizon[name][key]
                by_horizon[name][key] = new
            of = [one.values for one in parts]
            values[key] = changed(of, key, nothing[1]) if is_again else old.values[key]
            if subject.name in HEADLINES:
                of = [one.yearly for one in parts]
                like = next(iter(old.yearly.values()))
                yearly[key] = changed(of, key, like) if is_again else old.yearly[key]
    return KeptDraws(by_horizon, values, yearly, _expected(plan, old, parts[-1]))


def _expected(plan: Plan, old: KeptDraws, after: KeptDraws) -> dict[Of, Floats]:
    """Return what draws expect of each item; of the touched ones, what they expect now."""
    keys = [(run, item.id) for run in range(len(runs(plan))) for item in plan.items]
    return {
        key: after.expected[key] if key in after.expected else old.expected[key] for key in keys
    }


def _stability(plan: Plan, told: tuple[Subject, ...], kept: KeptDraws) -> list[RankStability]:
    """Return the stability of the ranks in each run."""
    found: dict[int, RankStability] = {}
    knowledge = sharing(plan, told).knowledge.tolist()
    for run in sorted(set(knowledge)):
        found[run] = RankStability(plan)
        found[run].add(np.stack([kept.expected[run, item.id] for item in plan.items]))
    return [found[run] for run in knowledge]


class _Fresh:
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


def _take(found: RunTallies, other: RunTallies, subject: Subject) -> None:
    """Take over what was counted of a subject elsewhere."""
    here = found.subjects.index(subject)
    there = [one.name for one in other.subjects].index(subject.name)
    for number in subject.measured:
        name = MEASURED[number]
        place, of = found.rows[name].index(here), other.rows[name].index(there)
        found.take_channel(name, place, other, of)
    if here < len(found.plan.items):
        found.material.take(here, other.material, there)
    if subject.name in HEADLINES:
        row = HEADLINES.index(subject.name)
        found.take_headline(row, other, row)
