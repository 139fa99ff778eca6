"""Dependence in a run: its effect on the tail against closed forms; achieved correlation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from climrisk.analysis.dependence import dependence_effect
from climrisk.engine.plan import make_plan
from tests.studies import always, annual_risk, bernoulli, make_item, make_settings, make_study

DRAWS = 20_000
NORMAL = {"family": "normal", "mean": -10.0, "sd": 2.0}


def signed(kind: str = "risk"):
    impact = {"channel": "operating_cost", "line": "cost", "direction": "signed", "amount": NORMAL}
    return make_item(always(), {"loss": impact}, kind=kind)


def effect(rank: float):
    study = make_study(
        {"A": signed(), "B": signed()},
        make_settings(1),
        dependence={"severity": [{"items": ["A", "B"], "rank": rank}]},
    )
    found = dependence_effect(make_plan(study), 5, DRAWS, "flat")
    assert found is not None
    return found


@pytest.mark.parametrize("rank", [0.5, 0.9, -0.5])
def test_the_tail_of_a_sum_of_normals_is_known(rank: float) -> None:
    latent = 2.0 * np.sin(np.pi * rank / 6.0)
    density = stats.norm.pdf(stats.norm.ppf(0.95)) / 0.05

    def exact(correlation: float) -> float:
        return 20.0 + 2.0 * np.sqrt(2.0 + 2.0 * correlation) * density

    found = effect(rank)
    assert found.tail_with == pytest.approx(exact(latent), abs=0.12)
    assert found.tail_without == pytest.approx(exact(0.0), abs=0.12)
    (pair,) = found.pairs
    assert abs(pair.achieved_rank - rank) < 4.0 * pair.standard_error
    assert pair.latent == pytest.approx(latent)
    assert ("deepens" if rank > 0 else "softens") in found.sentence


def test_a_risk_and_an_opportunity_that_move_together_are_a_hedge() -> None:
    chance = make_item(
        always(),
        {
            "gain": {
                "channel": "operating_cost",
                "line": "saving",
                "direction": "favourable",
                "amount": {"mean": 10, "cv": 0.5},
            }
        },
        kind="opportunity",
    )
    study = make_study(
        {"R": annual_risk(always(), {"mean": 10, "cv": 0.5}), "O": chance},
        make_settings(1),
        dependence={"severity": [{"items": ["R", "O"], "rank": 0.8}]},
    )
    found = dependence_effect(make_plan(study), 5, DRAWS, "flat")
    assert found is not None
    assert found.tail_with < 0.7 * found.tail_without
    assert found.pairs[0].achieved_rank == pytest.approx(0.8, abs=0.02)


def test_nothing_is_said_where_nothing_is_tied() -> None:
    study = make_study({"A": annual_risk(bernoulli(0.1), 1.0)})
    assert dependence_effect(make_plan(study), 1, 100, "flat") is None
