"""Significant figures, fixed decimals and percentages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.i18n import fixed, percent, significant


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (12345.0, "12,000"),
        (0.25, "0.25"),
        (2.45, "2.5"),  # half up, as a reader rounds what is printed
        (9.96, "10"),
        (1e-9, "0.000000001"),
        (1.24e15, "1,200,000,000,000,000"),
        (-0.0, "0"),
    ],
)
def test_two_significant_figures(number: float, printed: str) -> None:
    assert significant(number) == printed


@given(st.floats(1e-9, 1e15))
def test_rounding_moves_by_at_most_half_a_step(number: float) -> None:
    printed = float(significant(number).replace(",", ""))
    assert printed == pytest.approx(number, rel=0.0501)


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [(1793.05, 1, "1,793.1"), (0.5, 0, "1"), (-0.04, 1, "0.0"), (1e300, 0, f"{10**300:,}")],
)
def test_fixed_decimals(number: float, decimals: int, printed: str) -> None:
    assert fixed(number, decimals) == printed


@pytest.mark.parametrize(
    ("share", "printed"),
    [
        (0.0, "0%"),
        (0.0001, "<1%"),
        (0.03, "3%"),
        (0.625, "63%"),
        (0.994, "99%"),
        (0.9999, ">99%"),
        (1.0, "100%"),
    ],
)
def test_only_certainty_prints_as_certain(share: float, printed: str) -> None:
    assert percent(share) == printed


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_shares_outside_are_refused(share: float) -> None:
    with pytest.raises(ValueError, match="allowed 0 to 1"):
        percent(share)
