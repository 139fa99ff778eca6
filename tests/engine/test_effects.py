"""From impacts to channels and net: signs, margins, write-ups, growth, caps and largest events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr
from scipy import stats

import climrisk
from climrisk.domain.item import Item
from climrisk.engine.blocks import blocks
from climrisk.engine.plan import make_plan
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_settings,
    make_study,
    poisson,
    z_score,
)


def impact(channel: str, direction: str = "adverse", **how: Any) -> dict[str, Any]:
    return {"channel": channel, "line": "a line", "direction": direction, **how}


def analysed(*items: Item, draws: int = 2, **settings: Any) -> xr.Dataset:
    named = {f"I-{number}": item for number, item in enumerate(items)}
    study = make_study(named, make_settings(settings.pop("years", 1), **settings))
    found = climrisk.analyse(study, draws=draws, seed=1, outputs=())
    return found.sel(scenario="flat", control="current", horizon="whole")


def mean(found: xr.Dataset, subject: str = "I-0", channel: str = "net") -> float:
    return float(found["mean"].sel(subject=subject, channel=channel))


def test_lost_sales_reach_net_at_the_margin_of_their_line() -> None:
    lost = impact("revenue", revenue_line="sales", amount=8.0)
    found = analysed(make_item(always(), {"lost": lost}), revenue_lines={"sales": 100.0})
    assert mean(found, channel="revenue") == pytest.approx(-8.0)
    assert mean(found) == pytest.approx(-2.0)
    assert np.isnan(mean(found, channel="operating_cost"))


def test_won_sales_are_positive() -> None:
    won = impact("revenue", "favourable", revenue_line="sales", share=0.08)
    item = make_item(always(), {"won": won}, kind="opportunity")
    found = analysed(item, revenue_lines={"sales": 100.0})
    assert (mean(found, channel="revenue"), mean(found)) == pytest.approx((8.0, 2.0))


@pytest.mark.parametrize(("fair", "net"), [(False, 0.0), (True, 5.0)])
def test_write_ups_stay_out_of_net_unless_at_fair_value_through_profit(
    fair: bool, net: float
) -> None:
    up = impact("asset_value", "favourable", exposure="plant", amount=5.0)
    plant = {"value": {"value": 50.0}, "fair_value_through_profit": fair}
    found = analysed(make_item(always(), {"up": up}), exposures={"plant": plant})
    assert (mean(found, channel="asset_value"), mean(found)) == pytest.approx((5.0, net))


def test_write_downs_count_in_full_and_a_signed_value_only_on_its_bad_side() -> None:
    signed = impact("asset_value", "signed", amount={"family": "normal", "mean": 1.0, "sd": 2.0})
    down = impact("asset_value", amount=3.0)
    found = analysed(
        make_item(always(), {"signed": signed}), make_item(always(), {"down": down}), draws=40_000
    )
    assert mean(found, "I-1") == pytest.approx(-3.0)
    bad = stats.norm(1.0, 2.0).expect(lambda x: min(x, 0.0), lb=-20.0, ub=0.0)
    for channel, expected in (("asset_value", 1.0), ("net", bad)):
        part = found.sel(subject="I-0", channel=channel)
        assert z_score(part["mean"], expected, part["mean_se"]) < 4


def test_an_item_sums_its_impacts_by_channel_and_on_net() -> None:
    item = make_item(
        always(),
        {
            "one": impact("operating_cost", amount=1.0),
            "two": impact("operating_cost", amount=2.0),
            "lost": impact("revenue", revenue_line="sales", amount=8.0),
        },
    )
    found = analysed(item, revenue_lines={"sales": 100.0})
    assert mean(found, channel="operating_cost") == pytest.approx(-3.0)
    assert mean(found) == pytest.approx(-5.0)


def yearly(found: xr.Dataset, subject: str, channel: str = "net") -> np.ndarray:
    return found["annual_mean"].sel(subject=subject, channel=channel).to_numpy()


def test_a_share_grows_with_its_exposure() -> None:
    plant = {"value": {"value": 50.0}, "growth": 0.03}
    share = make_item(always(), {"loss": impact("operating_cost", exposure="plant", share=0.1)})
    found = analysed(share, years=5, exposures={"plant": plant})
    assert yearly(found, "I-0") == pytest.approx(-5.0 * 1.03 ** np.arange(1, 6))


def test_uncertain_growth_is_one_rate_a_draw() -> None:
    plant = {"value": {"value": 50.0}, "growth": {"family": "uniform", "low": -0.2, "high": 0.2}}
    share = make_item(always(), {"loss": impact("operating_cost", exposure="plant", share=0.1)})
    found = analysed(share, years=5, exposures={"plant": plant}, draws=40_000)
    ages = np.arange(1, 6)
    expected = -5.0 * (1.2 ** (ages + 1) - 0.8 ** (ages + 1)) / (0.4 * (ages + 1))
    error = found["annual_mean_se"].sel(subject="I-0", channel="net")
    assert z_score(yearly(found, "I-0"), expected, error) < 4


def test_an_exposure_that_shrinks_by_more_than_all_of_it_is_nothing_not_negative() -> None:
    growth = {"family": "normal", "mean": 0.0, "sd": 0.5}
    plant = {"value": {"value": 50.0}, "growth": growth}
    item = make_item(always(), {"loss": impact("operating_cost", exposure="plant", share=0.1)})
    plan = make_plan(make_study({"A": item}, make_settings(3, exposures={"plant": plant})))
    effects = next(iter(blocks(plan, 1, range(500), 500))).effects.amounts[0, -1]
    assert np.all(effects <= 0.0)
    assert np.array_equal(effects[0] == 0.0, effects[2] == 0.0)
    assert 0.0 < (effects[0] == 0.0).mean() < 0.1


def on_plant(channel: str = "asset_value", **how: Any) -> Item:
    return make_item(always(), {"loss": impact(channel, exposure="plant", **how)})


def test_losses_on_one_exposure_cannot_exceed_it() -> None:
    found = analysed(
        on_plant(share=0.8), on_plant("operating_cost", amount=40.0), exposures={"plant": 50.0}
    )
    assert mean(found, "I-0") == pytest.approx(-40.0)
    assert mean(found, "I-1") == pytest.approx(-40.0)
    assert mean(found, "overlap") == pytest.approx(30.0)
    assert mean(found, "overlap", "asset_value") == pytest.approx(15.0)
    assert mean(found, "overlap", "operating_cost") == pytest.approx(15.0)
    assert np.isnan(mean(found, "overlap", "revenue"))
    assert mean(found, "risks") == pytest.approx(-80.0)
    assert mean(found, "total") == pytest.approx(-50.0)


def test_a_cap_on_sales_gives_back_at_their_margin() -> None:
    lost = make_item(always(), {"lost": impact("revenue", revenue_line="sales", amount=150.0)})
    found = analysed(lost, revenue_lines={"sales": 100.0})
    assert mean(found, "overlap", "revenue") == pytest.approx(50.0)
    assert mean(found, "overlap") == pytest.approx(12.5)
    assert mean(found, "total") == pytest.approx(-25.0)


def test_caps_leave_gains_other_exposures_and_losses_on_nothing_alone() -> None:
    found = analysed(
        make_item(
            always(), {"up": impact("operating_cost", "favourable", exposure="plant", amount=70.0)}
        ),
        on_plant(share=0.9),
        make_item(always(), {"loss": impact("operating_cost", exposure="stock", amount=45.0)}),
        annual_risk(always(), 99.0),
        exposures={"plant": 50.0, "stock": 50.0},
    )
    assert mean(found, "overlap") == 0.0


def test_a_cap_grows_with_its_exposure_and_binds_draw_by_draw() -> None:
    plant = {"value": {"value": 10.0}, "growth": 0.1}
    item = make_item(
        bernoulli(0.5), {"loss": impact("operating_cost", exposure="plant", amount=12.0)}
    )
    study = make_study({"A": item}, make_settings(3, exposures={"plant": plant}))
    block = next(iter(blocks(make_plan(study), 1, range(500))))
    happened = block.effects.amounts[0, -1] < 0.0
    overlap = block.effects.amounts[1, -1]
    room = np.array([1.0, 0.0, 0.0])[:, None]  # 12 against 11, 12.1 and 13.31
    assert overlap == pytest.approx(np.where(happened, room, 0.0), abs=1e-9)
    assert 0.0 < happened.mean() < 1.0


def largest(*items: Item, draws: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    study = make_study({f"I-{n}": item for n, item in enumerate(items)})
    block = next(iter(blocks(make_plan(study), 1, range(draws), size=draws)))
    return block.effects.largest_event[0], block.effects.amounts[: len(items), -1, 0]


def test_the_largest_event_is_one_event_not_the_years_sum() -> None:
    found, losses = largest(annual_risk(poisson(1.5), 4.0))
    assert set(np.unique(losses)) >= {-12.0, -8.0, -4.0, 0.0}
    assert np.array_equal(found, np.where(losses[0] < 0.0, 4.0, 0.0))


def test_the_largest_of_fresh_events_has_the_distribution_of_a_maximum() -> None:
    uniform = {"family": "uniform", "low": 0.0, "high": 1.0}
    found, _ = largest(annual_risk(poisson(2.0), uniform, severity="per_event"), draws=20_000)
    for level in (0.2, 0.5, 0.8):
        chance = np.exp(-2.0 * (1.0 - level))
        assert z_score((found <= level).mean(), chance, np.sqrt(chance / found.size)) < 4


def test_the_largest_event_is_of_annual_risks_alone_and_on_net() -> None:
    gain = annual_risk(bernoulli(0.999), 9.0, kind="opportunity")
    lasting = annual_risk(always(), 50.0)
    mixed = make_item(bernoulli(0.999), {"a": cost(5.0), "b": cost(2.0, direction="favourable")})
    found, _ = largest(gain, lasting, mixed, draws=50)
    assert found.tolist() == [3.0] * 50


def test_fresh_events_share_one_quantile_over_their_impacts() -> None:
    uniform = {"family": "uniform", "low": 0.0, "high": 1.0}
    item = make_item(bernoulli(0.9), {"a": cost(uniform), "b": cost(uniform)}, severity="per_event")
    twice = make_item(bernoulli(0.9), {"a": cost(uniform)}, severity="per_event")
    _, both = largest(item)
    _, one = largest(twice)
    assert both == pytest.approx(2.0 * one, abs=1e-9)


def test_per_draw_keeps_one_quantile_and_per_event_does_not() -> None:
    uniform = {"family": "uniform", "low": 1.0, "high": 2.0}
    for severity, distinct in (("per_draw", 1), ("per_event", 4)):
        item = annual_risk(bernoulli(1.0), uniform, severity=severity)
        plan = make_plan(make_study({"A": item}, make_settings(4)))
        amounts = next(iter(blocks(plan, 1, range(1)))).effects.amounts[0, -1, :, 0]
        assert len(set(amounts.tolist())) == distinct
