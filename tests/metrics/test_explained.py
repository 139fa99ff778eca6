"""Shares of variance against closed forms and NumPy."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from climrisk.metrics.explained import GROUPS, ExplainedVariance

RNG = np.random.default_rng(20)
DRAWS = 8_000
CATEGORY = RNG.integers(0, 3, DRAWS)
DUMMIES = (np.arange(3)[:, None] == CATEGORY).astype(float)
SCORES = np.rint(RNG.normal(size=(3, DRAWS)) * 2.0**30) * 2.0**-30
EFFECT = 3.0 * SCORES[0] + SCORES[1] + 2.0 * CATEGORY + RNG.normal(size=DRAWS) - 40.0


def tallied(
    inputs: np.ndarray, targets: np.ndarray, *cuts: int, categories: int = 0
) -> ExplainedVariance:
    found = ExplainedVariance(categories, len(inputs) - categories, len(targets), 64.0)
    edges = [0, *cuts, inputs.shape[1]]
    for start, stop in pairwise(edges):
        found.add(start, inputs[:, start:stop], targets[:, start:stop])
    return found


def test_scores_are_squared_correlations() -> None:
    share, _ = tallied(SCORES, EFFECT[None]).shares()
    expected = [np.corrcoef(one, EFFECT)[0, 1] ** 2 for one in SCORES]
    np.testing.assert_allclose(share[:, 0], expected, rtol=1e-9)


def test_categories_count_as_one_analysis_of_variance() -> None:
    share, _ = tallied(np.vstack([DUMMIES, SCORES]), EFFECT[None], categories=3).shares()
    means = np.array([EFFECT[one == CATEGORY].mean() for one in range(3)])
    assert share.shape == (4, 1)
    assert share[0, 0] == pytest.approx(means[CATEGORY].var() / EFFECT.var(), rel=1e-9)


def test_shares_of_a_linear_effect_are_its_variance_components() -> None:
    inputs = np.vstack([DUMMIES, SCORES])
    share, error = tallied(inputs, EFFECT[None], categories=3).shares()
    parts = np.array([4.0 * 2 / 3, 9.0, 1.0, 0.0])
    expected = parts / (parts.sum() + 1.0)
    assert (abs(share[:, 0] - expected) < 4.5 * error[:, 0] + 5.0 / DRAWS).all()


def test_error_is_that_of_many_samples() -> None:
    rng = np.random.default_rng(3)
    shares, errors = [], []
    for _ in range(60):
        x = np.rint(rng.normal(size=(1, 640)) * 2.0**30) * 2.0**-30
        y = x + rng.standard_t(5, size=(1, 640))
        share, error = tallied(x, y).shares()
        shares.append(share[0, 0])
        errors.append(error[0, 0])
    assert np.std(shares, ddof=1) / np.mean(errors) == pytest.approx(1.0, abs=0.4)


def test_any_cut_and_any_merge_give_the_same_bits() -> None:
    whole = tallied(SCORES, EFFECT[None])
    parts = tallied(SCORES, EFFECT[None], 1, 17, 5_000)
    left, right = ExplainedVariance(0, 3, 1, 64.0), ExplainedVariance(0, 3, 1, 64.0)
    left.add(0, SCORES[:, :777], EFFECT[None, :777])
    right.add(777, SCORES[:, 777:], EFFECT[None, 777:])
    right.merge(left)
    for one in (parts, right):
        for found, expected in zip(one.shares(), whole.shares(), strict=True):
            np.testing.assert_array_equal(found, expected)


def test_what_does_not_vary_has_no_share() -> None:
    share, error = tallied(SCORES, np.full((1, DRAWS), -7.3)).shares()
    assert np.isnan(share).all()
    assert np.isnan(error).all()


@pytest.mark.parametrize("draws", [1, 2, GROUPS, 2 * GROUPS - 1])
def test_few_draws_have_no_error(draws: int) -> None:
    _, error = tallied(SCORES[:, :draws], EFFECT[None, :draws]).shares()
    assert np.isnan(error).all()
