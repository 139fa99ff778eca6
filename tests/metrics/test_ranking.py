from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from climrisk.metrics.ranking import RankCounts, rank

FEW = st.lists(st.integers(-4, 4), min_size=1, max_size=8)


def test_largest_magnitude_is_first_and_ties_share_the_lower_number() -> None:
    assert rank([3.0, -7.0, 0.0, 3.0, 1.0]).tolist() == [2.0, 1.0, 5.0, 2.0, 4.0]


def test_what_has_no_number_is_not_ranked() -> None:
    found = rank([[np.nan, 2.0, -4.0], [1.0, np.nan, np.nan]])
    np.testing.assert_array_equal(found, [[np.nan, 2.0, 1.0], [1.0, np.nan, np.nan]])


def test_nothing_to_rank() -> None:
    assert rank(np.empty((3, 0))).shape == (3, 0)


@given(FEW)
def test_as_scipy_ranks_with_ties_at_the_lower_number(values: list[int]) -> None:
    expected = rankdata([-abs(one) for one in values], method="min")
    np.testing.assert_array_equal(rank(values), expected)


def test_counts_are_those_of_the_single_draws() -> None:
    values = np.random.default_rng(1).normal(size=(3, 2, 500))
    whole, left, right = (RankCounts(3, 2) for _ in range(3))
    whole.add(values)
    left.add(values[..., :123])
    right.add(values[..., 123:])
    left.merge(right)
    reported = np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 1.0]])
    ranks = rank(np.moveaxis(values, 0, -1))
    expected = [[(ranks[h, :, i] == reported[i, h]).mean() for h in range(2)] for i in range(3)]
    for counts in (whole, left):
        share, error = counts.share(reported)
        np.testing.assert_array_equal(share, expected)
        np.testing.assert_allclose(
            error, np.sqrt(share * (1 - share) / 500 + 0.25 / 500**2) / (1 + 1 / 500), rtol=1e-14
        )
