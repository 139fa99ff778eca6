"""Replay tells what the run simulated; the tail's parts add up to the tail value at risk."""

from __future__ import annotations

import numpy as np
import pytest

import climrisk
from climrisk.analysis.multipliers import driver_multipliers
from climrisk.analysis.replay import nearest_draw, replay, tail_allocation
from climrisk.engine.blocks import blocks
from climrisk.engine.plan import make_plan

DRAWS, SEED = 400, 11


@pytest.fixture(scope="module")
def lx():
    return climrisk.read_study("lx-technology-2023")


@pytest.fixture(scope="module")
def plan(lx):
    return make_plan(lx, ("net_zero_2050",))


def test_a_replayed_draw_is_the_draw_of_the_run(plan) -> None:
    block = next(
        one
        for one in blocks(plan, SEED, range(DRAWS), 64)
        if (one.scenario, one.control) == ("net_zero_2050", "residual") and 70 in one.draws
    )
    told = replay(plan, SEED, 70, "net_zero_2050", "residual")
    amounts = block.effects.amounts[:, -1, :, 70 - int(block.draws[0])]
    by_year = told.groupby("year")["net"].sum().reindex(plan.years, fill_value=0.0)
    np.testing.assert_array_equal(by_year.to_numpy(), amounts.sum(axis=0))
    names = {item.id for item in plan.items} | {"overlap", "measures"}
    assert set(told["subject"]) <= names
    assert (told.loc[told["subject"] == "R-ACU-1", "happened"] >= 1).all()


@pytest.mark.parametrize("level", [0.5, 0.95, 0.99])
def test_the_parts_of_the_tail_add_up_to_the_tail_value_at_risk(lx, plan, level) -> None:
    years = plan.horizons["long"]
    split = tail_allocation(plan, SEED, DRAWS, "net_zero_2050", "current", years, level)
    totals = np.concatenate(
        [
            one.effects.amounts[:, -1, years].sum(axis=(0, 1))
            for one in blocks(plan, SEED, range(DRAWS))
            if (one.scenario, one.control) == ("net_zero_2050", "current")
        ]
    )
    worst = np.sort(-totals)[::-1]
    mass = (1.0 - level) * DRAWS
    whole = int(np.floor(mass + 1e-9))
    part = mass - whole
    exact = (worst[:whole].sum() + part * worst[min(whole, DRAWS - 1)]) / mass
    assert split["loss"].sum() == pytest.approx(exact, rel=1e-12)
    assert split["share"].sum() == pytest.approx(1.0)


def test_ties_at_the_value_at_risk_share_what_is_left_of_the_tail() -> None:
    from climrisk.analysis.replay import _tail_weights

    weights = _tail_weights(np.array([0.0] * 99 + [100.0]), 0.95)
    assert weights[-1] == pytest.approx(1 / 5)
    np.testing.assert_allclose(weights[:-1], 4 / 5 / 99)
    assert weights.sum() == pytest.approx(1.0)


def test_the_nearest_draw_is_found(plan) -> None:
    years = plan.horizons["medium"]
    draw, total = nearest_draw(plan, SEED, DRAWS, "net_zero_2050", "current", years, -60.0)
    told = replay(plan, SEED, draw, "net_zero_2050", "current")
    inside = told["year"].between(plan.years[years.start], plan.years[years.stop - 1])
    assert told.loc[inside, "net"].sum() == pytest.approx(total, abs=1e-9)


def test_multipliers_are_one_at_the_base_year_and_grow_with_warming(plan) -> None:
    table = driver_multipliers(plan, "R-ACU-1", plan.horizons["long"])
    rain = table[table["driver"] == "heavy_rain_frequency"].set_index("scenario")
    assert rain.loc["base_year", "multiplier"] == pytest.approx(1.0)
    assert rain.loc["net_zero_2050", "multiplier"] > 1.0
