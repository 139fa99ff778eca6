"""Projected emissions against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.analysis import analyse
from climrisk.analysis.projection import project
from climrisk.errors import AmountOverflowError
from tests.emitting import INVENTORY, cap, emitting_study, row
from tests.studies import BASE_YEAR, always, annual_risk, bernoulli, cost, make_item, z_score

POWER, PETROL = 400.0, 100.0
"""Emissions of the base year [tCO2e]."""


def mean_of(results: xr.Dataset, line: str, **where: object) -> np.ndarray:
    chosen = {"scenario": "flat", "control": "current", **where}
    return results["emission_mean"].sel(emission_line=line, **chosen).to_numpy()


TOTAL = "1+2 location-based/all/all/all"


def test_without_a_projection_the_base_year_goes_on() -> None:
    results = project(emitting_study(), draws=3)
    assert mean_of(results, TOTAL) == pytest.approx(np.full(4, POWER + PETROL), rel=1e-12)
    assert (results["emission_mean_se"] == 0.0).all()
    percentile = results["emission_percentile"].sel(ranged_line=TOTAL, control="residual")
    assert percentile.to_numpy() == pytest.approx(np.full((2, 4, 3), 500.0), rel=1e-12)


def test_constant_growth_compounds() -> None:
    study = emitting_study({"power": {"growth": 0.03}, "petrol": {"growth": -0.02}})
    ages = np.arange(1, 5)
    results = project(study, draws=2)
    expected = POWER * 1.03**ages + PETROL * 0.98**ages
    assert mean_of(results, TOTAL) == pytest.approx(expected, rel=1e-12)
    assert mean_of(results, "1/all/all/petrol") == pytest.approx(PETROL * 0.98**ages, rel=1e-12)


def test_scopes_add_up_to_the_total_and_sites_to_the_company() -> None:
    rows = (
        row("power", 600_000.0, "kWh", "2", "east"),
        row("power", 200_000.0, "kWh", "2", "west"),
        row("petrol", 50_000.0, "L", "1", "west"),
        row("flights", 30.0, "tCO2e", "3") | {"category": 6},
    )
    sites = [
        {"id": name, "name": name, "latitude": 0.0, "longitude": 0.0} for name in ("east", "west")
    ]
    growth = {"growth": {"p5": -0.05, "p95": 0.05}}
    study = emitting_study(
        {"power": growth, "petrol": growth, "flights": growth},
        inventory=rows,
        parts={"sites": sites},
    )
    results = project(study, draws=500)
    one, two, three = (mean_of(results, f"{s}/all/all/all") for s in ("1", "2 location-based", "3"))
    both = mean_of(results, TOTAL)
    # every draw's emissions lie on one grid, so that their sums are exact, and so the sums' means
    assert both == pytest.approx(one + two, rel=1e-15)
    everything = mean_of(results, "1+2+3 location-based/all/all/all")
    assert everything == pytest.approx(both + three, rel=1e-15)
    east, west = (
        mean_of(results, f"1+2 location-based/all/{site}/all") for site in ("east", "west")
    )
    assert both == pytest.approx(east + west, rel=1e-11)
    assert east == pytest.approx(0.75 * two, rel=1e-11)


def test_gross_emissions_do_not_know_of_avoided_ones() -> None:
    avoided = row("kept_in_use", 9_000.0, "tCO2e", "avoided")
    plain = emitting_study()
    with_avoided = emitting_study(inventory=(*INVENTORY, avoided))
    left, right = project(plain, draws=2), project(with_avoided, draws=2)
    assert "kept_in_use" not in right["emission_source"].to_numpy()
    assert (left["emission_mean"].to_numpy() == right["emission_mean"].to_numpy()).all()
    stated = right["stated_emission"].where(right["stated_scope"] == "avoided", drop=True)
    assert stated.to_numpy().tolist() == [9_000.0]


def test_a_driver_moves_the_factor_by_its_ratio_and_is_held_in_the_base_year() -> None:
    index = {BASE_YEAR: 1.0, BASE_YEAR + 4: 0.6}
    study = emitting_study(
        {"power": {"links": [_on("factor", "ratio", elasticity=1)]}}, drivers={"index": index}
    )
    results = project(study, draws=2)
    line = "2 location-based/all/all/power"
    fall = np.array([0.9, 0.8, 0.7, 0.6])
    assert mean_of(results, line) == pytest.approx(POWER * fall, rel=1e-12)
    held = mean_of(results, line, scenario="base_year")
    assert held == pytest.approx(np.full(4, POWER), rel=1e-12)


def _on(acts_on: str, form: str, **more: object) -> dict[str, object]:
    return {"driver": "index", "acts_on": acts_on, "form": form, **more}


def test_a_difference_is_a_relative_change_and_never_below_zero() -> None:
    index = {BASE_YEAR: 1.0, BASE_YEAR + 4: 5.0}
    link = _on("activity", "difference", per_unit=-0.3)
    study = emitting_study({"petrol": {"links": [link]}}, drivers={"index": index})
    found = mean_of(project(study, draws=2), "1/all/all/petrol")
    assert found == pytest.approx(PETROL * np.array([0.7, 0.4, 0.1, 0.0]), rel=1e-12)


def test_following_shares_the_growth_of_the_items_in_each_draw() -> None:
    growth = {"p5": -0.1, "p95": 0.1}
    stock = {"value": {"value": 10.0}, "growth": growth}
    study = emitting_study(
        {"petrol": {"follows": {"subject": "stock"}}},
        exposures={"stock": stock},
        items={"R": make_item(always(), {"loss": cost(share=0.05, exposure="stock")})},
    )
    results = analyse(study, draws=400)
    lost = results["annual_mean"].sel(
        subject="R", channel="net", scenario="flat", control="current"
    )
    # the loss is 5 % of the stock: the same draws of the same growth, so the means are in step
    ratio = mean_of(results, "1/all/all/petrol") / -lost.to_numpy()
    assert ratio == pytest.approx(np.full(4, PETROL / 0.5), rel=1e-9)


def test_following_a_source_and_an_elasticity() -> None:
    study = emitting_study(
        {
            "area": {"growth": 0.05},
            "power": {"follows": {"subject": "area", "elasticity": 0.5}, "growth": 0.01},
        }
    )
    expected = POWER * (1.05**0.5 * 1.01) ** np.arange(1, 5)
    found = mean_of(project(study, draws=2), "2 location-based/all/all/power")
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_factor_s_uncertainty_has_its_own_mean() -> None:
    stated = {"value": 2.0, "unit": "kgCO2e/L", "uncertainty": {"mean": 2.2, "cv": 0.1}}
    plain = emitting_study()
    sets = plain.factor_sets["round"].model_dump(by_alias=True, exclude_none=True)
    sets["factors"]["petrol"] = stated
    dumped = plain.model_dump(by_alias=True, exclude_none=True) | {"factor_sets": {"round": sets}}
    results = project(type(plain).model_validate(dumped), draws=4000)
    error = results["emission_mean_se"].sel(
        emission_line="1/all/all/petrol", scenario="flat", control="current"
    )
    assert z_score(mean_of(results, "1/all/all/petrol")[0], 110.0, error[0]) < 4.0


def test_variation_is_fresh_each_year() -> None:
    study = emitting_study({"petrol": {"variation": {"p5": 0.9, "p95": 1.1}}})
    results = project(study, draws=2000)
    means = mean_of(results, "1/all/all/petrol")
    assert len(set(means.tolist())) == 4


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 60))
def test_blocks_change_no_bit(size: int) -> None:
    study = emitting_study(
        {
            "power": {"growth": {"p5": -0.05, "p95": 0.1}, "variation": {"p5": 0.9, "p95": 1.1}},
            "area": {"growth": {"p5": -0.02, "p95": 0.04}},
        },
        parts={"targets": {"T": cap(0.05, "tCO2e/m2", denominator="area", stated_decimals=2)}},
    )
    whole, blocks = project(study, draws=61), project(study, draws=61, block_size=size)
    xr.testing.assert_identical(whole, blocks)


def test_sources_never_move_the_draws_of_items() -> None:
    items = {"R": annual_risk(bernoulli(0.3), {"p5": 1, "p95": 10})}
    without = analyse(emitting_study(items=items), draws=200)
    more = emitting_study({"petrol": {"growth": {"p5": -0.1, "p95": 0.1}}}, items=items)
    assert analyse(more, draws=200)["mean"].identical(without["mean"])


def test_analyse_and_project_say_the_same() -> None:
    study = emitting_study({"petrol": {"growth": {"p5": -0.1, "p95": 0.1}}})
    alone, together = project(study, draws=300), analyse(study, draws=300, block_size=77)
    for name in alone.data_vars:
        xr.testing.assert_identical(alone[name].variable, together[name].variable)
    assert "emission_mean" not in analyse(study, draws=2, outputs=())


def test_growth_beyond_all_bounds_is_refused_by_name() -> None:
    study = emitting_study({"petrol": {"growth": 0.99}}, years=77)
    with pytest.raises(AmountOverflowError, match="projection: an emission"):
        project(study, draws=2)


def test_a_study_without_an_inventory_has_no_projection() -> None:
    assert not project(emitting_study(inventory=()), draws=2).data_vars
