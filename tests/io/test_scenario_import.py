"""A scenario of one's own from a download: values, sources, and every fault at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from climrisk.domain.scenario import Scenario
from climrisk.errors import InvalidStudyError
from climrisk.io.iamc import WideTable, read_wide_file
from climrisk.io.scenario_import import imported_scenario, read_import, scenario_text
from climrisk.io.yaml_tree import read_yaml
from tests.io.iamc_tables import bundled_scenarios, exported, write_csv

MODELS = ["GCAM 6.0 NGFS", "MESSAGEix-GLOBIOM 2.0-M-R12-NGFS", "REMIND-MAgPIE 3.3-4.8"]
GSAT = "AR6 climate diagnostics|Surface Temperature (GSAT)|MAGICCv7.5.3|{}.0th Percentile"
PRICE = {
    "variable": "Price|Carbon",
    "models": MODELS,
    "region": "World",
    "unit": "US$2010/t CO2",
    "written_as": "US$2010/tCO2",
}
WARMING = {
    "quantiles": {f"p{n}": GSAT.format(n) for n in (10, 50, 90)},
    "models": [MODELS[1]],
    "region": "World",
    "unit": "K",
    "written_as": "K above 1850-1900",
}


def stated(**changes: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "id": "own_world",
        "like": "net_zero_2050",
        "scenario": "Below 2°C",
        "retrieved": "2026-11-22",
        "publisher": "NGFS Scenario Explorer hosted by IIASA",
        "vintage": "NGFS Phase V, November 2024",
        "price_base": "US$2010",
        "title": "World prices",
        "drivers": {"carbon_price": PRICE, "warming": WARMING},
    } | changes


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> WideTable:
    return read_wide_file(write_csv(tmp_path_factory.mktemp("iamc") / "own.csv", exported()))


def made(tmp_path: Path, table: WideTable, **changes: Any) -> Scenario:
    asked = tmp_path / "wanted.yaml"
    asked.write_text(yaml.safe_dump(stated(**changes), allow_unicode=True), encoding="utf-8")
    like = bundled_scenarios()["net_zero_2050"]
    return imported_scenario(read_import(asked), table, like)


def test_values_texts_and_sources(tmp_path: Path, table: WideTable) -> None:
    found, shelf = made(tmp_path, table), bundled_scenarios()
    theirs, like = shelf["below_2c"], shelf["net_zero_2050"]
    assert found.drivers["carbon_price"].models == theirs.drivers["carbon_price_world"].models
    assert found.drivers["warming"].quantiles == theirs.drivers["warming"].quantiles
    assert found.drivers["emissions_world"] == like.drivers["emissions_world"]
    assert (found.id, found.title.best(), found.narrative) == (
        "own_world",
        "World prices",
        like.narrative,
    )
    p50 = (theirs.drivers["warming"].quantiles or {})["p50"]
    warming = found.warming
    assert (warming.at_2050.value, warming.median_2100.value) == (p50[2050], p50[2100])
    assert warming.peak.value == max(p50.values())
    source = found.drivers["carbon_price"].source or ""
    for part in (
        "own.csv",
        table.sha256,
        "2026-11-22",
        "Below 2°C; World; Price|Carbon; US$2010/t",
    ):
        assert part in source
    assert all(model in source for model in MODELS)
    assert found.drivers["carbon_price"].unit == "US$2010/tCO2"


def test_the_written_file_is_the_scenario(tmp_path: Path, table: WideTable) -> None:
    found = made(tmp_path, table)
    text = scenario_text(found)
    tree = read_yaml(text, "own_world.yaml")
    assert (tree.faults, tree.complete) == ((), True)
    assert Scenario.model_validate(tree.data) == found
    assert text.startswith("schema: 1\nid: own_world\n")


def test_one_model_is_one_path_and_years_can_be_cut(tmp_path: Path, table: WideTable) -> None:
    one = PRICE | {"models": MODELS[:1], "years": [2025, 2040]}
    found = made(tmp_path, table, drivers={"price_here": one}).drivers["price_here"]
    assert found.path is not None
    assert sorted(found.path) == [2025, 2030, 2035, 2040]


def test_regions_may_be_named_by_model(tmp_path: Path, table: WideTable) -> None:
    regions = dict(zip(MODELS, ("World", "Asia (R5)", "World"), strict=True))
    drivers = {"carbon_price": PRICE | {"region": regions}}
    found = made(tmp_path, table, drivers=drivers).drivers["carbon_price"]
    shelf = bundled_scenarios()["below_2c"].drivers
    asia, world = shelf["carbon_price"].models or {}, shelf["carbon_price_world"].models or {}
    assert found.models == {
        MODELS[0]: world[MODELS[0]],
        MODELS[1]: asia[MODELS[1]],
        MODELS[2]: world[MODELS[2]],
    }


def test_rows_that_are_missing_or_in_another_unit_are_told_at_once(
    tmp_path: Path, table: WideTable
) -> None:
    drivers = {
        "carbon_price": PRICE | {"unit": "EUR2020/t CO2"},
        "warming": WARMING | {"region": "Wrld"},
    }
    with pytest.raises(InvalidStudyError) as refused:
        made(tmp_path, table, drivers=drivers)
    texts = [str(fault) for fault in refused.value.faults]
    assert len(texts) == len(MODELS) + 3
    assert sum("the file has no region 'Wrld'; did you mean 'World'?" in one for one in texts) == 3
    units = [one for one in texts if "drivers.carbon_price.unit: EUR2020/t CO2, but line" in one]
    assert len(units) == len(MODELS)
    assert all("wanted.yaml:" in one for one in texts)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"drivers": {"p": PRICE | {"variable": None}}}, "exactly one of variable, quantiles"),
        ({"drivers": {"w": WARMING | {"models": MODELS}}}, "allowed: one beside quantiles"),
        ({"drivers": {"p": PRICE | {"region": {"GCAM": "World"}}}}, "a region for each model"),
        ({"drivers": {"p": PRICE | {"years": [2050, 2020]}}}, "the first before the last"),
        ({"drivers": {}}, "drivers: found an empty mapping; allowed: 1 or more entries"),
        ({"id": "../world"}, "id: .*allowed: an id: a letter"),
        ({"retrieved": "yesterday"}, "retrieved: "),
        ({"colour": "red"}, "colour: unknown key"),
    ],
)
def test_what_is_asked_wrongly_is_told_with_its_line(
    tmp_path: Path, table: WideTable, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidStudyError, match=reason) as refused:
        made(tmp_path, table, **changes)
    assert all(fault.file == "wanted.yaml" and fault.line for fault in refused.value.faults)


def test_models_must_fit_together(tmp_path: Path, table: WideTable) -> None:
    drivers = {"carbon_price": PRICE | {"models": MODELS[:2]}}
    with pytest.raises(InvalidStudyError, match="drivers with different models: carbon_price has"):
        made(tmp_path, table, drivers=drivers)


def test_rows_must_have_the_same_years(tmp_path: Path) -> None:
    rows = exported()
    del rows[("GCAM 6.0 NGFS", "Below 2°C", "World", "Price|Carbon", "US$2010/t CO2")][2030]
    table = read_wide_file(write_csv(tmp_path / "own.csv", rows))
    with pytest.raises(InvalidStudyError, match=r"GCAM 6\.0 NGFS lacks 2030"):
        made(tmp_path, table)
