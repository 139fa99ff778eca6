from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.domain.pathway import PathSeries
from climrisk.domain.target import Target
from climrisk.ghg.activity import compounded
from climrisk.ghg.budget import cumulative, overshoot
from climrisk.ghg.carbon_cost import carbon_cost
from climrisk.ghg.pathways import absolute_contraction, between, rises, sector_convergence
from climrisk.ghg.target_path import TargetPath, target_path
from climrisk.ghg.targets import resolve
from tests.ghg.accounts import row, small_account

YEARS = range(2020, 2026)
SECTOR = {2020: 6.45, 2025: 1.29}


def test_g1_a_company_below_the_sector_gets_a_path_that_rises() -> None:
    path = sector_convergence(0.9, SECTOR, YEARS)
    assert np.round(path, 2).tolist() == [0.90, 0.98, 1.06, 1.13, 1.21, 1.29]
    assert rises(path, 0.9)
    assert not rises(sector_convergence(7.0, SECTOR, YEARS), 7.0)


@settings(deadline=None)
@given(st.floats(0.01, 20), st.floats(0.01, 20), st.floats(0.01, 20))
def test_convergence_starts_at_the_company_and_ends_at_the_sector(
    company: float, first: float, last: float
) -> None:
    if abs(first - last) < 1e-6:
        return
    path = sector_convergence(company, {2020: first, 2025: last}, YEARS)
    assert path[0] == pytest.approx(company, rel=1e-9)
    assert path[-1] == pytest.approx(last, rel=1e-9)


def test_convergence_needs_a_sector_that_moves() -> None:
    with pytest.raises(ValueError, match="does not change"):
        sector_convergence(1.0, {2020: 2.0, 2025: 2.0}, YEARS)


def test_a_larger_share_of_the_activity_leaves_less() -> None:
    plain = sector_convergence(7.0, SECTOR, YEARS)
    grown = sector_convergence(7.0, SECTOR, YEARS, 0.5)
    assert grown == pytest.approx((plain - 1.29) / 2 + 1.29)


def test_absolute_contraction_takes_the_same_share_of_the_base_every_year() -> None:
    path = absolute_contraction(100.0, 0.042, 2020, (2019, 2020, 2030, 2050))
    assert np.isnan(path[0])
    assert path[1:] == pytest.approx([100.0, 58.0, 0.0])


def test_nothing_is_extrapolated() -> None:
    found = between({2021: 1.0, 2023: 3.0}, YEARS)
    assert np.isnan(found[[0, 4, 5]]).all()
    assert found[1:4].tolist() == [1.0, 2.0, 3.0]


def test_budgets_and_overshoot() -> None:
    years, path = [2023, 2024, 2025], [100.0, 80.0, 60.0]
    assert cumulative(years, path) == 90 + 70
    assert cumulative(years, path, "stepwise") == 80 + 60
    assert overshoot(years, [100.0, 100.0, 100.0], path) == pytest.approx(200 - 160)
    assert overshoot(years, path, path) == 0.0
    assert overshoot(years, [100.0, 70.0, 60.0], path, "stepwise") == -10.0


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=8))
def test_the_two_rules_agree_where_nothing_moves_and_bracket_where_it_falls(
    values: list[float],
) -> None:
    falling = sorted(values, reverse=True)
    years = range(2023, 2023 + len(falling))
    exact = cumulative(years, falling)
    assert cumulative(years, falling, "stepwise") <= exact * (1 + 1e-12)
    flat = [falling[0]] * len(falling)
    assert cumulative(years, flat, "stepwise") == pytest.approx(cumulative(years, flat))


@pytest.mark.parametrize(
    ("tax", "passed_on", "profit"),
    [(0.2, 0.0, 80), (0.2, 0.5, 90), (0.2, 0.6, 92), (0.2, 0.9, 98), (2.0, 0.0, -100)],
)
def test_t1_the_carbon_cost_is_not_scaled_by_the_margin_nor_floored(
    tax: float, passed_on: float, profit: float
) -> None:
    margin = 100 * 10 * 0.1
    cost = carbon_cost(emissions=100, price=tax, coverage=1, pass_through=passed_on)
    assert margin - float(cost) == pytest.approx(profit)


def test_carbon_cost_works_on_arrays() -> None:
    emissions = np.array([[10.0], [20.0]])
    price = np.array([1.0, 2.0, 3.0])
    found = carbon_cost(emissions, price, 0.5, np.array([0.0, 0.5, 1.0]))
    assert found.tolist() == [[5.0, 5.0, 0.0], [10.0, 10.0, 0.0]]


def path_of(
    pathway: dict[str, Any], series: PathSeries | None = None, **stated: Any
) -> TargetPath | None:
    """Return the path of a target on 1000 t in 2023 to 2027."""
    form = {"title": "T", "metric": "m", "kind": "reduce_by", "reduction": 0.4, "unit": "tCO2e"}
    form |= {"base_year": 2023, "target_year": 2027, "scope": "1"}
    target = Target.model_validate(form | {"pathway": pathway} | stated)
    account = small_account([row("boilers", 1000, "tCO2e", "1")])
    return target_path(resolve("T", target, account), series)


def test_paths_of_a_target() -> None:
    linear = path_of({"form": "linear"})
    assert linear is not None
    assert linear.values == pytest.approx([1000, 900, 800, 700, 600])
    assert linear.warnings == ()
    bent = path_of({"form": "milestones"}, milestones={2024: 700.0})
    assert bent is not None
    assert bent.values == pytest.approx([1000, 700, 2000 / 3, 1900 / 3, 600])
    contracted = path_of({"form": "absolute_contraction", "rate": 0.1})
    assert contracted is not None
    assert contracted.values == pytest.approx([1000, 900, 800, 700, 600])


def test_a_contraction_counted_from_an_earlier_year_asks_for_more() -> None:
    """Base 2023, target 2030, from 2020 at 4.2 %: 42 %, not 29.4 %."""
    pathway = {"form": "absolute_contraction", "rate": 0.042}
    plain, earlier = (
        path_of(pathway, target_year=2030),
        path_of({**pathway, "starts": 2020}, target_year=2030),
    )
    assert plain is not None
    assert earlier is not None
    assert plain.values[-1] == pytest.approx(706.0)
    assert earlier.values[-1] == pytest.approx(580.0)
    assert earlier.values[0] == 1000.0


def test_a_target_above_its_path_or_a_path_that_rises_is_flagged() -> None:
    steep = path_of({"form": "absolute_contraction", "rate": 0.2})
    assert steep is not None
    assert steep.warnings == ("T: the limit 600 is above the path's 200 in 2027",)
    rising = path_of({"form": "sector_convergence", "sector": {2023: 3000.0, 2027: 2000.0}})
    assert rising is not None
    assert "rises above the base year" in rising.warnings[0]


def test_paths_from_a_file() -> None:
    names = dict.fromkeys(("model", "scenario", "region", "variable"), "x")
    stated = {"form": "iamc", "file": "sector.csv", **names}
    series = PathSeries(unit="tCO2e", values={2023: 50.0, 2027: 25.0})
    found = path_of(stated, series)
    assert found is not None
    assert found.values == pytest.approx([50, 43.75, 37.5, 31.25, 25])
    indexed = path_of({**stated, "indexed": "yes"}, series)
    assert indexed is not None
    assert indexed.values == pytest.approx([1000, 875, 750, 625, 500])
    other = path_of(stated, PathSeries(unit="Mt CO2/yr", values={2023: 1.0}))
    assert other is not None
    assert "path in Mt CO2/yr, target in tCO2e" in other.warnings[0]
    late = path_of(
        {**stated, "indexed": "yes"}, PathSeries(unit="1", values={2025: 1.0, 2030: 0.5})
    )
    assert late is not None
    assert np.isnan(late.values).all()
    assert "does not cover every year" in late.warnings[0]
    zero = path_of({**stated, "indexed": "yes"}, PathSeries(unit="1", values={2023: 0.0}))
    assert zero is not None
    assert zero.warnings == ("T: the path is 0 in 2023",)


def test_a_target_without_base_has_no_path_and_says_why() -> None:
    found = path_of({"form": "linear"}, scope="3")
    assert found is not None
    assert found.warnings == ("no figure of 2023: no emissions of scope 3",)
    assert np.isnan(found.values).all()


def test_growth_compounds_to_the_bits_of_a_running_product() -> None:
    growth = np.random.default_rng(1).uniform(-1.2, 0.5, 50)
    expected = np.cumprod(np.tile(np.maximum(1.0 + growth, 0.0), (7, 1)), axis=0)
    np.testing.assert_array_equal(compounded(growth, 7), expected)
