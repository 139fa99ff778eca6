"""Tornado: each uncertain input at its P5 and at its P95, all else at the run's own draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.analysis.explained import MODEL, PERCENTILE
from climrisk.domain.study import Study
from climrisk.engine.altered import with_knowledge, with_picks
from climrisk.engine.drivers import Picks
from climrisk.engine.knowledge import KnownInput
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import Worlds
from climrisk.metrics.moments import Moments
from climrisk.names import ALL_YEARS, CURRENT, MONEY_UNIT
from climrisk.portable.arrays import normal_quantile
from climrisk.sensitivity.asked import Asked, asked
from climrisk.sensitivity.inputs import acting_inputs, provenance, touched_by
from climrisk.sensitivity.net_parts import NetParts, altered_parts, simulated_parts

__all__ = ["ENDS", "tornado"]

Floats = NDArray[np.float64]
ENDS = {"p5": 0.05, "p95": 0.95}
"""Where every input but the model is put."""


def tornado(
    study: Study,
    scenario: str,
    *,
    control: str = CURRENT,
    horizon: str = ALL_YEARS,
    draws: int | None = None,
    seed: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return what mean net becomes where one input is known to lie at its P5 or its P95.

    Every other input, and chance, stay in each draw what they are in the run, also those that the
    input is tied to: the difference has no noise but that of one sample, and its error says how
    much that is. Climate-economy models have no percentiles: the one with the lowest and the one
    with the highest mean stand for them. Percentiles of warming are clipped to those that the
    scenario gives.

    Parameters
    ----------
    study, scenario, control, horizon, draws, seed
        As `sensitivity.asked.asked` takes them.
    progress : callable, optional
        Called with finished and total work.

    Returns
    -------
    DataFrame
        A row for each input, largest swing first: `input, basis, source, base, base_se, low_at,
        low, low_se, high_at, high, high_se, swing, swing_se`. `base` is the mean of total net,
        `low` and `high` its change from there at the two ends, `swing` high less low [million].

    Raises
    ------
    QuestionRefusedError
        If the study has no such scenario, control or horizon.
    """
    of = asked(study, scenario, control=control, horizon=horizon, draws=draws, seed=seed)
    inputs = acting_inputs(of.plan, control)
    base = Moments((1,), of.plan.step, of.plan.scale)
    swings = [_Swing(of.plan, one) for one in inputs]
    done = 0
    for world in of.worlds():
        parts = simulated_parts(of, world)
        base.add(of.worth(parts.net).sum(axis=0)[np.newaxis])
        for swing in swings:
            swing.add(of, world, parts)
            done += len(world.draws)
            if progress is not None:
                progress(done, of.draws * len(swings))
    frame = pd.DataFrame([swing.row() for swing in swings], columns=list(_Swing.COLUMNS))
    frame.insert(0, "base", float(base.mean()[0]))
    frame.insert(1, "base_se", float(base.standard_error()[0]))
    for place, (name, words) in enumerate(provenance(study, inputs).items()):
        frame.insert(place, name, words)
    for place, (name, word) in enumerate(of.labels().items()):
        frame.insert(place, name, word)
    frame["unit"] = MONEY_UNIT
    return frame.sort_values("swing", key=np.abs, ascending=False, ignore_index=True)


class _Swing:
    """Changes of total net where one input is put at each of its ends, draw by draw."""

    COLUMNS = (
        *(f"{end}{part}" for end in ("low", "high") for part in ("_at", "", "_se")),
        "swing",
        "swing_se",
    )

    def __init__(self, plan: Plan, one: KnownInput) -> None:
        self._of = one
        self._ends = plan.models if one is MODEL else tuple(ENDS)
        self._pairs = tuple(combinations(range(len(self._ends)), 2))
        series = len(self._ends) + len(self._pairs)
        self._changes = Moments((series,), plan.step, plan.scale)

    def add(self, of: Asked, world: Worlds, before: NetParts) -> None:
        """Simulate a block of draws again at each end."""
        touched = touched_by(of.plan, self._of)
        worth = of.worth(before.net)
        changes = []
        for other in self._altered(of.plan, world):
            climate = other.climate is not world.climate
            after = altered_parts(of, other, before, touched, priced=climate)
            changes.append((of.worth(after.net) - worth).sum(axis=0))
        between = [changes[second] - changes[first] for first, second in self._pairs]
        self._changes.add(np.stack([*changes, *between]))

    def _altered(self, plan: Plan, world: Worlds) -> Iterator[Worlds]:
        picks = world.climate.picks
        for place, end in enumerate(self._ends):
            if self._of is MODEL:
                yield with_picks(plan, world, Picks(np.full_like(picks.model, place), picks.score))
            elif self._of is PERCENTILE:
                score = normal_quantile(np.full_like(picks.score, ENDS[end]))
                yield with_picks(plan, world, Picks(picks.model, score))
            else:
                yield with_knowledge(plan, world, {self._of.key: ENDS[end]})

    def row(self) -> tuple[str | float, ...]:
        """Return ends, changes and swing, as `COLUMNS` names them."""
        mean, error = self._changes.mean(), self._changes.standard_error()
        low, high = 0, 1
        if self._of is MODEL:
            low, high = _extremes(mean[: len(self._ends)])
        pair = len(self._ends) + self._pairs.index((min(low, high), max(low, high)))
        swing = float(mean[high] - mean[low])
        ends = [(self._ends[n], float(mean[n]), float(error[n])) for n in (low, high)]
        return (*ends[0], *ends[1], swing, float(error[pair]))


def _extremes(means: Floats) -> tuple[int, int]:
    """Return the positions of the lowest and the highest mean, never the same one."""
    low = int(np.argmin(means))
    others = np.delete(np.arange(means.size), low)
    return low, int(others[np.argmax(means[others])])
