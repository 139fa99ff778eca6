"""What is counted once for several runs and subjects is what counting it again would give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import climrisk
from climrisk.analysis import tallies
from climrisk.analysis.same_amounts import SameAmounts
from climrisk.analysis.sharing import Sharing, sharing
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan, make_plan
from climrisk.engine.subjects import Subject, subjects
from climrisk.engine.variants import runs
from climrisk.metrics.counting import compiled_counting
from tests.strategies import studies
from tests.studies import always, annual_risk, make_scenario, make_settings, make_study, poisson

few = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def nothing_shared(plan: Plan, told: tuple[Subject, ...]) -> Sharing:
    among = runs(plan)
    run, subject = np.indices((len(among), len(told)))
    own = np.arange(len(among))
    return Sharing(among, run, subject, own, own)


class NothingTheSame(SameAmounts):
    """No two subjects, runs and channels are known to be the same."""

    def number(self, run: int, subject: int, channel: int) -> int:
        return 1 + np.ravel_multi_index((run, subject, channel), (99, 99, 99)).item()


@few
@given(studies())
def test_sharing_changes_no_bit(study: Study) -> None:
    shared = climrisk.analyse(study, draws=60, seed=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tallies, "sharing", nothing_shared)
        patch.setattr(tallies, "SameAmounts", NothingTheSame)
        assert shared.identical(climrisk.analyse(study, draws=60, seed=3))


@few
@given(studies(most=4))
def test_compiled_and_numpy_counting_give_the_same_results(study: Study) -> None:
    compiled = climrisk.analyse(study, draws=60, seed=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("climrisk.metrics.counting.compiled_counting", lambda: None)
        for module in COUNTING:
            patch.setattr(f"{module}.compiled_counting", lambda: None)
        assert compiled.identical(climrisk.analyse(study, draws=60, seed=3))
    assert compiled_counting() is not None


COUNTING = [
    *(
        f"climrisk.metrics.{name}"
        for name in (
            "bins",
            "event_frequency",
            "exact_sum",
            "explained",
            "histogram",
            "matrix",
            "moments",
            "ranking",
            "ratio",
        )
    ),
    *(f"climrisk.analysis.{name}" for name in ("differences", "placed", "subject_rows")),
]
"""Modules that count in one way or the other."""


def test_an_item_without_links_and_measures_is_counted_once() -> None:
    link = {"driver": "price", "acts_on": "rate", "form": "ratio", "elasticity": 1.0}
    study = make_study(
        {
            "A": annual_risk(poisson(1.0), 5.0),
            "B": annual_risk(poisson(1.0), 5.0, links=[link]),
            "C": annual_risk(always(), 5.0, category="market"),
        },
        make_settings(scenarios=("flat", "steep")),
        (make_scenario("flat", price=1.0), make_scenario("steep", price={2024: 1.0, 2100: 9.0})),
    )
    plan = make_plan(study)
    told = subjects(plan)
    found = sharing(plan, told)
    names = [one.name for one in told]
    own = {name: found.own(run) for run, name in enumerate(found.runs)}
    a, b, c, market = (names.index(one) for one in ("A", "B", "C", "market"))
    assert own["base_year", "current"][[a, b, c, market]].tolist() == [True, True, True, False]
    for run, counted in own.items():
        assert not counted[market], run
        if run != ("base_year", "current"):
            assert not counted[[a, c]].any(), run
    assert own["steep", "current"][b]
    assert not own["steep", "residual"].any()
    assert found.run[found.runs.index(("steep", "residual")), b] == found.runs.index(
        ("steep", "current")
    )
