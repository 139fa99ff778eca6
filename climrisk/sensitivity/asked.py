"""Which figure is asked about: total net of one scenario, under one control, in one horizon."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.planning import planned_run
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan
from climrisk.engine.present_value import present_value
from climrisk.engine.worlds import Worlds, worlds
from climrisk.errors import QuestionRefusedError
from climrisk.names import ALL_YEARS, BASE_YEAR_SCENARIO, CURRENT

__all__ = ["BLOCK", "Asked", "asked", "known_word"]

Floats = NDArray[np.float64]
BLOCK = 2048
"""Draws that are held at a time; no figure depends on it."""


@dataclass(frozen=True, eq=False)
class Asked:
    """One figure of one run, draw by draw.

    Parameters
    ----------
    study : Study
    plan : Plan
        Of this scenario and control alone.
    control : str
    horizon : str
        A horizon, or `all` for the net present value over all years.
    draws, seed : int
        Of the run; the same ones give the same draws.
    """

    study: Study
    plan: Plan
    control: str
    horizon: str
    draws: int
    seed: int

    @property
    def scenario(self) -> str:
        """Id of the scenario."""
        return self.plan.scenarios[0]

    def worlds(self) -> Iterator[Worlds]:
        """Yield what the draws believe, block by block."""
        for start in range(0, self.draws, BLOCK):
            yield worlds(self.plan, self.seed, range(start, min(start + BLOCK, self.draws)))

    def worth(self, net: Floats) -> Floats:
        """Return (entity, year, draw) summed over the horizon or discounted, (entity, draw)."""
        if self.horizon == ALL_YEARS:
            return present_value(self.plan, net)
        return np.asarray(net[:, self.plan.horizons[self.horizon]].sum(axis=1))

    def labels(self) -> dict[str, str]:
        """Return the first columns of every table."""
        return {"scenario": self.scenario, "control": self.control, "horizon": self.horizon}


def asked(
    study: Study,
    scenario: str,
    *,
    control: str = CURRENT,
    horizon: str = ALL_YEARS,
    draws: int | None = None,
    seed: int | None = None,
) -> Asked:
    """Return the question, held against the study.

    Parameters
    ----------
    study : Study
    scenario : str
        One of the study's, or `base_year`.
    control : str, default "current"
    horizon : str, default "all"
        A horizon, undiscounted, or `all` for the net present value.
    draws, seed : int, optional
        The study's own by default.

    Raises
    ------
    QuestionRefusedError
        If the study has no such scenario, control or horizon, or nothing in it is assessed.
    """
    settings = study.settings
    known_word("scenario", scenario, (*settings.scenarios, BASE_YEAR_SCENARIO))
    plan = planned_run(study, (scenario,))
    known_word("control", control, plan.controls)
    known_word("horizon", horizon, (*plan.horizons, ALL_YEARS))
    if not plan.items:
        raise QuestionRefusedError("nothing in the register is assessed, so that nothing matters")
    count = settings.simulation.draws if draws is None else draws
    if count < 2:
        raise QuestionRefusedError(f"found {count} draws; allowed: 2 or more")
    return Asked(
        study=study,
        plan=replace(plan, scenarios=(scenario,), controls=(control,)),
        control=control,
        horizon=horizon,
        draws=count,
        seed=settings.simulation.seed if seed is None else seed,
    )


def known_word(what: str, word: str, allowed: Collection[str]) -> None:
    """Refuse a word that is none of those allowed.

    Raises
    ------
    QuestionRefusedError
        With the nearest spelling.
    """
    if word not in allowed:
        near = difflib.get_close_matches(word, allowed, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        listed = ", ".join(allowed) or "nothing, as the study has none"
        raise QuestionRefusedError(f"unknown {what} {word!r}; {hint}allowed: {listed}")
