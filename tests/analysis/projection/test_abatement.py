"""Measures on sources: efficiency, own power, vans, green power; and what a tonne costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from climrisk.analysis.projection import project
from tests.emitting import emitting_study
from tests.studies import BASE_YEAR, z_score

TOTAL = "1+2 location-based/all/all/all"
MARKET = "1+2 market-based/all/all/all"


def measure(*effects: dict[str, Any], start: int = BASE_YEAR + 2, **more: Any) -> dict[str, Any]:
    stated = {"title": "A measure", "status": "planned", "start": start, "reduces": effects}
    return {**stated, **more}


def run(draws: int = 2, projection: Any = None, **measures: Any) -> xr.Dataset:
    study = emitting_study(projection, parts={"measures": measures}, discount_rate={"value": 0.05})
    return project(study, draws=draws)


def emitted(results: xr.Dataset, line: str = TOTAL, control: str = "residual") -> np.ndarray:
    place = {"emission_line": line, "scenario": "flat", "control": control}
    return results["emission_mean"].sel(place).to_numpy()


def test_efficiency_takes_its_share_from_its_start_year() -> None:
    results = run(M=measure({"source": "power", "share": 0.25}))
    assert emitted(results) == pytest.approx([500.0, 400.0, 400.0, 400.0], rel=1e-12)
    assert emitted(results, control="current") == pytest.approx([500.0] * 4, rel=1e-12)


def test_several_measures_compound() -> None:
    half = {"source": "power", "share": 0.5}
    results = run(A=measure(half), B=measure(half, start=BASE_YEAR + 3))
    assert emitted(results) == pytest.approx([500.0, 300.0, 200.0, 200.0], rel=1e-12)


def test_own_solar_power_takes_at_most_what_is_used() -> None:
    small = run(M=measure({"source": "power", "amount": 200_000.0}))
    large = run(M=measure({"source": "power", "amount": 9_000_000.0}))
    assert emitted(small) == pytest.approx([500.0, 400.0, 400.0, 400.0], rel=1e-12)
    assert emitted(large) == pytest.approx([500.0, 100.0, 100.0, 100.0], rel=1e-12)


def test_electric_vans_move_petrol_to_power() -> None:
    vans = {"source": "petrol", "share": 0.5, "replaced_by": {"source": "power", "per_unit": 2.4}}
    results = run(M=measure(vans))
    # 25,000 L less at 2 kg, 60,000 kWh more at 0.5 kg
    assert emitted(results) == pytest.approx([500.0, 480.0, 480.0, 480.0], rel=1e-12)


def test_green_power_lowers_the_market_based_figure_alone() -> None:
    green = {"source": "power", "acts_on": "market_factor", "share": 0.75}
    results = run(M=measure(green))
    assert emitted(results) == pytest.approx([500.0] * 4, rel=1e-12)
    assert emitted(results, MARKET) == pytest.approx([500.0, 200.0, 200.0, 200.0], rel=1e-12)


def test_what_a_tonne_costs() -> None:
    """100 t a year for three years; capex 2 in the second year and opex 0.1 from it, at 5 %."""
    results = run(
        projection={"power": {"unit_cost": {"value": 0.5}}},
        M=measure({"source": "power", "share": 0.25}, capex=2.0, opex=0.1),
    )
    cost = 2.0 / 1.05**2 + 0.1 * sum(1.05**-age for age in (2, 3, 4))
    saving = 200_000.0 * 0.5 / 1e6 * sum(1.05**-age for age in (2, 3, 4))
    found = results["abatement"].sel(abating_measure="M", scenario="flat", scope_2="location")
    assert found.sel(abatement_statistic="abated") == pytest.approx(300.0, rel=1e-9)
    assert found.sel(abatement_statistic="cost") == pytest.approx(cost, rel=1e-9)
    assert found.sel(abatement_statistic="saving") == pytest.approx(saving, rel=1e-9)
    per_tonne = found.sel(abatement_statistic="cost_per_tonne")
    assert per_tonne == pytest.approx(cost * 1e6 / 300.0, rel=1e-9)
    after = found.sel(abatement_statistic="cost_after_saving_per_tonne")
    assert after == pytest.approx((cost - saving) * 1e6 / 300.0, rel=1e-9)


def test_the_ratio_s_error_is_that_of_repeated_runs() -> None:
    stated = measure(
        {"source": "power", "share": {"p5": 0.1, "p95": 0.4}}, capex={"p5": 1, "p95": 3}
    )
    study = emitting_study(parts={"measures": {"M": stated}})
    place = {"abating_measure": "M", "scenario": "flat", "scope_2": "location",
             "abatement_statistic": "cost_per_tonne"}  # fmt: skip
    runs = [project(study, draws=400, seed=seed) for seed in range(25)]
    found = np.array([float(one["abatement"].sel(place)) for one in runs])
    told = np.array([float(one["abatement_se"].sel(place)) for one in runs])
    # the spread of 25 runs is known to 1 / sqrt(48) = 14 %; four of those are allowed
    assert found.std(ddof=1) == pytest.approx(told.mean(), rel=0.58)


def test_a_measure_that_abates_nothing_has_no_cost_of_a_tonne() -> None:
    green = {"source": "power", "acts_on": "market_factor", "share": 0.5}
    results = run(M=measure(green, opex=0.1))
    found = results["abatement"].sel(abating_measure="M", scenario="flat")
    assert np.isnan(found.sel(scope_2="location", abatement_statistic="cost_per_tonne"))
    assert found.sel(scope_2="market", abatement_statistic="abated") == pytest.approx(600.0)


def test_a_measure_works_alike_on_items_and_sources() -> None:
    """The share is one quantile of the measure: the mean over draws is that of its law."""
    results = run(
        draws=4000, M=measure({"source": "power", "share": {"low": 0, "mode": 0.1, "high": 0.5}})
    )
    taken = 1.0 - emitted(results, "2 location-based/all/all/power")[-1] / 400.0
    error = float(
        results["emission_mean_se"].sel(
            emission_line="2 location-based/all/all/power", control="residual", scenario="flat"
        )[-1]
    )
    assert z_score(taken, (0.0 + 4 * 0.1 + 0.5) / 6.0, error / 400.0) < 4.0
