"""Checks across declarations: each fault alone gives one finding with its place and its cure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from climrisk.domain.checks import Parts, check_parts
from climrisk.domain.finding import Finding
from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.domain.scenario import Response, Scenario
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_scenario,
    make_settings,
    once,
    poisson,
)

RAIN = Response.model_validate(
    {"title": "Rain", "driver": "warming", "unit": "1", "points": [(1, 1), (2, 3)]}
)


def link(driver: str = "price", acts_on: str = "severity", **how: Any) -> dict[str, Any]:
    how = how or {"form": "ratio", "elasticity": 1.0}
    return {"driver": driver, "acts_on": acts_on, **how}


def scenario(name: str = "flat", **changes: Any) -> Scenario:
    drivers = {"price": 2.0, "warming": 1.2, "rain": {"response": "rain"}}
    return make_scenario(name, **(drivers | changes))


LINKED = annual_risk(bernoulli(0.1), 1.0, links=[link(), link("rain")])
GAIN = make_item(poisson(2.0), {"a": cost(direction="favourable")}, kind="opportunity")


def parts(item: Item = LINKED, **changes: Any) -> Parts:
    whole = Parts(
        settings=make_settings(5, exposures={"plant": 1.0}, revenue_lines={"sales": 1.0}),
        items={"R": item, "O": GAIN},
        measures={},
        scenarios={"flat": scenario(), "other": scenario("other")},
        responses={"rain": RAIN},
    )
    return replace(whole, **changes)


def only(found: list[Finding]) -> tuple[str, str, str, str]:
    """Return file, dotted path, what was found and what is allowed of the only finding."""
    (one,) = found
    return one.file, ".".join(map(str, one.path)), one.found, one.allowed


def test_a_study_without_faults_has_no_findings() -> None:
    assert check_parts(parts()) == []


def horizons(**years: tuple[int, int]) -> dict[str, Any]:
    return {name: {"years": pair, "planning": "x"} for name, pair in years.items()}


@pytest.mark.parametrize(
    ("stated", "path", "found", "allowed"),
    [
        (horizons(a=(2023, 2025)), "horizons.a.years", "found 2023-2025", "within 2024-2028"),
        (horizons(a=(2024, 2029)), "horizons.a.years", "found 2024-2029", "within 2024-2028"),
        (
            horizons(a=(2024, 2026), b=(2026, 2028)),
            "horizons.b.years",
            "shares years with a",
            "disjoint",
        ),
        (horizons(all=(2024, 2026)), "horizons.all", "found 'all'", "another name"),
    ],
)
def test_horizons(stated: Any, path: str, found: str, allowed: str) -> None:
    file, place, what, cure = only(check_parts(parts(settings=make_settings(5, horizons=stated))))
    assert (file, place, what) == ("study.yaml", path, found)
    assert allowed in cure


def test_one_id_for_one_thing() -> None:
    settings = make_settings(5, exposures={"sales": 1.0}, revenue_lines={"sales": 1.0})
    file, place, what, _ = only(check_parts(parts(settings=settings)))
    assert (file, place, what) == (
        "study.yaml",
        "exposures.sales",
        "'sales' is a revenue line as well",
    )


@pytest.mark.parametrize(
    ("driver", "unit", "path", "found", "allowed"),
    [
        ("pricey", "1", "conversions.pricey", "unknown driver 'pricey'", "did you mean 'price'?"),
        ("price", "USD", "conversions.price.from_unit", "found 'USD'", "'1', the scenarios' unit"),
    ],
)
def test_conversions(driver: str, unit: str, path: str, found: str, allowed: str) -> None:
    step = {
        "from_unit": unit,
        "to_unit": "x",
        "inflation": {"value": 1.0},
        "exchange_rate": {"value": 1.0},
    }
    settings = make_settings(5, conversions={driver: step})
    file, place, what, cure = only(check_parts(parts(settings=settings)))
    assert (file, place, what) == ("study.yaml", path, found)
    assert allowed in cure


UP = {"form": "difference", "per_unit": 1.0}
TWO = {"a": cost(), "b": cost()}


@pytest.mark.parametrize(
    ("item", "path", "found", "allowed"),
    [
        (annual_risk(always(), 1.0, horizon="hole"), "horizon", "unknown horizon 'hole'",
         "did you mean 'whole'? allowed: whole"),
        (make_item(always(), {"a": cost(exposure="plants")}), "impact.a.exposure",
         "unknown exposure 'plants'", "did you mean 'plant'?"),
        (make_item(always(), {"a": cost(revenue_line="sails")}), "impact.a.revenue_line",
         "unknown revenue line 'sails'", "did you mean 'sales'?"),
        (make_item(always(), {"rate": cost()}), "impact.rate", "found 'rate'",
         "allowed: another name"),
        (annual_risk(always(), 1.0, frame={"conditions": "flot"}), "frame.conditions",
         "unknown scenario 'flot'", "did you mean 'flat'? allowed: base_year, flat, other"),
        (annual_risk(always(), 1.0, frame={"conditions": "flat", "period": (2022, 2024)}),
         "frame.period", "found 2022-2024", "within 2023-2028"),
        (annual_risk(always(), 1.0, frame={"conditions": "flat", "period": (2024, 2029)}),
         "frame.period", "found 2024-2029", "within 2023-2028"),
        (annual_risk(once((2023, 2025), 0.5), 1.0), "occurrence.window", "found 2023-2025",
         "within 2024-2028"),
        (annual_risk(once((2024, 2029), 0.5), 1.0), "occurrence.window", "found 2024-2029",
         "within 2024-2028"),
        (annual_risk(bernoulli(0.5), 1.0, links=[link(acts_on="rate")]), "links.0.acts_on",
         "unknown target 'rate'", "allowed: loss, probability, severity"),
        (annual_risk(poisson(0.5), 1.0, links=[link(acts_on="probability")]), "links.0.acts_on",
         "unknown target 'probability'", "allowed: loss, rate, severity"),
        (annual_risk(always(), 1.0, links=[link(acts_on="probability")]), "links.0.acts_on",
         "unknown target 'probability'", "allowed: loss, severity"),
        (make_item(always(), TWO, links=[link(**UP)]), "links.0.acts_on",
         "form difference on several impacts", "allowed: one of a, b"),
        (annual_risk(always(), 1.0, links=[link("prize")]), "links.0.driver",
         "unknown driver 'prize'", "did you mean 'price'?"),
        (annual_risk(always(), 1.0, links=[link(), link()]), "links.1", "the same link twice",
         "one link"),
        (annual_risk(poisson({"p5": 400.0, "p95": 800.0}), 1.0), "occurrence.rate",
         "events a year", "up to 500; state such an item as ongoing"),
    ],
)  # fmt: skip
def test_items(item: Item, path: str, found: str, allowed: str) -> None:
    file, place, what, cure = only(check_parts(parts(item)))
    assert (file, place) == ("register.yaml", f"items.R.{path}")
    assert found in what
    assert allowed in cure


@pytest.mark.parametrize("name", ["total", "risks", "acute", "carbon_cost"])
def test_items_keep_off_the_names_of_totals(name: str) -> None:
    file, place, what, _ = only(check_parts(parts(items={name: LINKED, "O": GAIN})))
    assert (file, place, what) == ("register.yaml", f"items.{name}", f"found {name!r}")


def test_links_that_are_right_for_their_occurrence() -> None:
    for item in (
        annual_risk(poisson(0.5), 1.0, links=[link(acts_on="rate"), link(acts_on="loss")]),
        annual_risk(once((2024, 2028), 0.5), 1.0, links=[link(acts_on="probability")]),
        annual_risk(always(), 1.0, links=[link(**UP), link()]),
        annual_risk(always(), 1.0, frame={"conditions": "base_year", "period": (2020, 2035)}),
    ):
        assert check_parts(parts(item)) == []


def measure(**changes: Any) -> Measure:
    stated = {"title": "M", "status": "planned", "start": 2024}
    return Measure.model_validate(stated | changes)


def effect(item: str, acts_on: str = "severity") -> dict[str, Any]:
    return {"item": item, "acts_on": acts_on, "share": 0.1}


@pytest.mark.parametrize(
    ("stated", "path", "found", "allowed"),
    [
        ({"start": 2023}, "start", "found 2023", "2024-2028 where planned"),
        ({"start": 2029}, "start", "found 2029", "2024-2028 where planned"),
        ({"reduces": [effect("Q")]}, "reduces.0.item", "unknown item 'Q'", "allowed: O, R"),
        ({"reduces": [effect("O")]}, "reduces.0.item", "O has kind opportunity", "acts on a risk"),
        ({"raises": [effect("R")]}, "raises.0.item", "R has kind risk", "raises on an opportunity"),
        ({"reduces": [effect("R", "rate")]}, "reduces.0.acts_on", "unknown target 'rate'",
         "loss, probability, severity"),
        ({"reduces": [effect("R"), effect("R")]}, "reduces.1", "the same effect twice",
         "one share"),
    ],
)  # fmt: skip
def test_measures(stated: Any, path: str, found: str, allowed: str) -> None:
    file, place, what, cure = only(check_parts(parts(measures={"M": measure(**stated)})))
    assert (file, place) == ("register.yaml", f"measures.M.{path}")
    assert found in what
    assert allowed in cure


def test_measures_may_act_on_several_targets_and_on_items_with_faults_of_their_own() -> None:
    several = [effect("R"), effect("R", "loss"), effect("R", "probability"), effect("broken")]
    whole = parts(
        measures={"M": measure(reduces=several), "E": measure(status="existing", start=2010)},
        unread_items=frozenset({"broken"}),
    )
    assert check_parts(whole) == []


def driver_finding(item: Item = LINKED, **changes: Any) -> tuple[str, str, str, str]:
    return only(check_parts(parts(item, **changes)))


def pair(reference: dict[str, Any] | None = None, other: dict[str, Any] | None = None) -> Any:
    return {"flat": scenario(**(reference or {})), "other": scenario("other", **(other or {}))}


def test_a_series_must_reach_the_last_year() -> None:
    short = {"price": {2023: 1.0, 2027: 1.0}}
    file, path, found, allowed = driver_finding(scenarios=pair(other=short))
    assert (file, path, found) == ("scenarios/other.yaml", "drivers.price", "series ends in 2027")
    assert "needed up to 2028" in allowed


def test_the_reference_must_begin_by_the_base_year_but_others_need_not() -> None:
    late = {"price": {2024: 1.0, 2050: 1.0}}
    assert check_parts(parts(scenarios=pair(other=late))) == []
    file, path, found, allowed = driver_finding(scenarios=pair(reference=late))
    assert (file, path, found) == ("scenarios/flat.yaml", "drivers.price", "series begins in 2024")
    assert "needed from 2023" in allowed


def test_a_response_needs_its_parent_and_its_points() -> None:
    short = {"warming": {2023: 1.0, 2027: 1.0}}
    assert driver_finding(scenarios=pair(other=short))[1:3] == (
        "drivers.warming",
        "series ends in 2027",
    )
    gone = {"rain": {"response": "reign"}}
    _, path, found, allowed = driver_finding(scenarios=pair(other=gone))
    assert (path, found) == ("drivers.rain.response", "unknown response 'reign'")
    assert "did you mean 'rain'?" in allowed


def test_every_scenario_has_the_models_of_the_reference() -> None:
    def models(*names: str) -> dict[str, Any]:
        return {"price": {"models": {name: {2023: 1.0, 2050: 2.0} for name in names}}}

    assert check_parts(parts(scenarios=pair(models("A", "B"), models("B", "A")))) == []
    found = driver_finding(scenarios=pair(models("A", "B"), models("A", "C")))
    assert found == (
        "scenarios/other.yaml",
        "drivers.price.models",
        "found A, C",
        "allowed: A, B, as in flat",
    )


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ({"price": {2020: -3.0, 2026: 3.0, 2050: 3.0}}, "whose base in 2023 is 0"),
        ({"price": {2020: -4.0, 2026: 2.0, 2050: 3.0}}, "whose base in 2023 is -1"),
        ({"price": {"models": {"A": {2023: 1.0, 2050: 1.0}, "B": {2023: 0.0, 2050: 1.0}}}},
         "whose base in 2023 is 0 in B"),
    ],
)  # fmt: skip
def test_a_ratio_needs_a_base_above_zero_in_every_model(
    reference: dict[str, Any], found: str
) -> None:
    item = annual_risk(always(), 1.0, links=[link()])
    file, path, what, allowed = driver_finding(item, scenarios={"flat": scenario(**reference)})
    assert (file, path) == ("register.yaml", "items.R.links.0.driver")
    assert what == f"ratio to price, {found}"
    assert "difference or level" in allowed
    without = annual_risk(always(), 1.0, links=[link(**UP)])
    assert check_parts(parts(without, scenarios={"flat": scenario(**reference)})) == []


def test_a_ratio_needs_a_driver_that_never_falls_below_zero() -> None:
    item = annual_risk(always(), 1.0, links=[link()])
    falling = {"price": {2023: 2.0, 2030: -5.0}}
    _, path, found, allowed = driver_finding(item, scenarios=pair(other=falling))
    assert path == "items.R.links.0.driver"
    assert found == "ratio to price, which is -3 in 2028 in other"
    assert "never falls below zero" in allowed


def test_a_ratio_to_a_response_needs_points_above_zero() -> None:
    dry = RAIN.model_copy(update={"points": ((1.0, 0.0), (2.0, 1.0))})
    item = annual_risk(always(), 1.0, links=[link("rain")])
    _, path, found, _ = driver_finding(item, responses={"rain": dry})
    assert (path, found) == ("items.R.links.0.driver", "ratio to rain, whose base in 2023 is 0")


def test_all_faults_come_at_once() -> None:
    broken = annual_risk(bernoulli(0.1), 1.0, horizon="x", links=[link("nothing"), link("idle")])
    whole = parts(broken, settings=make_settings(5, horizons=horizons(all=(2020, 2026))))
    assert len(check_parts(whole)) == 5


def test_without_the_reference_scenario_the_rest_is_still_checked() -> None:
    settings = make_settings(5, scenarios=("gone",))
    assert check_parts(parts(settings=settings)) == []
