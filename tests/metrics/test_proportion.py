"""The error of a share against SciPy's Wilson interval, and at shares of 0 and 1."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from climrisk.metrics.proportion import proportion_error

ONE_ERROR = float(stats.norm.cdf(1.0) - stats.norm.cdf(-1.0))


@given(st.integers(1, 10**7), st.floats(0.0, 1.0))
def test_it_is_half_of_wilsons_interval_at_one_standard_error(draws: int, part: float) -> None:
    hits = round(part * draws)
    interval = stats.binomtest(hits, draws).proportion_ci(ONE_ERROR, method="wilson")
    expected = (interval.high - interval.low) / 2
    assert proportion_error(hits / draws, draws) == pytest.approx(expected, rel=1e-6)


@given(st.integers(1, 10**9))
def test_nothing_seen_is_not_certainty(draws: int) -> None:
    assert proportion_error([0.0, 1.0], draws) == pytest.approx(0.5 / (draws + 1), rel=1e-12)


def test_many_draws_give_the_binomial_error() -> None:
    shares = np.linspace(0.01, 0.99, 99)
    binomial = np.sqrt(shares * (1.0 - shares) / 1e6)
    np.testing.assert_allclose(proportion_error(shares, 1e6), binomial, rtol=3e-5)


def test_without_draws_there_is_no_error() -> None:
    assert np.isnan(proportion_error([0.2, np.nan], np.nan)).all()
