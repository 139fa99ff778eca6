"""The warm-up against exact binomials, and performance weights against a case by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from climrisk.domain.elicitation.estimate import Range
from climrisk.errors import WorkshopError
from climrisk.workshop.calibration import performance_weights, score, seed_questions
from tests.workshops import lx_study, seeds


def test_seed_questions_are_the_studys_own_reported_facts() -> None:
    found = {seed.name: seed for seed in seed_questions(lx_study())}
    assert found["revenue_lines.subscription"].truth == 347.9
    assert found["revenue_lines.subscription"].unit == "CNY million"
    assert found["inventory.electricity.2023"].truth == 1_656_985.27
    assert "exposures.leased_devices" not in found  # an assumption, so nobody can be right
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("hits", "advice"),
    [(4, "too_narrow"), (5, "too_narrow"), (6, "as_claimed"), (10, "as_claimed")],
)
def test_advice_follows_the_binomial(hits: int, advice: str) -> None:
    """Of ten ranges that claim 80 %, 5 or fewer hits have a chance of 3.3 %, 6 or fewer of 12 %."""
    assert stats.binom.cdf(5, 10, 0.8) == pytest.approx(0.0328, abs=1e-4)
    answers = [(Range(low=0, high=2, best=1), 1.0 if n < hits else 9.0) for n in range(10)]
    found = score(answers, "p10-p90")
    assert (found.hits, found.questions, found.advice) == (hits, 10, advice)
    assert found.expected == pytest.approx(8.0)


def test_too_wide_takes_many_questions() -> None:
    """All of 14 at 80 % has a chance of 4.4 %, all of 13 one of 5.5 %."""
    said = (Range(low=0, high=2, best=1), 1.0)
    assert score([said] * 13, "p10-p90").advice == "as_claimed"
    assert score([said] * 14, "p10-p90").advice == "too_wide"
    assert score([], "p10-p90").advice == "as_claimed"


def test_calibration_times_information_by_hand() -> None:
    """Ten truths at 100 ... 1,000: one person always right and narrow, one right and wide.

    Person 1 has the truths in the bins 1, 4, 4, 1 of ten, which is 10/40/40/10 % exactly: for
    P10-P90 the relative information is 0 and the calibration 1. So has person 2, with ranges
    twice as wide, so that the weights are the informations alone.
    """
    asked = seeds()
    places = [-2.0] + [-0.5] * 4 + [0.5] * 4 + [2.0]

    def ranges(width: float) -> dict[str, Range]:
        found = {}
        for seed, place in zip(asked, places, strict=True):
            centre = seed.truth - place * width
            found[seed.name] = Range(low=centre - width, best=centre, high=centre + width)
        return found

    answers = {1: ranges(5.0), 2: ranges(10.0)}
    informations = []
    for stated in answers.values():
        parts = []
        for seed in asked:
            both = [answers[1][seed.name], answers[2][seed.name]]
            low = min(seed.truth, *(one.low for one in both))
            high = max(seed.truth, *(one.high for one in both))
            low, high = low - 0.1 * (high - low), high + 0.1 * (high - low)
            one = stated[seed.name]
            widths = np.diff([low, one.low, one.best, one.high, high]) / (high - low)
            shares = np.array([0.1, 0.4, 0.4, 0.1])
            parts.append(float(np.sum(shares * np.log(shares / widths))))
        informations.append(math.fsum(parts) / 10)
    weights = performance_weights(answers, asked, "p10-p90")
    assert math.fsum(weights.values()) == pytest.approx(1.0)
    assert weights[1] / weights[2] == pytest.approx(informations[0] / informations[1], rel=0.02)
    assert weights[1] > weights[2]


def test_who_is_always_wrong_has_next_to_no_weight() -> None:
    """All ten truths above P90: 2 N I = 2 * 10 * ln(10) = 46, a chance of 5e-10 at 3 df."""
    asked = seeds()
    wrong = {seed.name: Range(low=1, best=2, high=3) for seed in asked}
    right = {
        seed.name: Range(low=seed.truth - 9 + place, best=seed.truth + place, high=seed.truth + 20)
        for seed, place in zip(asked, [-5] * 5 + [5] * 5, strict=True)
    }
    weights = performance_weights({1: wrong, 2: right}, asked, "p10-p90")
    assert weights[1] < 1e-6
    assert stats.chi2.sf(20 * math.log(10), 3) == pytest.approx(5.5e-10, rel=0.1)


def test_weights_take_enough_questions_and_all_answers() -> None:
    said = {seed.name: Range(low=1, best=2, high=3) for seed in seeds()}
    with pytest.raises(WorkshopError, match="7 seed questions; needed: 8 or more"):
        performance_weights({1: said}, seeds()[:7], "p10-p90")
    del said["seed.3"]
    with pytest.raises(WorkshopError, match=r"a voice without an answer to seed\.3"):
        performance_weights({1: said}, seeds(), "p10-p90")
