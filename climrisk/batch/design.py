"""From what a batch varies to the settings of each run.

Latin hypercube: McKay, Beckman and Conover 1979, Technometrics 21(2). Sobol points: Sobol 1967,
USSR Computational Mathematics 7(4), scrambled as in Owen 1998, Journal of Complexity 14(4); both
by `scipy.stats.qmc`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from climrisk.domain.batch import MOST_RUNS, SAMPLED, Batch
from climrisk.domain.varied import Setting

__all__ = ["BASE", "designed_runs", "run_count"]

BASE = "base"
"""Name of the run in which nothing is varied."""

Settings = Mapping[str, Setting]


def run_count(batch: Batch) -> int:
    """Return how many runs of one study a batch asks for, those that are left out included."""
    if batch.design in SAMPLED:
        several = batch.points or 0
    else:
        counts = [len(levels.settings) for levels in batch.vary.values()]
        several = prod(counts) if batch.design == "grid" else max(counts, default=1)
    return several + len(batch.cases) + len(batch.include)


def designed_runs(batch: Batch) -> dict[str, Settings]:
    """Return the settings of every run of a study by its name, in order.

    The run `base`, in which nothing is varied, comes first. Runs of the design are `r1`, `r2`, ...
    with as many digits as the last one needs; then come the named cases.

    Raises
    ------
    ValueError
        If there are too many runs, a name is taken, or an entry of `exclude` leaves out none.
    """
    if run_count(batch) > MOST_RUNS:
        raise ValueError(f"found {run_count(batch):,} runs, allowed: {MOST_RUNS:,}")
    found = [one for one in _points(batch) if one]
    unused = [entry for entry in batch.exclude if not any(_has(one, entry) for one in found)]
    if unused:
        told = ", ".join(f"{path} {setting.words}" for path, setting in unused[0].items())
        raise ValueError(f"exclude: no run of the design has {told or 'no settings'}")
    kept = [one for one in found if not any(_has(one, entry) for entry in batch.exclude)]
    kept += batch.include
    digits = len(str(len(kept)))
    runs: dict[str, Settings] = {BASE: {}}
    runs |= {f"r{number:0{digits}d}": one for number, one in enumerate(kept, start=1)}
    taken = sorted(set(runs) & set(batch.cases))
    if taken:
        raise ValueError(f"cases: the name {taken[0]!r} is taken, allowed: another")
    return runs | batch.cases


def _has(run: Settings, wanted: Settings) -> bool:
    return all(run.get(path) == setting for path, setting in wanted.items())


def _points(batch: Batch) -> Iterator[Settings]:
    if not batch.vary:
        return
    paths = tuple(batch.vary)
    if batch.design in SAMPLED:
        for row in _places(batch):
            placed = zip(paths, row, strict=True)
            yield {path: batch.vary[path].at(place) for path, place in placed}
        return
    levels = [batch.vary[path].settings for path in paths]
    if batch.design == "zip":
        most = max(map(len, levels))
        levels = [one * most if len(one) == 1 else one for one in levels]
        rows: Iterator[tuple[Setting, ...]] = zip(*levels, strict=True)
    else:
        rows = product(*levels)
    for combined in rows:
        yield dict(zip(paths, combined, strict=True))


def _places(batch: Batch) -> list[list[float]]:
    """Return points in the unit cube, one row a run."""
    from scipy.stats import qmc  # slow to import, and only these designs need it

    kind = qmc.Sobol if batch.design == "sobol" else qmc.LatinHypercube
    sampler = kind(d=len(batch.vary), rng=batch.design_seed)
    found: list[list[float]] = sampler.random(batch.points).tolist()
    return found
