"""Histograms unpacked in compiled code have the bins that NumPy finds, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.metrics import bins
from climrisk.metrics.distribution import Distribution
from climrisk.metrics.histogram import Histogram

FIELDS = ("series", "lower", "upper", "count", "before", "totals")
FLOOR = 2.0**-20
AMOUNTS = st.one_of(
    st.floats(-1e15, 1e15),
    st.floats(-1.0, 1.0),
    st.sampled_from([0.0, -0.0, 100.0, -100.0, FLOOR, -FLOOR, 1e-300, 2.0**59, -(2.0**59)]),
)


def by_numpy(histogram: Histogram, rows: slice, with_zeros: bool) -> Distribution:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bins, "compiled_counting", lambda: None)
        return histogram.distribution(rows, with_zeros=with_zeros)


@given(
    st.lists(st.lists(AMOUNTS, min_size=5, max_size=5), min_size=1, max_size=6),
    st.sampled_from([2, 64, 256]),
    st.integers(0, 3),
    st.booleans(),
)
def test_compiled_bins_are_those_of_numpy(
    rows: list[list[float]], bins_per_octave: int, first: int, with_zeros: bool
) -> None:
    histogram = Histogram((len(rows),), bins_per_octave)
    histogram.add(rows)
    part = slice(min(first, len(rows) - 1), len(rows))
    found = histogram.distribution(part, with_zeros=with_zeros)
    expected = by_numpy(histogram, part, with_zeros)
    for name in FIELDS:
        one, other = getattr(found, name), getattr(expected, name)
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes(), name


def test_without_draws_there_is_no_bin() -> None:
    found = Histogram((3,)).distribution(slice(0, 3))
    assert found.count.size == 0
    assert found.totals.tolist() == [0, 0, 0]


def test_wide_counts_are_unpacked_as_well() -> None:
    histogram, often = Histogram((1,)), 2**33
    histogram.add([[-2.0, 3.0]], [[often, 1]])
    found = histogram.distribution(slice(0, 1))
    assert found.count.tolist() == [often, 1]
    assert found.before.tolist() == [0, often]
    np.testing.assert_array_equal(found.lower, [-2.0, 3.0])
