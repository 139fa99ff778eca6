"""Measures: what they take off or add, from when, under which control, and what they cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

import climrisk
from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_settings,
    make_study,
    poisson,
)

YEARS = 4
DRAWS = 40_000


def measure(status: str = "planned", start: int | None = 2025, **changes: Any) -> Measure:
    return Measure.model_validate(
        {"title": "A measure", "status": status, "start": start, **changes}
    )


def reduces(acts_on: str, share: Any, item: str = "A") -> dict[str, Any]:
    return {"item": item, "acts_on": acts_on, "share": share}


def analysed(item: Item, draws: int = 2, **measures: Measure) -> xr.Dataset:
    study = make_study({"A": item}, make_settings(YEARS), measures=measures)
    return climrisk.analyse(study, draws=draws, seed=1, outputs=()).sel(scenario="flat")


def yearly(item: Item, control: str = "residual", draws: int = 2, **measures: Measure) -> Any:
    found = analysed(item, draws, **measures)["annual_mean"]
    return found.sel(control=control, subject="A", channel="net").to_numpy()


LOSS = annual_risk(always(), 10.0)


def test_a_planned_measure_works_from_its_start_and_only_under_residual() -> None:
    plan = measure(reduces=[reduces("severity", 0.3)])
    assert yearly(LOSS, M=plan) == pytest.approx([-10, -7, -7, -7])
    assert yearly(LOSS, "current", M=plan) == pytest.approx([-10] * YEARS)


def test_several_measures_compound() -> None:
    one = measure(reduces=[reduces("severity", 0.3)])
    two = measure(start=2026, reduces=[reduces("loss", 0.5)])
    assert yearly(LOSS, M=one, N=two) == pytest.approx([-10, -7, -3.5, -3.5])


def test_one_measure_may_act_on_severity_and_on_one_impact_with_shares_of_their_own() -> None:
    both = measure(start=2024, reduces=[reduces("severity", 0.5), reduces("loss", 0.2)])
    item = make_item(always(), {"loss": cost(10.0), "other": cost(100.0)})
    assert yearly(item, M=both) == pytest.approx([-4.0 - 50.0] * YEARS)


def test_raises_adds_a_share_to_an_opportunity() -> None:
    chance = make_item(always(), {"gain": cost(10.0, direction="favourable")}, kind="opportunity")
    plan = measure(raises=[reduces("gain", 0.3)])
    assert yearly(chance, M=plan) == pytest.approx([10, 13, 13, 13])


def test_existing_controls_count_only_where_the_estimate_was_made_without_them() -> None:
    control = measure("existing", start=None, reduces=[reduces("severity", 0.3)])
    assert yearly(LOSS, "current", M=control) == pytest.approx([-10] * YEARS)
    bare = annual_risk(always(), 10.0, frame={"given": "none"})
    for state in ("current", "residual"):
        assert yearly(bare, state, M=control) == pytest.approx([-7] * YEARS)


@pytest.mark.parametrize(
    ("occurrence", "acts_on", "before"),
    [(poisson(0.8), "rate", 0.8), (bernoulli(0.5), "probability", 0.5)],
)
def test_a_share_off_the_likelihood(occurrence: Any, acts_on: str, before: float) -> None:
    plan = measure(start=2024, reduces=[reduces(acts_on, 0.25)])
    item = annual_risk(occurrence, 1.0)
    expected = 0.75 * before
    error = np.sqrt(expected / DRAWS)
    assert np.all(np.abs(yearly(item, draws=DRAWS, M=plan) + expected) < 4 * error)


def test_a_share_off_a_hazard() -> None:
    once = {"type": "once", "window": (2024, 2027), "probability": 0.5, "lasts": "to_end"}
    plan = measure(start=2026, reduces=[reduces("probability", 0.4)])
    found = yearly(annual_risk(once, 1.0), draws=DRAWS, M=plan)
    expected = 1.0 - 0.5 ** (np.array([1.0, 2.0, 2.6, 3.2]) / 4.0)
    assert np.all(np.abs(found + expected) < 4 * np.sqrt(expected / DRAWS))


def test_a_raised_probability_stops_at_one() -> None:
    chance = annual_risk(bernoulli(0.9), 1.0, kind="opportunity")
    plan = measure(start=2024, raises=[reduces("probability", 0.5)])
    assert yearly(chance, draws=200, M=plan) == pytest.approx([-1.0] * YEARS)


def test_one_belief_of_a_measure_for_all_its_effects() -> None:
    """An uncertain share on severity and on rate: E[(1 - s)^2], not E[1 - s]^2."""
    share = {"family": "uniform", "low": 0.0, "high": 1.0}
    both = measure(start=2024, reduces=[reduces("severity", share), reduces("loss", share)])
    found = analysed(LOSS, DRAWS, M=both)
    figures = [
        found[name].sel(control="residual", subject="A", channel="net", horizon="whole")
        for name in ("mean", "mean_se")
    ]
    mean, error = (float(one) for one in figures)
    assert abs(mean + YEARS * 10.0 / 3.0) < 4 * error
    exact = found["exact_mean"].sel(control="residual", item="A", channel="net")
    assert exact.to_numpy() == pytest.approx([-YEARS * 10.0 / 3.0])


def test_what_measures_cost_is_their_own_subject() -> None:
    plan = measure(start=2025, capex=5.0, opex=0.5, reduces=[reduces("severity", 0.3)])
    old = measure("existing", start=2020, capex=99.0, opex=99.0)
    found = analysed(LOSS, M=plan, O=old)["annual_mean"].sel(channel="net")
    spent = found.sel(subject="measures")
    assert spent.sel(control="residual").to_numpy() == pytest.approx([0, -5.5, -0.5, -0.5])
    assert spent.sel(control="current").to_numpy() == pytest.approx([0] * YEARS)
    residual = found.sel(control="residual")
    before, total = residual.sel(subject="total_before_measures"), residual.sel(subject="total")
    assert before.to_numpy() == pytest.approx([-10, -7, -7, -7])
    assert total.to_numpy() == pytest.approx([-10, -12.5, -7.5, -7.5])


def test_costs_fall_on_operating_cost_alone() -> None:
    found = analysed(LOSS, M=measure(capex=5.0))["annual_mean"].sel(control="residual")
    of_measures = found.sel(subject="measures")
    assert of_measures.sel(channel="operating_cost").to_numpy()[1] == pytest.approx(-5.0)
    assert np.isnan(of_measures.sel(channel=["revenue", "asset_value"])).all()


def test_change_is_taken_from_the_base_year_under_the_same_control() -> None:
    plan = measure(capex=5.0, opex=0.5, reduces=[reduces("severity", 0.3)])
    change = analysed(LOSS, M=plan)["mean_change"].sel(channel="net")
    assert not change.any()
