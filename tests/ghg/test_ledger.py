from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.domain.inventory import Activity
from climrisk.domain.site import Site
from climrisk.ghg.account import account
from climrisk.ghg.activities import time_weighted, yearly_activities
from climrisk.ghg.energy import energy_use
from climrisk.ghg.gaps import account_remarks, missing_years
from tests.ghg.accounts import YEAR, factor_set, row, site, small_account, study_with

QUANTITIES = st.floats(0, 1e9, allow_nan=False)


def test_activity_times_factor_in_tonnes() -> None:
    found = small_account([row("electricity", 3, "MWh"), row("petrol", 0.5, "m3", "1")]).emissions
    assert found.total("2").value == pytest.approx(1.5)
    assert found.total("1").value == pytest.approx(1.0)
    assert found.total("1", "2").value == pytest.approx(2.5)


def test_nothing_stated_is_not_zero() -> None:
    found = small_account([row("electricity", 0)]).emissions
    assert found.total("2").value == 0.0
    assert found.total("1").value is None
    assert found.total("3").value is None
    assert found.avoided().value is None


def test_a_source_without_a_factor_is_named_and_left_out() -> None:
    found = small_account([row("petrol", 1000, "L", "1"), row("lpg", 5, "t", "1")])
    total = found.emissions.total("1")
    assert (total.value, total.lacking, total.is_complete) == (2.0, ("lpg",), False)
    remarks = account_remarks(found, [line.row for line in found.emissions.lines])
    assert "no emission factor, left out of totals: lpg" in remarks


def test_emissions_stated_in_tonnes_need_no_factor() -> None:
    rows = [row("flights", 12, "tCO2e", "3", category=6), row("freight", 3000, "kgCO2e", "3")]
    found = small_account(rows)
    assert found.emissions.total("3").value == pytest.approx(15.0)
    by_category = found.emissions.grouped(lambda one: str(one.category), "3")
    assert {name: total.value for name, total in by_category.items()} == {"6": 12.0, "None": 3.0}
    assert "scope 3 without a category: freight" in account_remarks(found, rows)


def test_a_combined_total_is_never_added_to_its_parts() -> None:
    parts = [row("electricity", 1000), row("petrol", 1000, "L", "1")]
    whole = row("ghg_total", 99, "tCO2e", "1+2")
    together = small_account([*parts, whole]).emissions
    assert together.total("1", "2").value == small_account(parts).emissions.total("1", "2").value
    assert together.reported == 99.0
    alone = small_account([whole, row("flights", 1, "tCO2e", "3")]).emissions
    assert alone.total("1").value is None
    assert (alone.total("1", "2").value, alone.total("1", "2").is_combined) == (99.0, True)
    assert alone.total("1", "2", "3").value == 100.0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(QUANTITIES, st.sampled_from(["1", "2", "3"])), min_size=1, max_size=12),
    st.lists(QUANTITIES, max_size=4),
)
def test_sites_sum_to_the_company_scopes_to_the_total_and_avoided_changes_neither(
    emitted: list[tuple[float, str]], avoided: list[float]
) -> None:
    rows = [
        row(f"s{number}", tonnes, "tCO2e", scope, site=f"site{number % 3}")
        for number, (tonnes, scope) in enumerate(emitted)
    ]
    kept_apart = [row(f"a{n}", tonnes, "tCO2e", "avoided") for n, tonnes in enumerate(avoided)]
    found = small_account([*rows, *kept_apart]).emissions
    total = found.total("1", "2", "3").value
    assert total == small_account(rows).emissions.total("1", "2", "3").value
    sites = found.grouped(lambda one: one.site, "1", "2", "3")
    scopes = [found.total(scope).value or 0.0 for scope in ("1", "2", "3")]
    assert math.fsum(one.value or 0.0 for one in sites.values()) == pytest.approx(total, rel=1e-15)
    assert math.fsum(scopes) == pytest.approx(total, rel=1e-15)
    assert total == math.fsum(tonnes for tonnes, _ in emitted)


def test_certificates_and_the_residual_mix_change_market_based_figures_only() -> None:
    mix = {"electricity": {"value": 0.6, "unit": "kgCO2e/kWh"}}
    rows = [
        row("electricity", 1000, site="a"),
        row("electricity", 3000, site="b"),
        row("certificates", 400, activity="electricity", site="b", instrument="green_certificate"),
        row(
            "wind",
            360,
            activity="electricity",
            instrument="contract",
            instrument_factor=0.1,
        ),
    ]
    sites = [site("a"), site("b")]
    found = small_account(rows, factor_set(residual_mix=mix), sites=sites).emissions
    assert found.total("2").value == pytest.approx(2.0)
    uncovered = 4000 - 400 - 360
    expected = (uncovered * 0.6 + 360 * 0.1) / 1000
    assert found.total("2", method="market").value == pytest.approx(expected)
    by_site = found.grouped(lambda one: one.site, "2", method="market")
    share = {"a": 1000 / 3600, "b": 2600 / 3600}
    for name, own in (("a", 1000), ("b", 2600)):
        rest = own - 360 * share[name]
        assert by_site[name].value == pytest.approx((rest * 0.6 + 360 * share[name] * 0.1) / 1000)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.1, 1e6), min_size=1, max_size=5), st.floats(0, 1), st.floats(0, 0.6))
def test_without_instruments_and_mix_market_equals_location(
    amounts: list[float], covered: float, factor: float
) -> None:
    rows = [row("electricity", amount, site=f"s{n}") for n, amount in enumerate(amounts)]
    plain = small_account(rows).emissions
    assert plain.total("2", method="market").value == plain.total("2").value
    claim = row(
        "c",
        covered * math.fsum(amounts),
        activity="electricity",
        instrument="contract",
        instrument_factor=factor,
    )
    found = small_account([*rows, claim]).emissions
    expected = math.fsum(amounts) * (0.5 * (1 - covered) + factor * covered) / 1000
    assert found.total("2", method="market").value == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert found.total("2").value == plain.total("2").value


def test_corrections_are_added() -> None:
    rows = [row("electricity", 1000), row("electricity", -100, correction="yes")]
    assert small_account(rows).emissions.total("2").value == pytest.approx(0.45)


def test_floor_area_that_changes_mid_year_is_weighted_by_days() -> None:
    rows = [
        row("floor_area", 1000, "m2", "none"),
        row("floor_area", 2000, "m2", "none", valid_from="2023-07-02"),
    ]
    (area,) = yearly_activities(rows, YEAR)
    assert area.quantity == pytest.approx((1000 * 182 + 2000 * 183) / 365)
    assert yearly_activities(rows[:1], YEAR)[0].quantity == 1000.0
    opened = [row("floor_area", 365, "m2", "none", valid_from="2023-12-31")]
    assert yearly_activities(opened, YEAR)[0].quantity == pytest.approx(1.0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 366), st.floats(0, 1e6)), min_size=1, max_size=6))
def test_the_weighted_mean_is_what_each_day_says(values: list[tuple[int, float]]) -> None:
    values = sorted({day: value for day, value in values}.items())
    days = []
    for day in range(1, 367):
        holding = [value for first, value in values if first <= day]
        days.append(holding[-1] if holding else 0.0)
    assert time_weighted(values, 2024) == pytest.approx(math.fsum(days) / 366, rel=1e-12)


def test_a_site_takes_the_factor_of_its_region_and_the_company_the_headcount_s() -> None:
    regional = {
        "electricity": {
            "North": {"value": 0.8, "unit": "kgCO2e/kWh"},
            "South": {"value": 0.4, "unit": "tCO2/MWh"},
        }
    }
    grid = factor_set("grid", factors={}, regional=regional)
    sites: list[Site] = [site("n", 30, "North"), site("s", 10, "South"), site("far", 99)]
    at_sites = [row("electricity", 1000, site=name) for name in ("n", "s", "far")]
    found = small_account(at_sites, grid, sites=sites).emissions
    assert [line.emissions for line in found.lines] == pytest.approx([0.8, 0.4, None])
    whole = small_account([row("electricity", 1000)], grid, sites=sites).emissions
    assert whole.total("2").value == pytest.approx((30 * 0.8 + 10 * 0.4) / 40)
    nobody = small_account([row("electricity", 1000)], grid).emissions
    assert nobody.total("2").lacking == ("electricity",)


def test_sets_are_asked_in_their_order_and_completed() -> None:
    first = factor_set("first", factors={}, completed_by="second")
    second = factor_set("second")
    third = factor_set("third", factors={"petrol": {"value": 9, "unit": "kgCO2e/L"}})
    rows = [row("petrol", 1000, "L", "1")]
    study = study_with(rows, [first, second, third])
    assert account(study, factors=["first", "third"]).emissions.total("1").value == 2.0
    other = account(study, factors=["third", "first"]).emissions.total("1").value
    assert other == pytest.approx(9.0)
    with pytest.raises(KeyError, match="nowhere"):
        account(study, factors=["nowhere"])


def test_energy_is_in_kwh_with_fuels_by_heat_value() -> None:
    heat = {"petrol": {"value": 9.0, "unit": "kWh/L"}}
    rows = [
        row("electricity", 2, "GJ"),
        row("petrol", 10, "L", "1"),
        row("lpg", 1, "t", "1"),
        row("steam", 5, "tCO2e", "2"),
    ]
    found = energy_use(small_account(rows, factor_set(heat_values=heat)))
    assert found.sources == pytest.approx({"electricity": 2 / 0.0036, "petrol": 90.0})
    assert (found.converted, found.without) == (("petrol",), ("lpg",))
    assert found.total == pytest.approx(2 / 0.0036 + 90)
    assert energy_use(small_account([])).total is None


def test_gaps_are_named_and_never_filled() -> None:
    rows: list[Activity] = [
        row("electricity", 1000, year=2021),
        row("electricity", 1000),
        row("petrol", 1, "L", "1"),
    ]
    assert missing_years(rows) == {"electricity": (2022,), "petrol": (2021, 2022)}
    assert missing_years([]) == {}
    study = study_with(rows)
    assert account(study, 2022).emissions.total("1", "2").value is None
    assert "petrol: no row for 2021, 2022" in account_remarks(account(study), rows)


def test_factors_of_another_year_are_named() -> None:
    old = factor_set(years=[2021, 2021])
    found = small_account([row("electricity", 1)], old)
    assert "own: factors of 2021 used for 2023" in account_remarks(found, ())
