from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from climrisk.batch.design import designed_runs
from climrisk.domain.batch import Batch

PRICE, RATE = "scenarios.*.drivers.carbon_price", "settings.discount_rate"


def batch(**stated: Any) -> Batch:
    return Batch.model_validate({"study": "shop", "draws": 10, **stated})


def words(stated: Batch) -> dict[str, dict[str, str]]:
    runs = designed_runs(stated).items()
    return {name: {path: one.words for path, one in run.items()} for name, run in runs}


def test_a_grid_holds_every_combination_beside_the_base_run() -> None:
    found = words(batch(vary={PRICE: {"scale": [0.5, 2]}, RATE: [0.06, 0.1]}))
    assert found == {
        "base": {},
        "r1": {PRICE: "x0.5", RATE: "0.06"},
        "r2": {PRICE: "x0.5", RATE: "0.1"},
        "r3": {PRICE: "x2", RATE: "0.06"},
        "r4": {PRICE: "x2", RATE: "0.1"},
    }


def test_zip_goes_side_by_side_and_a_single_value_with_all() -> None:
    vary = {PRICE: {"scale": [0.5, 2]}, RATE: [0.06, 0.1], "x.y": 3}
    assert words(batch(vary=vary, design="zip")) == {
        "base": {},
        "r1": {PRICE: "x0.5", RATE: "0.06", "x.y": "3"},
        "r2": {PRICE: "x2", RATE: "0.1", "x.y": "3"},
    }


def test_excluded_runs_are_left_out_and_included_ones_and_cases_added() -> None:
    found = words(
        batch(
            vary={PRICE: {"scale": [0.5, 2]}, RATE: [0.06, 0.1]},
            exclude=[{PRICE: {"scale": 2}, RATE: 0.1}],
            include=[{RATE: 0.2}],
            cases={"hot": {PRICE: {"scale": 4}}},
        )
    )
    assert list(found) == ["base", "r1", "r2", "r3", "r4", "hot"]
    assert found["r3"] == {PRICE: "x2", RATE: "0.06"}
    assert found["r4"] == {RATE: "0.2"}
    assert found["hot"] == {PRICE: "x4"}


def test_names_sort_as_they_count() -> None:
    found = list(words(batch(vary={RATE: [0.01 * number for number in range(12)]})))
    assert found[:3] == ["base", "r01", "r02"]
    assert found == sorted(found)


@pytest.mark.parametrize("points", [7, 16])
def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_input(points: int) -> None:
    vary = {PRICE: {"scale": {"low": 0.5, "high": 2.5}}, RATE: {"low": 0.0, "high": 0.1}}
    runs = list(designed_runs(batch(vary=vary, design="latin_hypercube", points=points)).values())
    assert len(runs) == points + 1
    for path, low, high in ((PRICE, 0.5, 2.5), (RATE, 0.0, 0.1)):
        values = [one[path].number for one in runs[1:]]
        places = (np.array(values, dtype=float) - low) / (high - low)
        assert sorted((places * points).astype(int)) == list(range(points))


def test_sobol_points_fill_every_square_of_equal_area_alike() -> None:
    """A (0, m, 2)-net: one point in each elementary interval (Niederreiter 1987)."""
    vary = {"a": {"low": 0.0, "high": 1.0}, "b": {"low": 0.0, "high": 1.0}}
    runs = list(designed_runs(batch(vary=vary, design="sobol", points=16)).values())[1:]
    points = np.array([[one["a"].number, one["b"].number] for one in runs], dtype=float)
    for across in (1, 2, 4, 8, 16):
        cells = np.floor(points * [across, 16 // across]).astype(int)
        assert len({tuple(cell) for cell in cells}) == 16


def test_a_sampled_design_chooses_stated_levels_alike_and_by_its_own_seed() -> None:
    stated = {"vary": {"a": ["x", "y"], RATE: {"low": 0.0, "high": 0.1}}, "points": 8}
    one = words(batch(**stated, design="latin_hypercube"))
    assert [run["a"] for run in list(one.values())[1:]].count("x") == 4
    assert one == words(batch(**stated, design="latin_hypercube", seed=9))
    assert one != words(batch(**stated, design="latin_hypercube", design_seed=9))


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"exclude": [{RATE: 0.3}], "vary": {RATE: [0.1]}}, "no run of the design has .* 0.3"),
        ({"cases": {"base": {RATE: 0.1}}}, "the name 'base' is taken, allowed: another"),
        (
            {"vary": {f"a{n}": list(range(10)) for n in range(6)}},
            "found 1,000,000 runs, allowed: 100,000",
        ),
    ],
)
def test_impossible_designs_are_refused(stated: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        designed_runs(batch(**stated))


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"vary": {RATE: {"scale": 2, "value": 3}}}, "found value and scale; allowed"),
        ({"vary": {RATE: {"low": 0.1}}}, "found one of low and high; allowed: both"),
        ({"vary": {RATE: {"low": 0.2, "high": 0.1}}, "design": "sobol", "points": 2}, "low < high"),
        ({"vary": {RATE: {"low": 0.1, "high": 0.2}}}, "is a range; allowed with design latin_hyp"),
        ({"vary": {RATE: {"scale": {"low": -1, "high": 2}}}}, "found scale from -1; allowed: 0"),
        ({"vary": {RATE: [0.1]}, "points": 3}, "points with design grid"),
        ({"vary": {RATE: [0.1]}, "design": "sobol"}, "design sobol without points"),
        ({"design": "sobol", "points": 4}, "design sobol without vary"),
        ({"vary": {RATE: [1]}, "design": "sobol", "points": 6}, "a power of two, such as 4 or 8"),
        ({"vary": {RATE: [1, 2], "a": [1, 2, 3]}, "design": "zip"}, "as many values for each"),
        ({"study": ["a", "a"]}, "found 'a' twice; allowed: each study once"),
        ({"study": []}, "found no study"),
        ({"cases": {"hot": {RATE: {"scale": 2, "value": 2}}}}, "found value and scale"),
    ],
)
def test_statements_that_contradict_themselves_are_refused(
    stated: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        batch(**stated)
