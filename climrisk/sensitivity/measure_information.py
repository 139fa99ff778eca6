"""What each input would be worth knowing before a measure is decided on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.analysis.explained import MODEL
from climrisk.domain.study import Study
from climrisk.engine.knowledge import KnownInput
from climrisk.errors import QuestionRefusedError
from climrisk.names import CURRENT, MONEY_UNIT, RESIDUAL
from climrisk.sensitivity.asked import Asked, asked, known_word
from climrisk.sensitivity.decision import NetBenefit, net_benefits
from climrisk.sensitivity.information import Information, partial_information, perfect_information
from climrisk.sensitivity.inputs import acting_inputs, provenance, scores
from climrisk.sensitivity.regression import FOLDS, Predictor, Regression

__all__ = ["EVERYTHING", "FEWEST_DRAWS", "value_of_information"]

Floats = NDArray[np.float64]
EVERYTHING = "all"
"""Input of the row that knows every input."""
FEWEST_DRAWS = 20 * FOLDS


def value_of_information(
    study: Study,
    scenario: str,
    measures: Sequence[str] | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return what knowing each input is worth before a planned measure is adopted or not.

    The decision is on the net present value of residual less current less cost, the measure alone
    on top of current controls, by its expected value. What is worth 0 would change no decision,
    however uncertain it is. The joint distribution counts: a tied input tells of those that it is
    tied to.

    Parameters
    ----------
    study : Study
    scenario : str
        One of the study's, or `base_year`: scenarios carry no probability.
    measures : sequence of str, optional
        Ids of planned measures; all of them by default.
    draws, seed : int, optional
        The study's own by default.
    progress : callable, optional
        Called with finished and total draws.

    Returns
    -------
    DataFrame
        For each measure a row `all` for everything at once (EVPI), then a row for each input
        (EVPPI), largest first: `scenario, measure, net_benefit, net_benefit_se, decision, input,
        basis, source, value, value_se, value_in_sample, decides_otherwise, unit, remark`. See
        `sensitivity.information` for the figures. The row `all` is empty, with a remark, where
        chance is left in the benefit, which nobody can know beforehand.

    Raises
    ------
    QuestionRefusedError
        If the study has no such scenario or planned measure, or the draws are too few.
    """
    of = asked(study, scenario, draws=draws, seed=seed)
    planned = of.plan.measures
    if not planned:
        raise QuestionRefusedError("the study plans no measure, so that there is nothing to decide")
    for name in measures or ():
        known_word("planned measure", name, planned)
    if of.draws < FEWEST_DRAWS:
        raise QuestionRefusedError(f"found {of.draws} draws; allowed: {FEWEST_DRAWS} or more")
    decided = tuple(name for name in planned if not measures or name in measures)
    inputs = acting_inputs(of.plan, CURRENT, RESIDUAL)
    benefits, known = _simulated(of, decided, inputs, progress)
    regressions = [Regression([Predictor(one, inputs[n] is MODEL)]) for n, one in enumerate(known)]
    tables = [
        _of_measure(of, name, benefit, inputs, regressions)
        for name, benefit in zip(decided, benefits, strict=True)
    ]
    return pd.concat(tables, ignore_index=True)


def _simulated(
    of: Asked,
    measures: Sequence[str],
    inputs: Sequence[KnownInput],
    progress: Callable[[int, int], None] | None,
) -> tuple[list[NetBenefit], Floats]:
    """Return the benefit of each measure, and the inputs' scores, (input, draw)."""
    blocks, known, done = [], [], 0
    for world in of.worlds():
        blocks.append(net_benefits(of, measures, world))
        known.append(np.array([scores(one, world) for one in inputs]))
        done += len(world.draws)
        if progress is not None:
            progress(done, of.draws)
    return list(map(NetBenefit.joined, zip(*blocks, strict=True))), np.concatenate(known, axis=1)


def _of_measure(
    of: Asked,
    measure: str,
    benefit: NetBenefit,
    inputs: tuple[KnownInput, ...],
    regressions: Sequence[Regression],
) -> pd.DataFrame:
    """Return the rows of one measure; inputs of other measures say nothing of it."""
    own = [
        n
        for n, one in enumerate(inputs)
        if not one.path.startswith("measures.") or one.key[0] == measure
    ]
    rows = [partial_information(benefit.draws, regressions[n]) for n in own]
    words = provenance(of.study, tuple(inputs[n] for n in own))
    frame = pd.DataFrame(words | _columns(rows)).sort_values("value", ascending=False)
    return _told(of, measure, benefit, pd.concat([_everything(benefit), frame], ignore_index=True))


def _columns(rows: Sequence[Information]) -> dict[str, list[float]]:
    names = ("value", "value_se", "value_in_sample", "decides_otherwise")
    return {name: [row[n] for row in rows] for n, name in enumerate(names)}


def _everything(benefit: NetBenefit) -> pd.DataFrame:
    unknown = Information(np.nan, np.nan, np.nan, np.nan)
    found = unknown if benefit.chance_left else perfect_information(benefit.draws)
    words = {"input": EVERYTHING, "basis": "", "source": ""}
    remark = f"chance is left: {'; '.join(benefit.chance_left)}" if benefit.chance_left else ""
    return pd.DataFrame({**words, **_columns([found]), "remark": remark}, index=[0])


def _told(of: Asked, measure: str, benefit: NetBenefit, frame: pd.DataFrame) -> pd.DataFrame:
    mean = float(np.mean(benefit.draws))
    error = float(np.std(benefit.draws, ddof=1) / np.sqrt(benefit.draws.size))
    decided: dict[str, str | float] = {
        "scenario": of.scenario,
        "measure": measure,
        "net_benefit": mean,
        "net_benefit_se": error,
        "decision": "adopt" if mean > 0.0 else "reject",
    }
    for place, (name, value) in enumerate(decided.items()):
        frame.insert(place, name, value)
    frame.insert(len(frame.columns) - 1, "unit", MONEY_UNIT)
    frame["remark"] = frame["remark"].fillna("")
    return frame
