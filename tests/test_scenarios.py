"""The bundled scenarios and hazard responses: valid, complete, and equal to what was published."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from climrisk.domain.base import Figure, Provenance
from climrisk.domain.scenario import Driver, Response, Scenario
from climrisk.domain.text import Words

ROOT = Path(__file__).parents[1]
RESPONSES_FILE = ROOT / "data" / "reference" / "hazard_responses.yaml"
NGFS = ("net_zero_2050", "below_2c", "delayed_transition", "ndcs", "current_policies")
IDS = (*NGFS, "high_warming")
REFERENCE = "current_policies"
BASE_YEAR, END_YEAR = 2023, 2050
GCAM = "GCAM 6.0 NGFS"
MESSAGE = "MESSAGEix-GLOBIOM 2.0-M-R12-NGFS"
REMIND = "REMIND-MAgPIE 3.3-4.8"
HAZARDS = ("heavy_rain_frequency", "extreme_heat_frequency", "cyclone_wind")
DRIVERS = {
    "warming": "K above 1850-1900",
    "carbon_price": "US$2010/tCO2",
    "carbon_price_world": "US$2010/tCO2",
    "emissions_world": "Mt CO2-equiv/yr",
    "emissions_asia": "Mt CO2-equiv/yr",
    "grid_index": "ratio to 2023",
    "heavy_rain_frequency": "multiple of the 1850-1900 frequency",
    "extreme_heat_frequency": "multiple of the 1850-1900 frequency",
    "cyclone_wind": "ratio to the maximum wind at 1.0 K",
}


def read(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def file_of(scenario_id: str) -> Path:
    return ROOT / "scenarios" / f"{scenario_id}.yaml"


SCENARIOS = {i: Scenario.model_validate(read(file_of(i))) for i in IDS}
RESPONSES = TypeAdapter(dict[str, Response]).validate_python(read(RESPONSES_FILE)["responses"])
STATED = [(i, d) for i in IDS for d, driver in SCENARIOS[i].drivers.items() if driver.paths()]


def series(scenario_id: str, driver_id: str, label: str | None = None) -> dict[int, float]:
    """Return one path of a driver: its only one, or that of a model or percentile."""
    driver = SCENARIOS[scenario_id].drivers[driver_id]
    if label is None:
        assert driver.path is not None
        return driver.path
    return (driver.models or driver.quantiles or {})[label]


def in_three_languages(text: Words) -> bool:
    return bool(text.en and text.zh_hant and text.zh_hans and text.zh_hant != text.zh_hans)


def local_texts(scenario: Scenario) -> list[Words]:
    assert scenario.note is not None
    return [scenario.title, scenario.narrative, scenario.note, *scenario.key_assumptions]


def test_the_folder_holds_the_six_scenarios_and_each_id_is_its_file_stem() -> None:
    assert {path.stem for path in (ROOT / "scenarios").iterdir()} == set(IDS)
    assert {i: scenario.id for i, scenario in SCENARIOS.items()} == {i: i for i in IDS}


@pytest.mark.parametrize("scenario_id", IDS)
def test_every_scenario_has_the_same_drivers_in_the_same_units(scenario_id: str) -> None:
    drivers = SCENARIOS[scenario_id].drivers
    assert {i: driver.unit for i, driver in drivers.items()} == DRIVERS
    assert list(drivers) == list(DRIVERS)
    assert drivers["carbon_price"].region == "Asia (R5)"
    assert drivers["carbon_price_world"].region == "World"


@pytest.mark.parametrize("scenario_id", IDS)
def test_both_prices_come_from_the_same_three_models(scenario_id: str) -> None:
    for driver_id in ("carbon_price", "carbon_price_world"):
        models = SCENARIOS[scenario_id].drivers[driver_id].models
        assert models is not None
        assert list(models) == [GCAM, MESSAGE, REMIND]


@pytest.mark.parametrize(("scenario_id", "driver_id"), STATED)
def test_years_agree_within_a_series_and_ascend(scenario_id: str, driver_id: str) -> None:
    years = [list(path) for path in SCENARIOS[scenario_id].drivers[driver_id].paths()]
    assert all(these == years[0] for these in years)
    assert years[0] == sorted(years[0])


@pytest.mark.parametrize(("scenario_id", "driver_id"), STATED)
def test_joined_to_the_reference_at_the_base_year_every_path_covers_the_study(
    scenario_id: str, driver_id: str
) -> None:
    for path in SCENARIOS[REFERENCE].drivers[driver_id].paths():
        assert min(path) <= BASE_YEAR <= max(path)
    for path in SCENARIOS[scenario_id].drivers[driver_id].paths():
        later = [year for year in path if year > BASE_YEAR]
        assert later
        assert max(later) >= END_YEAR


@pytest.mark.parametrize("scenario_id", IDS)
def test_warming_percentiles_increase_in_every_year(scenario_id: str) -> None:
    quantiles = SCENARIOS[scenario_id].drivers["warming"].quantiles
    assert quantiles is not None
    labels = ["p5", "p50", "p95"] if scenario_id == "high_warming" else ["p10", "p50", "p90"]
    assert list(quantiles) == labels
    assert (np.diff([list(path.values()) for path in quantiles.values()], axis=0) > 0).all()


@pytest.mark.parametrize("scenario_id", IDS)
def test_median_warming_for_readers_is_that_of_the_series(scenario_id: str) -> None:
    warming = SCENARIOS[scenario_id].warming
    median = series(scenario_id, "warming", "p50")
    assert warming.at_2050.value == median[2050]
    assert warming.peak.value == max(*median.values(), warming.median_2100.value)
    if scenario_id != "ndcs":  # its series ends in 2050, where p10 and p90 end
        assert warming.median_2100.value == median[max(median)]


PUBLISHED = [
    ("net_zero_2050", "carbon_price", GCAM, 2030, 95.05),
    ("net_zero_2050", "carbon_price", MESSAGE, 2030, 247.58),
    ("net_zero_2050", "carbon_price_world", REMIND, 2050, 748.80),
    ("below_2c", "carbon_price", REMIND, 2030, 21.25),
    ("delayed_transition", "carbon_price", GCAM, 2035, 66.87),
    ("ndcs", "carbon_price_world", REMIND, 2030, 84.46),
    ("current_policies", "carbon_price", REMIND, 2020, 4.84),
    ("current_policies", "carbon_price_world", MESSAGE, 2050, 4.00),
    ("net_zero_2050", "warming", "p50", 2050, 1.690),
    ("net_zero_2050", "warming", "p90", 2100, 2.024),
    ("below_2c", "warming", "p10", 2050, 1.410),
    ("delayed_transition", "warming", "p90", 2040, 2.082),
    ("ndcs", "warming", "p50", 2050, 1.836),
    ("current_policies", "warming", "p50", 2100, 2.754),
    ("high_warming", "warming", "p95", 2090, 5.7),
    ("net_zero_2050", "emissions_world", None, 2050, 13380),
    ("current_policies", "emissions_asia", None, 2020, 25358),
]


@pytest.mark.parametrize(("scenario_id", "driver_id", "label", "year", "value"), PUBLISHED)
def test_values_are_the_published_ones(
    scenario_id: str, driver_id: str, label: str | None, year: int, value: float
) -> None:
    assert series(scenario_id, driver_id, label)[year] == value


@pytest.mark.parametrize("scenario_id", NGFS)
def test_years_that_a_model_or_percentile_lacks_are_left_out(scenario_id: str) -> None:
    lacks_2020, lacks_2100 = scenario_id == "net_zero_2050", scenario_id == "ndcs"
    assert min(series(scenario_id, "carbon_price", GCAM)) == (2025 if lacks_2020 else 2020)
    assert min(series(scenario_id, "carbon_price_world", GCAM)) == 2020
    assert max(series(scenario_id, "warming", "p50")) == (2050 if lacks_2100 else 2100)


@pytest.mark.parametrize("scenario_id", IDS)
def test_grid_index_is_asian_emissions_over_those_of_the_reference_in_2023(
    scenario_id: str,
) -> None:
    reference = series(REFERENCE, "emissions_asia")
    base = np.interp(BASE_YEAR, list(reference), list(reference.values()))
    index = series(scenario_id, "grid_index")
    emissions = series(scenario_id, "emissions_asia")
    assert index[BASE_YEAR] == 1.0
    assert list(index) == [BASE_YEAR, *range(2025, 2051, 5)]
    for year in range(2025, 2051, 5):
        assert index[year] == round(emissions[year] / base, 4)
    assert SCENARIOS[scenario_id].drivers["grid_index"].basis == "assumption"


def test_until_2030_the_delayed_transition_is_priced_like_current_policies() -> None:
    for driver_id in ("carbon_price", "carbon_price_world"):
        for model in (GCAM, MESSAGE, REMIND):
            delayed = series("delayed_transition", driver_id, model)
            current = series("current_policies", driver_id, model)
            assert [delayed[y] for y in (2025, 2030)] == [current[y] for y in (2025, 2030)]


def test_high_warming_borrows_price_emissions_and_grid_and_says_so() -> None:
    high, current = SCENARIOS["high_warming"], SCENARIOS["current_policies"]
    assert high.basis == "assumption"
    for driver_id in DRIVERS.keys() - {"warming", *HAZARDS}:
        driver = high.drivers[driver_id]
        assert driver.paths() == current.drivers[driver_id].paths()
        assert driver.basis == "assumption"
        assert driver.note is not None
        assert driver.note.startswith("Copied from current_policies.")


def test_one_scenario_has_a_median_within_1_5_kelvin_in_2100() -> None:
    within = [i for i, s in SCENARIOS.items() if s.warming.median_2100.value <= 1.5]
    assert within == ["net_zero_2050"]


@pytest.mark.parametrize("scenario_id", IDS)
def test_texts_are_in_three_languages(scenario_id: str) -> None:
    for text in local_texts(SCENARIOS[scenario_id]):
        assert in_three_languages(text), text
        for chinese in (text.zh_hant, text.zh_hans):
            assert chinese is not None
            assert not re.search(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]", chinese)


@pytest.mark.parametrize("scenario_id", IDS)
def test_narrative_and_key_assumptions_have_a_readable_length(scenario_id: str) -> None:
    scenario = SCENARIOS[scenario_id]
    assert scenario.narrative.en is not None
    assert 60 <= len(scenario.narrative.en.split()) <= 110
    assert 4 <= len(scenario.key_assumptions) <= 6


@pytest.mark.parametrize("scenario_id", IDS)
def test_every_figure_has_a_basis_a_source_and_a_note(scenario_id: str) -> None:
    scenario = SCENARIOS[scenario_id]
    warming = scenario.warming
    figures: list[Figure] = [warming.at_2050, warming.peak, warming.median_2100]
    stated: list[Provenance] = [*figures, *scenario.drivers.values()]
    assert all(p.basis and p.source and p.note for p in stated)


@pytest.mark.parametrize("scenario_id", NGFS)
def test_ngfs_scenarios_name_release_and_price_base(scenario_id: str) -> None:
    scenario = SCENARIOS[scenario_id]
    assert scenario.vintage == "NGFS Phase V, November 2024"
    assert scenario.price_base == "US$2010"
    assert scenario.basis == "reference"


@pytest.mark.parametrize("scenario_id", IDS)
def test_the_header_states_extract_terms_and_what_is_left_out(scenario_id: str) -> None:
    header = file_of(scenario_id).read_text(encoding="utf-8").split("schema:")[0]
    assert "small attributed extract" in header
    assert "NGFS Scenario Explorer" in header
    assert "was retracted on 3 December 2025" in header


@pytest.mark.parametrize("scenario_id", IDS)
def test_nothing_of_the_retracted_physical_losses_is_used(scenario_id: str) -> None:
    allowed = ("Price|Carbon", "Emissions|Kyoto Gases", "Surface Temperature (GSAT)", "AR6 WGI")
    for driver_id, driver in SCENARIOS[scenario_id].drivers.items():
        told = f"{driver_id} {driver.unit} {driver.source} {driver.note}"
        assert not re.search(r"GDP|damage|loss|chronic", told, re.IGNORECASE)
        assert driver_id == "cyclone_wind" or any(variable in told for variable in allowed)


@pytest.mark.parametrize("scenario_id", IDS)
def test_secondary_copies_say_so_and_claim_no_check(scenario_id: str) -> None:
    for driver in SCENARIOS[scenario_id].drivers.values():
        assert driver.verified is (False if driver.response else None)
        if driver.basis == "reference":
            note = (driver.note or "").lower()
            assert "not compared with" in note or "only the present-day value" in note


def drivers_with_response() -> list[tuple[str, Driver]]:
    return [(i, s.drivers[h]) for i, s in SCENARIOS.items() for h in HAZARDS]


@pytest.mark.parametrize(("scenario_id", "driver"), drivers_with_response())
def test_hazards_follow_the_bundled_responses(scenario_id: str, driver: Driver) -> None:
    assert driver.response in RESPONSES
    response = RESPONSES[driver.response]
    assert response.driver in SCENARIOS[scenario_id].drivers
    assert driver.unit == response.unit
    assert driver.verified is response.verified is False


def test_responses_are_those_of_ar6_and_of_the_cyclone_assessment() -> None:
    assert read(RESPONSES_FILE)["schema"] == 1
    assert {i: dict(response.points) for i, response in RESPONSES.items()} == {
        "heavy_rain_frequency": {1.0: 1.3, 1.5: 1.5, 2.0: 1.7, 4.0: 2.7},
        "extreme_heat_frequency": {1.0: 2.8, 1.5: 4.1, 2.0: 5.6, 4.0: 9.4},
        "cyclone_wind": {1.0: 1.00, 2.0: 1.05},
    }


@pytest.mark.parametrize("hazard", HAZARDS)
def test_each_response_states_a_range_around_its_values(hazard: str) -> None:
    response = RESPONSES[hazard]
    note = response.note or ""
    ranges = re.findall(r"(\d\.\d+)-(\d\.\d+)\s+at\s+(\d\.\d) K", note)
    assert ranges
    for low, high, at in ranges:
        assert float(low) < dict(response.points)[float(at)] < float(high)
    assert in_three_languages(response.title)
    assert "unverified" in note


@pytest.mark.parametrize("scenario_id", IDS)
def test_a_scenario_survives_json(scenario_id: str) -> None:
    scenario = SCENARIOS[scenario_id]
    assert Scenario.model_validate_json(scenario.model_dump_json(by_alias=True)) == scenario
