"""Scenarios, drivers and responses: one form each, in order, with the same years."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy import interp
from pydantic import ValidationError

from climrisk.domain.scenario import Driver, Response, Scenario, value_in
from tests.studies import make_scenario

PATH = {2020: 1.0, 2030: 2.0}


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({}, "found no series, allowed exactly one of path, models, quantiles, response"),
        ({"path": PATH, "response": "rain"}, "found path and response"),
        ({"path": {}}, "at least 1"),
        ({"quantiles": {"p50": PATH}}, "found one percentile, allowed two or more"),
        ({"quantiles": {"p5": PATH, "p05": PATH}}, "found a percentile twice"),
        ({"quantiles": {"p0": PATH, "p50": PATH}}, "String should match pattern"),
        ({"quantiles": {"p50": PATH, "p100": PATH}}, "String should match pattern"),
        ({"models": {"A": PATH, "B": {2020: 1.0}}}, "the same years in every path"),
        ({"path": {2020: float("nan")}}, "finite number"),
        ({"path": {20: 1.0}}, "greater than or equal to 1900"),
    ],
)
def test_drivers(stated: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Driver.model_validate({"unit": "1", **stated})


@pytest.mark.parametrize("form", ["models", "quantiles"])
def test_paths_of_every_form(form: str) -> None:
    other = {2020: 3.0, 2030: 4.0}
    names = ("A", "B") if form == "models" else ("p10", "p90")
    stated = Driver.model_validate(
        {"unit": "1", form: dict(zip(names, (PATH, other), strict=True))}
    )
    assert stated.paths() == (PATH, other)
    assert Driver.model_validate({"unit": "1", "path": PATH}).paths() == (PATH,)
    assert Driver.model_validate({"unit": "1", "response": "rain"}).paths() == ()


@pytest.mark.parametrize("points", [[(1, 1), (1, 2)], [(2, 1), (1, 2)]])
def test_points_of_a_response_are_in_order(points: Any) -> None:
    stated = {"title": "Rain", "driver": "warming", "unit": "1", "points": points}
    with pytest.raises(ValidationError, match="allowed: increasing"):
        Response.model_validate(stated)


def test_series_with_models_name_the_same_ones() -> None:
    one, two = ({"models": {"A": PATH, name: PATH}} for name in "BC")
    with pytest.raises(ValidationError, match="the same models in every series"):
        make_scenario("mixed", price=one, pace=two)
    assert isinstance(make_scenario("same", price=one, pace=one), Scenario)


@given(
    st.dictionaries(st.integers(1990, 2060), st.floats(-1e3, 1e3), min_size=1, max_size=6),
    st.integers(1980, 2070),
)
def test_value_in_is_linear_between_given_years_and_held_beyond(
    path: dict[int, float], year: int
) -> None:
    known = sorted(path)
    expected = interp(year, known, [path[one] for one in known])
    assert value_in(path, year) == pytest.approx(expected, abs=1e-9)
