"""Answers: what is refused and why, and what a range states once it is rescaled."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.domain.elicitation.estimate import Range, quantity, read_estimate, statement
from climrisk.domain.elicitation.question import LEVELS
from climrisk.errors import AnswerRefusedError
from tests.workshops import ITEM, ONGOING, answer, question

GIVEN: dict[str, Any] = {"low": 0.01, "high": 0.05, "best": 0.02, "likelihood": 0.3}


def faults(item: str = ITEM, **changed: Any) -> list[str]:
    with pytest.raises(AnswerRefusedError, match=item) as found:
        read_estimate({**GIVEN, **changed}, question(item), "p10-p90")
    return [str(fault) for fault in found.value.faults]


def test_a_range_states_its_percentiles() -> None:
    stated = Range(low=2, high=20, best=5)
    assert statement(stated, "p10-p90", "log") == {"p10": 2, "p50": 5, "p90": 20}
    assert statement(stated, "p5-p95", "log") == {"p5": 2, "p50": 5, "p95": 20}
    np.testing.assert_allclose(
        quantity(stated, "p10-p90", "log").ppf(np.array([0.1, 0.5, 0.9])), [2, 5, 20], rtol=1e-9
    )


def test_rescaling_is_the_papers_extrapolation_on_the_scale_of_the_field() -> None:
    """Hemming et al. 2018: best - (best - low) * S / C, here on the logarithm."""
    wide = statement(Range(low=10, high=40, best=20, sure=0.6), "p10-p90", "log")
    assert wide["p10"] == pytest.approx(20 * (10 / 20) ** (0.8 / 0.6), rel=1e-5)
    assert wide["p90"] == pytest.approx(20 * (40 / 20) ** (0.8 / 0.6), rel=1e-5)
    signed = statement(Range(low=-5, high=10, best=1, sure=0.6), "p10-p90", "identity")
    assert signed["p10"] == pytest.approx(1 - 6 * 0.8 / 0.6, rel=1e-5)


@given(
    st.floats(0.01, 0.3), st.floats(1.05, 1.6), st.floats(1.05, 1.6), st.sampled_from([0.8, 0.9])
)
def test_who_is_as_sure_as_the_session_asks_is_not_moved(
    best: float, down: float, up: float, sure: float
) -> None:
    interval = next(name for name, (low, high) in LEVELS.items() if math.isclose(high - low, sure))
    stated = Range(low=best / down, high=best * up, best=best, sure=sure)
    plain = Range(low=best / down, high=best * up, best=best)
    for scale in ("log", "logit"):
        moved = list(statement(stated, interval, scale).values())
        np.testing.assert_allclose(
            moved, list(statement(plain, interval, scale).values()), rtol=1e-5
        )


def test_a_share_never_leaves_its_limits_however_unsure() -> None:
    stated = statement(Range(low=0.02, high=0.97, best=0.5, sure=0.5), "p5-p95", "logit")
    assert 0 < stated["p5"] < 0.02
    assert 0.97 < stated["p95"] < 1


def test_three_equal_numbers_are_certain() -> None:
    assert statement(Range(low=0, high=0, best=0), "p10-p90", "log") == {"value": 0}


def test_one_number_is_enough_for_a_likelihood() -> None:
    stated = answer(ITEM, likelihood=0.25).likelihood
    assert stated == Range(low=0.25, high=0.25, best=0.25)
    stated = answer(ITEM, likelihood_low=0.1, likelihood=0.2, likelihood_high=0.5).likelihood
    assert stated == Range(low=0.1, high=0.5, best=0.2)


def test_no_view_is_an_answer_without_numbers() -> None:
    said = read_estimate({"no_view": True, "reason": "not my field"}, question(), "p10-p90")
    assert (said.no_view, said.severity, said.likelihood) == (True, None, None)
    assert faults(no_view=True, sure=0.8) == [
        f"{ITEM}: {field}: a number beside no view; allowed: one of the two"
        for field in ("low", "high", "best", "sure", "likelihood")
    ]


def test_an_ongoing_effect_takes_no_likelihood() -> None:
    assert faults(ONGOING) == [
        f"{ONGOING}: likelihood: a likelihood; allowed: none, the effect is ongoing"
    ]


def test_every_fault_is_told_at_once() -> None:
    assert faults(low="x", best=None, sure=0.2, likelihood=-1, reason="a\x00b", more=1) == [
        f"{ITEM}: more: unknown field; allowed: low, high, best, sure, likelihood_low, "
        "likelihood_high, likelihood, reason, no_view",
        f"{ITEM}: reason: the character U+0000; remove it",
        f"{ITEM}: low: found 'x'; allowed: a number from 0 to 1",
        f"{ITEM}: best: nothing; allowed: a number from 0 to 1, or no view for the whole question",
        f"{ITEM}: sure: found 0.2; allowed: 0.5 to 0.99",
        f"{ITEM}: likelihood: found -1; allowed: a number from 0 up",
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"low": 0.03}, "low 0.03, best 0.02, high 0.05; allowed: low up to best, best up to high"),
        ({"low": 0}, "found low 0, allowed above 0 and below 1"),
        (
            {"low": 0.01, "best": 0.0101, "high": 0.9},
            "best is too near one end for a smooth curve; with these low and high, allowed",
        ),
        ({"high": math.nan}, "found nan; allowed: a number from 0 to 1"),
        ({"high": True}, "found 'True'; allowed: a number from 0 to 1"),
        ({"likelihood_low": 0.1}, "likelihood_high: nothing; allowed: both bounds, or neither"),
    ],
)
def test_impossible_numbers_are_refused_with_the_reason(changed: Any, told: str) -> None:
    assert told in "\n".join(faults(**changed))


def test_an_answer_comes_back_from_what_was_given() -> None:
    said = answer(ITEM, sure=0.7, likelihood_low=0.1, likelihood_high=0.9)
    assert read_estimate(said.as_given(), question(), "p10-p90") == said


@pytest.mark.parametrize("length", [10_000, 10_001])
def test_a_reason_has_ten_thousand_characters_at_most(length: int) -> None:
    if length == 10_000:
        assert len(answer(ITEM, reason="險" * length).reason) == length
    else:
        assert faults(reason="險" * length) == [
            f"{ITEM}: reason: a text of 10,001 characters; allowed: up to 10,000"
        ]
