"""Links in closed form: ratio, difference and level, in the frame where the estimate was made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import climrisk
from climrisk.domain.item import Item
from climrisk.domain.study import Study
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_scenario,
    make_settings,
    make_study,
    poisson,
)

YEARS = 4
PRICE = np.array([20.0, 30.0, 40.0, 40.0])
CALM = make_scenario("calm", price=10.0)
STEEP = make_scenario("steep", price={2023: 99.0, 2024: 20.0, 2026: 40.0, 2100: 40.0})
"""From the reference's 10 in 2023 to PRICE."""


def study_of(item: Item) -> Study:
    return make_study({"A": item}, make_settings(YEARS, scenarios=("calm", "steep")), (CALM, STEEP))


def yearly(item: Item, scenario: str = "steep", draws: int = 2) -> np.ndarray:
    found = climrisk.analyse(study_of(item), draws=draws, seed=1, outputs=())
    return (
        found["annual_mean"]
        .sel(scenario=scenario, control="current", subject="A", channel="operating_cost")
        .to_numpy()
    )


def linked(form: str, acts_on: str = "severity", **how: float) -> list[dict[str, Any]]:
    return [{"driver": "price", "acts_on": acts_on, "form": form, **how}]


@pytest.mark.parametrize("elasticity", [1.0, -0.5, 2.0, 0.0])
def test_ratio_to_the_base_with_an_elasticity(elasticity: float) -> None:
    item = annual_risk(always(), 3.0, links=linked("ratio", elasticity=elasticity))
    assert yearly(item) == pytest.approx(-3.0 * (PRICE / 10.0) ** elasticity, rel=1e-9)
    assert yearly(item, "calm") == pytest.approx([-3.0] * YEARS)
    assert yearly(item, "base_year") == pytest.approx([-3.0] * YEARS)


def test_difference_from_the_base() -> None:
    item = annual_risk(always(), 3.0, links=linked("difference", "loss", per_unit=0.5))
    assert yearly(item) == pytest.approx(-3.0 - 0.5 * (PRICE - 10.0))
    assert yearly(item, "base_year") == pytest.approx([-3.0] * YEARS)


def test_level_counts_from_zero_in_every_scenario() -> None:
    item = annual_risk(always(), 3.0, links=linked("level", "loss", per_unit=0.5))
    assert yearly(item) == pytest.approx(-3.0 - 0.5 * PRICE)
    assert yearly(item, "base_year") == pytest.approx([-8.0] * YEARS)


def test_an_addition_below_zero_ends_the_effect_but_not_its_sign() -> None:
    item = annual_risk(always(), 3.0, links=linked("difference", "loss", per_unit=-0.2))
    assert yearly(item) == pytest.approx([-1.0, 0.0, 0.0, 0.0])


def test_a_signed_amount_may_change_sides() -> None:
    impact = {"loss": cost(-3.0, direction="signed")}
    item = make_item(always(), impact, links=linked("difference", "loss", per_unit=0.2))
    assert yearly(item) == pytest.approx([-1.0, 1.0, 3.0, 3.0])


def test_ratio_and_addition_together() -> None:
    links = linked("ratio", elasticity=1.0) + linked("level", per_unit=0.1)
    item = annual_risk(always(), 3.0, links=links)
    assert yearly(item) == pytest.approx(-(0.3 * PRICE + 0.1 * PRICE))


def test_a_link_on_one_impact_leaves_the_others() -> None:
    impact = {"loss": cost(3.0), "other": cost(100.0)}
    item = make_item(always(), impact, links=linked("ratio", "loss", elasticity=1.0))
    assert yearly(item) == pytest.approx(-100.0 - 0.3 * PRICE)


def test_the_estimate_holds_where_it_was_made() -> None:
    """In the frame's period under its conditions the mean effect is the stated one."""
    frame = {"conditions": "steep", "period": (2024, 2026)}
    item = annual_risk(always(), 3.0, frame=frame, links=linked("ratio", elasticity=1.0))
    assert yearly(item) == pytest.approx(-3.0 * PRICE / 30.0)
    assert yearly(item)[:3].mean() == pytest.approx(-3.0)
    assert yearly(item, "base_year") == pytest.approx([-1.0] * YEARS)
    shifted = annual_risk(
        always(), 3.0, frame=frame, links=linked("difference", "loss", per_unit=0.1)
    )
    assert yearly(shifted) == pytest.approx(-3.0 - 0.1 * (PRICE - 30.0))


def test_a_frame_may_begin_in_the_base_year() -> None:
    frame = {"conditions": "steep", "period": (2023, 2025)}
    item = annual_risk(always(), 3.0, frame=frame, links=linked("ratio", elasticity=1.0))
    assert yearly(item) == pytest.approx(-3.0 * PRICE / 20.0)
    base_alone = annual_risk(
        always(),
        3.0,
        frame={"conditions": "steep", "period": (2023, 2023)},
        links=linked("ratio", elasticity=1.0),
    )
    assert yearly(base_alone) == pytest.approx(-3.0 * PRICE / 10.0)


def test_ratio_on_a_rate_scales_the_rate() -> None:
    item = annual_risk(poisson(0.2), 1.0, links=linked("ratio", "rate", elasticity=1.0))
    draws = 40_000
    expected = 0.02 * PRICE
    assert np.all(np.abs(yearly(item, draws=draws) + expected) < 4 * np.sqrt(expected / draws))


@pytest.mark.parametrize(
    ("form", "rate"), [("difference", 0.2 + 0.01 * (PRICE - 10)), ("level", 0.2 + 0.01 * PRICE)]
)
def test_additions_to_a_rate(form: str, rate: np.ndarray) -> None:
    item = annual_risk(poisson(0.2), 1.0, links=linked(form, "rate", per_unit=0.01))
    draws = 40_000
    assert np.all(np.abs(yearly(item, draws=draws) + rate) < 4 * np.sqrt(rate / draws))


def test_a_rate_never_falls_below_zero() -> None:
    item = annual_risk(poisson(0.2), 1.0, links=linked("difference", "rate", per_unit=-0.1))
    assert yearly(item, draws=500).tolist() == [0.0] * YEARS


def test_ratio_on_a_probability_goes_through_the_rate() -> None:
    item = annual_risk(bernoulli(0.2), 1.0, links=linked("ratio", "probability", elasticity=1.0))
    expected = 1.0 - 0.8 ** (PRICE / 10.0)
    draws = 40_000
    error = np.sqrt(expected * (1 - expected) / draws)
    assert np.all(np.abs(yearly(item, draws=draws) + expected) < 4 * error)


def test_several_links_on_one_target_compound() -> None:
    calm = make_scenario("calm", price=10.0, pace=2.0)
    steep = make_scenario("steep", price={2024: 20.0, 2100: 20.0}, pace={2024: 6.0, 2100: 6.0})
    pace = {"driver": "pace", "acts_on": "loss", "form": "ratio", "elasticity": 2.0}
    links = [*linked("ratio", elasticity=1.0), pace]
    settings = make_settings(1, scenarios=("calm", "steep"))
    study = make_study({"A": annual_risk(always(), 1.0, links=links)}, settings, (calm, steep))
    found = climrisk.analyse(study, draws=2, seed=1, outputs=())
    mean = found["mean"].sel(scenario="steep", subject="A", channel="net", control="current")
    assert mean.to_numpy() == pytest.approx([-2.0 * 9.0])
