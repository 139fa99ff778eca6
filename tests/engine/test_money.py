"""The money grid: a power of two that the settings alone decide."""

from __future__ import annotations

import numpy as np
import pytest

from climrisk.engine.money import SCALE_TO_STEP, money_scale, snap
from climrisk.engine.plan import make_plan
from tests.studies import always, annual_risk, make_settings, make_study


@pytest.mark.parametrize(
    ("exposures", "revenue_lines", "expected"),
    [
        ({}, {}, 1.0),
        ({"plant": 0.2}, {"sales": 0.3}, 1.0),
        ({"plant": 3.0}, {}, 4.0),
        ({"plant": 4.0}, {"one": 1.0, "two": 2.5}, 4.0),
        ({}, {"one": 1286.4, "two": 347.9, "three": 158.8}, 2048.0),
    ],
)
def test_scale_is_the_power_of_two_above_revenue_and_exposures(
    exposures: dict[str, float], revenue_lines: dict[str, float], expected: float
) -> None:
    settings = make_settings(exposures=exposures, revenue_lines=revenue_lines)
    assert money_scale(settings) == expected
    assert make_plan(make_study({}, settings)).step == expected * SCALE_TO_STEP


def test_an_item_never_moves_the_grid() -> None:
    small, large = (make_study({"A": annual_risk(always(), x)}) for x in (1.0, 1e9))
    assert make_plan(small).step == make_plan(large).step


def test_snap_rounds_to_the_nearest_step_and_has_no_negative_zero() -> None:
    found = snap(np.array([0.3, -0.3, 0.375, -0.05, 1e30]), 0.25)
    assert found.tolist() == [0.25, -0.25, 0.5, 0.0, 1e30]
    assert not np.signbit(found[3])
