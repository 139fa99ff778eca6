"""From what a study came to before an edit to what it comes to afterwards, exactly.

Figures of items that an edit does not touch are taken over. Sums of items change draw by draw by
the difference of what the touched items came to.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.fresh_sums import FreshSums
from climrisk.analysis.kept_draws import KeptDraws, Of
from climrisk.analysis.outputs import variables_of
from climrisk.analysis.sharing import sharing
from climrisk.analysis.stability import RankStability
from climrisk.analysis.statistics import TAIL, Values, statistics
from climrisk.analysis.subject_tallies import RunTallies
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, subjects
from climrisk.engine.variants import runs
from climrisk.names import HEADLINES, MEASURED, NET

__all__ = ["Part", "Whole", "edited"]

Floats = NDArray[np.float64]
Run = tuple[str, str]
Places = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True)
class Part:
    """What items came to, alone.

    Parameters
    ----------
    plan : Plan
        Of these items.
    tallies : dict of (scenario, control) to RunTallies
        Of all its subjects; empty where only sums of draws are wanted.
    kept : KeptDraws
        Sums of items in every draw.
    """

    plan: Plan
    tallies: dict[Run, RunTallies]
    kept: KeptDraws


@dataclass(frozen=True)
class Whole:
    """What all of a plan came to.

    Parameters
    ----------
    plan : Plan
    values : dict by variable of float64 array (run, ...)
        As `statistics` returns them.
    stability : tuple of RankStability
        Of each run.
    kept : KeptDraws
        Sums of items in every draw.
    """

    plan: Plan
    values: Values
    stability: tuple[RankStability, ...]
    kept: KeptDraws

    @classmethod
    def of(cls, part: Part, outputs: Collection[str]) -> Whole:
        """Return the figures of a part that has all items."""
        stability = tuple(one.stability for one in part.tallies.values())
        values = statistics(part.plan, part.tallies, outputs)
        return cls(part.plan, values, stability, part.kept)


def edited(old: Whole, plan: Plan, before: Part, after: Part, outputs: Collection[str]) -> Whole:
    """Return what a plan comes to.

    Parameters
    ----------
    old : Whole
        What it came to before the edit.
    plan : Plan
        After the edit.
    before, after : Part
        The touched items alone, as they were and as they are; the same draws.
    outputs : collection of str
        What is wanted and was counted.

    Raises
    ------
    SeriesOverflowError
        If a sum is too large to be added exactly.
    """
    told = subjects(plan)
    changed = {one.name for part in (before, after) for one in _sums(part.plan) if one.members}
    kept = _kept(plan, told, changed, (old.kept, before.kept, after.kept))
    # the headlines are read together
    sums = [one for one in told[len(plan.items) :] if one.name in changed | set(HEADLINES)]
    counted = _counted(plan, sums, kept, after)
    fresh = statistics(after.plan, counted, outputs)
    again = [one.name for one in next(iter(counted.values())).subjects]
    values = _renewed((old.plan, old.values), plan, (again, fresh), outputs)
    return Whole(plan, values, _stability(plan, told, kept), kept)


def _sums(plan: Plan) -> tuple[Subject, ...]:
    return subjects(plan)[len(plan.items) :]


def _counted(
    plan: Plan, sums: list[Subject], kept: KeptDraws, after: Part
) -> dict[Run, RunTallies]:
    """Return the tallies of the touched items, as they are now, and of sums of all items."""
    fresh = FreshSums(plan, sums, kept)
    items = subjects(after.plan)[: len(after.plan.items)]
    tallies = {}
    for run, name in enumerate(runs(plan)):
        part = after.tallies[name]
        found = RunTallies(after.plan, (*items, *sums), (), part.stability)
        for item in items:
            _take(found, part, item)
        for subject in sums:
            fresh.give(found, run, subject)
        tallies[name] = found
    return tallies


def _renewed(
    old: tuple[Plan, Values], plan: Plan, fresh: tuple[list[str], Values], outputs: Collection[str]
) -> Values:
    """Return the figures of all subjects: new ones where there are, else those of before."""
    (was, known), (again, new) = old, fresh
    dims = {name: one.dims[2] for name, one in variables_of(outputs).items()} | {TAIL: "item"}
    names = [one.name for one in subjects(plan)]
    from_old, from_new = _places(names, [one.name for one in subjects(was)], again)
    found: Values = {}
    for name, values in new.items():
        if dims[name] not in ("subject", "item"):
            found[name] = values
            continue
        several = len(names) if dims[name] == "subject" else len(plan.items)
        found[name] = np.empty((len(values), several, *values.shape[2:]))
        for (to, of), source in ((from_old, known[name]), (from_new, values)):
            there = to < several
            found[name][:, to[there]] = source[:, of[there]]
    return found


def _places(names: list[str], old: list[str], again: list[str]) -> tuple[Places, Places]:
    """Return where figures go and where they are, of those before and of those anew."""
    renewed = set(again)
    pairs = (
        [(n, old.index(name)) for n, name in enumerate(names) if name not in renewed],
        [(names.index(name), n) for n, name in enumerate(again)],
    )
    kept, new = (np.array(of, dtype=np.int64).reshape(-1, 2).T for of in pairs)
    return (kept[0], kept[1]), (new[0], new[1])


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
            was, gone, come = (0.0 if one is None else one for one in found)
            new = np.subtract(was, gone, out=np.empty_like(like))
            made[same] = np.add(new, come, out=new)
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


def _stability(plan: Plan, told: tuple[Subject, ...], kept: KeptDraws) -> tuple[RankStability, ...]:
    """Return the stability of the ranks in each run."""
    found: dict[int, RankStability] = {}
    knowledge = sharing(plan, told).knowledge.tolist()
    for run in sorted(set(knowledge)):
        found[run] = RankStability(plan)
        found[run].add(np.stack([kept.expected[run, item.id] for item in plan.items]))
    return tuple(found[run] for run in knowledge)


def _take(found: RunTallies, other: RunTallies, item: Subject) -> None:
    """Take over what was counted of an item elsewhere."""
    row = other.subjects.index(item)  # items come first in both
    for number in item.measured:
        name = MEASURED[number]
        found.take_channel(name, found.rows[name].index(row), other, other.rows[name].index(row))
    found.material.take(row, other.material, row)
