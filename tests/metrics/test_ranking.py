from __future__ import annotations

import numpy as np

from climrisk.metrics.ranking import rank


def test_largest_magnitude_is_first_and_ties_share_the_lower_number() -> None:
    assert rank([3.0, -7.0, 0.0, 3.0, 1.0]).tolist() == [2.0, 1.0, 5.0, 2.0, 4.0]


def test_what_has_no_number_is_not_ranked() -> None:
    found = rank([[np.nan, 2.0, -4.0], [1.0, np.nan, np.nan]])
    np.testing.assert_array_equal(found, [[np.nan, 2.0, 1.0], [1.0, np.nan, np.nan]])
