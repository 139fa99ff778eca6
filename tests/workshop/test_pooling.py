"""Pools as published, and the rules of disagreement."""

from __future__ import annotations

import math

import numpy as np
import pytest

from climrisk.domain.elicitation.estimate import Range
from climrisk.errors import WorkshopError
from climrisk.workshop.pooling import Method, disagreement, pooled, pooled_statement

LEVELS = np.array([0.05, 0.5, 0.95])
A, B = {"p5": 1.0, "p95": 10.0}, {"p5": 20.0, "p95": 100.0}
"""Two experts, lognormal."""


@pytest.mark.parametrize(
    ("method", "published"),
    [
        ("linear", (1.3, 15.0, 83.7)),
        ("log", (7.4, 18.8, 47.6)),
        ("quantile_average", (4.5, 11.9, 31.6)),
    ],
)
def test_two_experts_as_published(method: Method, published: tuple[float, ...]) -> None:
    """Case K1: P5, P50, P95 of the pools, within its 2 %."""
    stated = pooled_statement([A, B], "log", method)
    np.testing.assert_allclose(pooled(stated, "log").ppf(LEVELS), published, rtol=0.02)


def test_probabilities_pool_to_their_published_mean() -> None:
    """Five people say 2, 5, 10, 20 and 90 %: the linear pool has a mean of 25.4 %."""
    said = [{"value": p} for p in (0.02, 0.05, 0.1, 0.2, 0.9)]
    law = pooled(pooled_statement(said, "logit"), "logit")
    assert law.mean() == pytest.approx(0.254)
    assert law.ppf(np.array([0.5]))[0] == pytest.approx(0.1)


def test_the_log_pool_of_probabilities_is_their_geometric_odds() -> None:
    """The same five people: 16.2 %."""
    said = [{"value": p} for p in (0.02, 0.05, 0.1, 0.2, 0.9)]
    law = pooled(pooled_statement(said, "logit", "log"), "logit")
    odds = math.prod(one["value"] / (1 - one["value"]) for one in said) ** (1 / 5)
    assert law.mean() == pytest.approx(odds / (1 + odds)) == pytest.approx(0.162, abs=5e-4)


def test_weights_move_the_linear_pool_as_they_should() -> None:
    """F = w F_A + (1 - w) F_B."""
    stated = pooled_statement([A, B], "log", weights=[3, 1])
    law = pooled(stated, "log")
    low, high = pooled(A, "log"), pooled(B, "log")
    x = np.array([2.0, 8.0, 30.0, 90.0])
    expected = 0.75 * low.tails(x)[0] + 0.25 * high.tails(x)[0]
    np.testing.assert_allclose(law.tails(x)[0], expected, rtol=1e-6)


def test_no_person_can_be_told_in_a_pool() -> None:
    stated = pooled_statement([A, B], "log")
    assert set(stated) == {"pool", "method"}
    assert stated["pool"] == [A, B]


def test_who_rules_the_others_out_is_refused_in_a_log_pool() -> None:
    with pytest.raises(WorkshopError, match="no density"):
        pooled_statement([A, {"value": 3.0}], "log", "log")


def test_a_pool_takes_two() -> None:
    with pytest.raises(WorkshopError, match="found pool of 1, allowed a list of two or more"):
        pooled_statement([A], "log")


def test_impossible_statements_are_told_in_one_sentence() -> None:
    with pytest.raises(WorkshopError, match="p5 9 is above p95 2"):
        pooled({"p5": 9, "p95": 2}, "log")
    with pytest.raises(WorkshopError, match="source: Input should be a valid string"):
        pooled({"value": 1, "source": 5}, "log")


@pytest.mark.parametrize(
    ("said", "apart", "ratio", "flag"),
    [
        ([(1, 2, 4), (1.1, 2.1, 4)], False, 1.05, False),
        ([(1, 2, 4), (5, 6, 7)], True, 3.0, True),  # at 3.0 exactly, only the gap tells
        ([(1, 4, 20), (3, 12.2, 40)], False, 3.05, True),
        ([(0, 0, 0), (1, 2, 4)], True, math.inf, True),
        ([(0, 0, 0), (0, 0, 0)], False, 1.0, False),
    ],
)
def test_disagreement_of_amounts(
    said: list[tuple[float, float, float]], apart: bool, ratio: float, flag: bool
) -> None:
    ranges = [Range(low=low, best=best, high=high) for low, best, high in said]
    found = disagreement(ranges, "p10-p90", "log")
    assert (found.apart, found.flag) == (apart, flag)
    assert found.ratio == pytest.approx(ratio)


def test_probabilities_disagree_by_their_odds() -> None:
    said = [Range(low=p - 0.04, high=p + 0.04, best=p) for p in (0.9, 0.95)]
    found = disagreement(said, "p10-p90", "logit")
    assert found.ratio == pytest.approx((0.95 / 0.05) / (0.9 / 0.1))
    certain = [Range(low=p, high=p, best=p) for p in (0.5, 1.0)]
    assert disagreement(certain, "p10-p90", "logit").ratio == math.inf


def test_signed_amounts_have_no_ratio() -> None:
    said = [Range(low=-3, high=3, best=best) for best in (-1.0, 1.0)]
    found = disagreement(said, "p10-p90", "identity")
    assert (found.ratio, found.flag) == (None, False)


def test_the_rule_looks_at_80_percent_whatever_the_session_asks() -> None:
    """Two ranges that touch at P5 and P95 lie apart at P10 and P90."""
    said = [Range(low=1, high=2, best=math.sqrt(2)), Range(low=2, high=4, best=math.sqrt(8))]
    assert disagreement(said, "p5-p95", "log").apart
    assert not disagreement(said, "p10-p90", "log").apart
