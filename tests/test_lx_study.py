"""The bundled LX study: complete, sourced, and true to the 2023 report where the report speaks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from climrisk.domain.base import Figure, Provenance
from climrisk.domain.inventory import Activity
from climrisk.domain.item import Item
from climrisk.domain.occurrence import Annual, Once
from climrisk.domain.quantities import Quantity
from climrisk.domain.scenario import Scenario
from climrisk.domain.settings import Settings
from climrisk.domain.site import Site
from climrisk.domain.study import Register
from climrisk.domain.target import Targets
from climrisk.domain.text import Words
from climrisk.names import LANGUAGES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "data" / "lx-technology-2023"
FILES = ("study.yaml", "register.yaml", "targets.yaml", "sites.csv", "inventory.csv")


def read_yaml(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def read_rows(name: str, numbers: dict[str, type]) -> list[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{key: numbers.get(key, str)(text) for key, text in row.items() if text} for row in rows]


SETTINGS = Settings.model_validate(read_yaml(FOLDER / "study.yaml"))
REGISTER = Register.model_validate(read_yaml(FOLDER / "register.yaml"))
TARGETS = Targets.model_validate(read_yaml(FOLDER / "targets.yaml"))
SITES = [
    Site.model_validate(row)
    for row in read_rows("sites.csv", {"latitude": float, "longitude": float, "employees": int})
]
INVENTORY = {
    row["source_id"]: Activity.model_validate(row)
    for row in read_rows("inventory.csv", {"year": int, "quantity": float})
}
SCENARIOS = {
    name: Scenario.model_validate(read_yaml(ROOT / "scenarios" / f"{name}.yaml"))
    for name in SETTINGS.scenarios
}
DECLARED = {"study": SETTINGS, "register": REGISTER, "targets": TARGETS}

AVOIDED = {
    "avoided_laptops": 5092.2,
    "avoided_desktops": 5215.9,
    "avoided_phones_tablets": 1149.0,
    "avoided_all_in_ones": 846.9,
    "avoided_servers": 532.6,
    "avoided_printers": 362.7,
    "avoided_others": 3853.4,
}
ALL_CHANNELS = {"revenue", "operating_cost", "asset_value"}
REPORTED_ARROWS = {
    "R-POL-1": ("policy_legal", ALL_CHANNELS),
    "R-MKT-1": ("market", ALL_CHANNELS),
    "R-TEC-1": ("technology", ALL_CHANNELS),
    "R-REP-1": ("reputation", ALL_CHANNELS),
    "R-ACU-1": ("acute", ALL_CHANNELS),
    "R-CHR-1": ("chronic", {"operating_cost", "asset_value"}),
    "O-PRM-1": ("products_markets", {"revenue", "asset_value"}),
    "O-RES-1": ("resource_efficiency", {"operating_cost"}),
    "O-ENE-1": ("energy_source", {"operating_cost"}),
    "O-ADP-1": ("resilience", {"operating_cost"}),
}


@dataclass(frozen=True)
class Found:
    """A model within a file, with the basis and source that it states or inherits."""

    path: str
    model: BaseModel
    basis: str | None
    source: str | None


def walk(
    value: Any, path: str, basis: str | None = None, source: str | None = None
) -> Iterator[Found]:
    if isinstance(value, BaseModel):
        if isinstance(value, Provenance):
            basis, source = value.basis or basis, value.source or source
        yield Found(path, value, basis, source)
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), f"{path}.{name}", basis, source)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from walk(part, f"{path}.{key}", basis, source)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from walk(part, f"{path}.{number}", basis, source)


FOUND = [found for name, model in DECLARED.items() for found in walk(model, name)]
NUMBERS = [found for found in FOUND if isinstance(found.model, Figure | Quantity)]
TEXTS = [found for found in FOUND if isinstance(found.model, Words)]


def test_the_report_s_ten_items_are_there() -> None:
    assert {name: item.category for name, item in REGISTER.items.items()} == {
        name: category for name, (category, _) in REPORTED_ARROWS.items()
    }
    assert all(item.assessed for item in REGISTER.items.values())


@pytest.mark.parametrize("name", REPORTED_ARROWS)
def test_channels_and_directions_are_the_report_s(name: str) -> None:
    item = REGISTER.items[name]
    assert {impact.channel for impact in item.impact.values()} == REPORTED_ARROWS[name][1]
    good_or_bad = "adverse" if name.startswith("R-") else "favourable"
    assert {impact.direction for impact in item.impact.values()} == {good_or_bad}
    assert item.kind == ("risk" if name.startswith("R-") else "opportunity")


def test_every_number_has_a_basis_and_a_source() -> None:
    assert len(NUMBERS) > 100
    assert [n.path for n in NUMBERS if n.basis is None or not n.source] == []
    rows = [*SITES, *INVENTORY.values()]
    assert all(row.basis and row.source for row in rows)


@pytest.mark.parametrize("name", REPORTED_ARROWS)
def test_every_impact_link_and_likelihood_gives_its_own_reason(name: str) -> None:
    item = REGISTER.items[name]
    stated: list[Provenance] = [*item.impact.values(), *item.links]
    if item.occurrence is not None and item.occurrence.likelihood is not None:
        stated.append(item.occurrence.likelihood)
    assert all(one.basis == "assumption" and one.source for one in stated)


def test_no_assumption_poses_as_reported() -> None:
    reported = {n.path: n.model for n in NUMBERS if n.basis == "reported"}
    values = {path: model.value for path, model in reported.items() if isinstance(model, Figure)}
    assert values == {
        "study.revenue_lines.recycling.value": 1286.4,
        "study.revenue_lines.subscription.value": 347.9,
        "study.revenue_lines.it_services.value": 158.8,
        "study.headline_figures.revenue": 1793.1,
        "study.headline_figures.gross_profit": 147.6,
        "study.intensities.ghg_per_area.stated": 0.04,
        "study.intensities.ghg_per_person.stated": 1.17,
        "study.intensities.electricity_per_area.stated": 52.9,
        "study.intensities.electricity_per_person.stated": 1449.68,
        "study.intensities.water_per_area.stated": 0.32,
        "study.intensities.water_per_person.stated": 8.69,
        "targets.targets.T-GHG.base_value": 0.04,
        "targets.targets.T-ELECTRICITY.base_value": 52.9,
        "targets.targets.T-WATER.base_value": 0.32,
    }
    assert set(values) == set(reported)
    assert all("LX 2023" in str(found.source) for found in FOUND if found.basis == "reported")


def test_reported_measures_carry_no_numbers() -> None:
    existing = [m for m in REGISTER.measures.values() if m.status == "existing"]
    assert existing
    assert all(m.basis == "reported" for m in existing)
    assert not any(m.capex or m.opex or m.reduces or m.raises for m in existing)


def test_texts_speak_three_languages() -> None:
    assert len(TEXTS) > 30
    missing = [
        t.path
        for t in TEXTS
        if isinstance(t.model, Words)
        and any(not t.model.stated(language) for language in LANGUAGES)
    ]
    assert missing == []


def test_chinese_scripts_are_not_mixed() -> None:
    traditional, simplified = set("與風險氣設備電費運資產價戶"), set("与风险气设备电费运资产价户")
    for found in TEXTS:
        assert isinstance(found.model, Words)
        assert not (simplified - traditional) & set(found.model.stated("zh-Hant") or "")
        assert not (traditional - simplified) & set(found.model.stated("zh-Hans") or "")


def test_notice_is_exact() -> None:
    assert SETTINGS.notice is not None
    assert SETTINGS.notice.en == (
        "Illustration by climrisk from the 2023 report, not the company's assessment; "
        "later reports not used."
    )


def test_revenue_lines_and_margins_add_up_to_the_reported_totals() -> None:
    lines = SETTINGS.revenue_lines.values()
    headline = SETTINGS.headline_figures
    assert sum(line.value.value for line in lines) == pytest.approx(headline["revenue"].value)
    profit = sum(line.value.value * line.margin.value for line in lines)
    assert profit == pytest.approx(headline["gross_profit"].value, abs=0.1)
    assert headline["gross_profit"].value == pytest.approx(1793.1 - 1645.5)


def test_thresholds_are_shares_of_gross_profit() -> None:
    profit = SETTINGS.headline_figures["gross_profit"].value
    assert SETTINGS.material_effect.value == pytest.approx(0.02 * profit, abs=0.1)
    assert SETTINGS.appetite.value == pytest.approx(0.10 * profit, abs=0.5)


def test_horizons_cover_the_years_once() -> None:
    years = [
        range(first, last + 1)
        for first, last in (horizon.years for horizon in SETTINGS.horizons.values())
    ]
    assert sorted(year for span in years for year in span) == list(SETTINGS.years)


def test_nine_sites_carry_the_reported_headcounts() -> None:
    assert {site.id: site.employees for site in SITES} == {
        "shenzhen": 302,
        "wuhan": 179,
        "guangzhou": 80,
        "shanghai": 129,
        "beijing": 136,
        "nanjing": 15,
        "hangzhou": 29,
        "chengdu": 41,
        "xiamen": 14,
    }
    elsewhere = 218
    listed = sum(site.employees or 0 for site in SITES)
    assert listed + elsewhere == INVENTORY["employees"].quantity == 1143


def test_sites_lie_in_china() -> None:
    assert all(18 < site.latitude < 54 and 73 < site.longitude < 135 for site in SITES)


def test_inventory_is_as_reported_and_derived_figures_say_so() -> None:
    quantities = {name: row.quantity for name, row in INVENTORY.items()}
    assert quantities == {
        "ghg_total": 1332.08,
        "electricity": 1656985.27,
        "petrol": 57715.53,
        "diesel": 13763.72,
        **AVOIDED,
        "refurbished_devices": 1339923,
        "water": 9930.3,
        "hazardous_waste": 0,
        "office_paper": 3.06,
        "packaging": 105,
        "floor_area": 31323,
        "employees": 1143,
    }
    assert [name for name, row in INVENTORY.items() if row.basis != "reported"] == ["floor_area"]
    assert INVENTORY["ghg_total"].scope == "1+2"
    assert {n for n, row in INVENTORY.items() if row.scope == "avoided"} == set(AVOIDED)
    assert sum(AVOIDED.values()) == pytest.approx(17052.7, abs=1e-9)


@pytest.mark.parametrize(
    ("source_id", "denominator", "reported", "decimals"),
    [
        ("ghg_total", "floor_area", 0.04, 2),
        ("electricity", "floor_area", 52.90, 2),
        ("water", "floor_area", 0.32, 2),
        ("ghg_total", "employees", 1.17, 2),
        ("electricity", "employees", 1449.68, 2),
        ("water", "employees", 8.69, 2),
    ],
)
def test_reported_intensities_follow(
    source_id: str, denominator: str, reported: float, decimals: int
) -> None:
    intensity = INVENTORY[source_id].quantity / INVENTORY[denominator].quantity
    assert round(intensity, decimals) == reported


def test_targets_are_the_report_s() -> None:
    targets = TARGETS.targets
    assert {name: (t.kind, t.limit, t.unit) for name, t in targets.items()} == {
        "T-GHG": ("not_exceed", 0.04, "tCO2e/m2"),
        "T-ELECTRICITY": ("not_exceed", 52.9, "kWh/m2"),
        "T-WATER": ("not_exceed", 0.32, "t/m2"),
        "T-WASTE": ("qualitative", None, None),
    }
    assert {(t.base_year, t.target_year) for t in targets.values()} == {(2023, 2025)}
    assert {t.stated_decimals for t in targets.values() if t.limit is not None} == {2}


def test_exposures_follow_from_the_figures_in_their_source_lines() -> None:
    revenue = {name: line.value.value for name, line in SETTINGS.revenue_lines.items()}
    recycled, rented, serviced = (revenue[n] for n in ("recycling", "subscription", "it_services"))
    activity = {name: row.quantity for name, row in INVENTORY.items()}
    derived = {
        "leased_devices": 1.5 * rented,
        "warehouse_stock": recycled * 0.96 * 30 / 365,
        "receivables": (60 * (rented + serviced) + 20 * recycled) / 365,
        "electricity_cost": activity["electricity"] * 0.80e-6,
        "vehicle_fuel_cost": (activity["petrol"] * 8.0 + activity["diesel"] * 7.5) * 1e-6,
        "logistics_cost": 0.02 * (recycled + rented),
        "staff_cost": activity["employees"] * 0.13,
    }
    assert set(SETTINGS.exposures) == set(derived)
    for name, value in derived.items():
        assert SETTINGS.exposures[name].value.value == pytest.approx(value, rel=0.03), name


def test_conversion_gives_the_price_that_links_see() -> None:
    conversion = SETTINGS.conversions["carbon_price"]
    units = {s.drivers["carbon_price"].unit for s in SCENARIOS.values()}
    assert units == {conversion.from_unit}
    steps = (conversion.inflation, conversion.exchange_rate)
    assert steps[0].value * steps[1].value == pytest.approx(9.85, abs=0.01)
    assert [step.verified for step in steps] == [False, False]


@pytest.mark.parametrize("name", REPORTED_ARROWS)
def test_references_of_an_item_exist(name: str) -> None:
    item = REGISTER.items[name]
    for link in item.links:
        assert link.acts_on in {"rate", "probability", "severity", *item.impact}
        assert all(link.driver in scenario.drivers for scenario in SCENARIOS.values())
    for impact in item.impact.values():
        known = SETTINGS.revenue_lines if impact.channel == "revenue" else SETTINGS.exposures
        assert impact.subject_to is None or impact.subject_to in known
    assert item.horizon in SETTINGS.horizons
    assert item.frame is not None
    assert item.frame.conditions in {"base_year", *SCENARIOS}


def test_no_ratio_on_a_series_that_reaches_zero() -> None:
    ratios = {k.driver for i in REGISTER.items.values() for k in i.links if k.form == "ratio"}
    for scenario in SCENARIOS.values():
        for driver in ratios:
            paths = scenario.drivers[driver].paths()
            assert all(value > 0 for path in paths for value in path.values()), driver


def test_the_register_shows_every_form_that_the_domain_offers() -> None:
    items = REGISTER.items.values()
    occurrences = [item.occurrence for item in items]
    assert {o.type for o in occurrences if o} == {"annual", "once", "ongoing"}
    assert {o.law for o in occurrences if isinstance(o, Annual)} == {"bernoulli", "poisson"}
    assert {o.lasts for o in occurrences if isinstance(o, Once)} == {2, "to_end"}
    assert {link.form for item in items for link in item.links} == {"ratio", "difference", "level"}
    assert {item.severity for item in items} == {"per_draw", "per_event"}


def test_measures_follow_the_report_s_two_lists_of_three() -> None:
    planned = [m for m in REGISTER.measures.values() if m.status == "planned" and not m.on_sources]
    against, for_ = [m for m in planned if m.reduces], [m for m in planned if m.raises]
    assert (len(against), len(for_), len(planned)) == (3, 3, 6)
    for measure in planned:
        assert measure.capex is not None
        assert measure.opex is not None
        assert measure.start in {2025, 2026}
        for effect in (*measure.reduces, *measure.raises):
            item = REGISTER.items[effect.item]
            assert effect.acts_on in {"rate", "probability", "severity", *item.impact}
            assert item.kind == ("risk" if measure.reduces else "opportunity")
    assert {e.item for m in planned for e in (*m.reduces, *m.raises)} == set(REGISTER.items)


def test_measures_on_sources_cost_something_and_say_what_is_counted_elsewhere() -> None:
    planned = [m for m in REGISTER.measures.values() if m.on_sources]
    assert {effect.source for m in planned for effect in m.on_sources} == {
        "electricity",
        "petrol",
        "diesel",
    }
    for measure in planned:
        assert measure.status == "planned"
        assert measure.capex is not None or measure.opex is not None
        assert measure.note is not None
        assert measure.reduces == measure.on_sources


def expected_in_the_base_year(item: Item) -> float:
    """Return the size of the expected effect on net in a year of occurrence chances [million]."""
    assert item.occurrence is not None
    likelihood = item.occurrence.likelihood
    often = 1.0 if likelihood is None else likelihood.mean()
    net = 0.0
    for impact in item.impact.values():
        size, margin = 1.0, 1.0
        if impact.share is not None and impact.subject_to is not None:
            size = SETTINGS.subject_value(impact.subject_to).value.value
        if impact.revenue_line is not None:
            margin = SETTINGS.revenue_lines[impact.revenue_line].margin.value
        written_up = impact.channel == "asset_value" and impact.direction == "favourable"
        net += 0.0 if written_up else impact.severity.mean() * size * margin
    return often * net


@pytest.mark.parametrize(
    "name", [n for n, i in REGISTER.items.items() if not isinstance(i.occurrence, Once)]
)
def test_yearly_effects_are_sane_beside_gross_profit(name: str) -> None:
    assert 0.05 < expected_in_the_base_year(REGISTER.items[name]) < 8


def test_own_energy_is_tiny() -> None:
    assert expected_in_the_base_year(REGISTER.items["O-ENE-1"]) < 0.2


def test_three_percentiles_are_not_so_far_apart_that_tails_explode() -> None:
    for found in NUMBERS:
        low, high = getattr(found.model, "p5", None), getattr(found.model, "p95", None)
        if hasattr(found.model, "p50") and low and high:
            assert high / low <= 15, found.path


@pytest.mark.parametrize("name", FILES)
def test_files_hold_neither_market_data_nor_machine_traces(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"stockanalysis|S&P|/work|/tmp|/root|TODO|\t", text)
