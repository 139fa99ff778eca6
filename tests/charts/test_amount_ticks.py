"""Round amounts on the money axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.charts.amount_ticks import amount_ticks


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.8, 60, (1, 2, 5, 10, 20, 50)),
        (0.16, 75, (0.3, 1, 3, 10, 30)),
        (0.05, 9000, (0.1, 1, 10, 100, 1000)),
    ],
)
def test_grids(low: float, high: float, ticks: tuple[float, ...]) -> None:
    assert amount_ticks(low, high) == ticks


@given(st.floats(-12, 12), st.floats(1.0, 24), st.integers(2, 7))
def test_never_crowded_and_never_outside(decade: float, decades: float, most: int) -> None:
    low, high = 10.0**decade, 10.0 ** (decade + decades)
    ticks = amount_ticks(low, high, most)
    assert len(ticks) <= most
    assert all(low <= tick <= high for tick in ticks)
    assert list(ticks) == sorted(ticks)
