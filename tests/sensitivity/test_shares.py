"""Shares of the spread: by item, exactly additive; by input, in ranks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from climrisk.errors import QuestionRefusedError
from climrisk.sensitivity import input_shares, item_shares
from climrisk.sensitivity.shares import covariance_shares, rank_correlation
from tests.sensitivity.studies import crowded, linear
from tests.studies import always, annual_risk, make_study


def test_independent_normals_share_by_their_variances() -> None:
    found = item_shares(linear(), "flat", draws=8000, seed=7).set_index("subject")
    for name, exact in (("R-1", 9 / 25), ("R-2", 16 / 25)):
        row = found.loc[name]
        assert abs(row["share"] - exact) < 4.5 * row["share_se"]
        assert 0.0 < row["share_se"] < 0.02
    assert (found.loc[["overlap", "measures"], "share"] == 0.0).all()


def test_a_hedge_counts_below_zero() -> None:
    x = np.random.default_rng(1).normal(size=64)
    share, error = covariance_shares(np.stack([2.0 * x, -x]))
    np.testing.assert_allclose(share, [2.0, -1.0], rtol=1e-12)
    np.testing.assert_allclose(error, 0.0, atol=1e-12)


@settings(max_examples=25)
@given(arrays(np.float64, (3, 40), elements=st.floats(-1e6, 1e6).map(lambda x: round(x, 3))))
def test_shares_sum_to_one(parts: np.ndarray) -> None:
    if np.ptp(parts.sum(axis=0)) < 1e-3 * max(np.abs(parts).max(), 1.0):
        return
    share, _ = covariance_shares(parts)
    assert share.sum() == pytest.approx(1.0, abs=1e-9 * np.abs(share).max() + 1e-9)


def test_shares_of_a_study_sum_to_one() -> None:
    found = item_shares(crowded(), "flat", control="residual", draws=400, seed=8)
    assert found["share"].sum() == pytest.approx(1.0, rel=1e-9)
    assert found["subject"].tolist()[0] in {"R-1", "R-2"}


def test_ranks_see_what_straight_lines_miss() -> None:
    x = np.random.default_rng(2).normal(size=500)
    assert rank_correlation(x, np.exp(3.0 * x))[0] == pytest.approx(1.0, rel=1e-12)
    y = x + np.random.default_rng(3).normal(size=500)
    value, error = rank_correlation(x, y)
    assert value == pytest.approx(stats.spearmanr(x, y).statistic, rel=1e-12)
    # of normals with correlation r: 6 / pi asin(r / 2)
    assert abs(value - 6.0 / np.pi * np.arcsin(np.sqrt(0.5) / 2.0)) < 4.5 * error


def test_rank_shares_of_a_linear_model() -> None:
    found = input_shares(linear(), "flat", draws=8000, seed=9).set_index("input")
    for name, weight in (("R-1", 0.6), ("R-2", 0.8)):
        row = found.loc[f"register.{name}.severity"]
        exact = 6.0 / np.pi * np.arcsin(weight / 2.0)
        assert abs(row["rank_correlation"] - exact) < 4.5 * row["rank_correlation_se"]
        assert row["rank_share"] == row["rank_correlation"] ** 2


def test_what_never_varies_has_no_shares() -> None:
    study = make_study({"R-1": annual_risk(always(), 1.0)})
    with pytest.raises(QuestionRefusedError, match="the same in every draw"):
        item_shares(study, "flat", draws=50)
    with pytest.raises(QuestionRefusedError, match="the same in every draw"):
        input_shares(study, "flat", draws=50)


def test_too_few_draws_have_no_error() -> None:
    assert np.isnan(item_shares(linear(), "flat", draws=20)["share_se"]).all()
