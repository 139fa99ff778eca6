from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from climrisk.domain.batch import Batch
from climrisk.domain.study import Study
from climrisk.domain.study_places import NoPlaceError, places
from climrisk.domain.varied import Setting, check_study, varied
from climrisk.io.run_folder import canonical_json
from climrisk.io.study import read_study


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study("lx-technology-2023")


def value(study: Study, path: str) -> Any:
    (place,) = places(study, path)
    return place.value


@pytest.mark.parametrize(
    ("path", "reaches"),
    [
        ("settings.discount_rate", ["settings.discount_rate"]),
        ("discount_rate.value", ["settings.discount_rate.value"]),
        ("exposures.office_lease.growth", ["settings.exposures.office_lease.growth"]),
        ("register.R-ACU-1.likelihood", ["register.R-ACU-1.occurrence.rate"]),
        ("register.R-MKT-1.likelihood", ["register.R-MKT-1.occurrence.probability"]),
        ("register.R-ACU-1.impact.stock.severity", ["register.R-ACU-1.impact.stock.share"]),
        ("register.R-ACU-1.links[2].elasticity", ["register.R-ACU-1.links.1.elasticity"]),
        ("measures.M-EMERGENCY.reduces.R-ACU-1.share", ["measures.M-EMERGENCY.reduces.0.share"]),
        (
            "scenarios.net_zero_2050.drivers.carbon_price.models.GCAM 6.0 NGFS.2030",
            ["scenarios.net_zero_2050.drivers.carbon_price.models.GCAM 6.0 NGFS.2030"],
        ),
    ],
)
def test_paths_lead_to_one_place(study: Study, path: str, reaches: list[str]) -> None:
    known = set(study.settings.exposures)
    path = path.replace("office_lease", sorted(known)[0])
    wanted = [one.replace("office_lease", sorted(known)[0]) for one in reaches]
    assert [".".join(map(str, one.path)) for one in places(study, path)] == wanted


def test_a_star_stands_for_every_entry_that_has_the_rest_of_the_path(study: Study) -> None:
    several = places(study, "scenarios.*.drivers.carbon_price")
    assert [one.path[1] for one in several] == list(study.scenarios)
    likely = places(study, "register.*.likelihood")
    stated = [
        i for i, one in study.register_.items() if one.occurrence and one.occurrence.likelihood
    ]
    assert [one.path[1] for one in likely] == stated
    assert 0 < len(stated) < len(study.register_)
    rows = [row for row in study.inventory if row.source_id == "electricity"]
    assert len(places(study, "inventory.electricity.quantity")) == len(rows) > 0


def test_severity_of_an_item_is_scaled_in_all_its_impacts_and_set_as_a_word(study: Study) -> None:
    found = places(study, "register.R-ACU-1.severity", to_scale=True)
    assert {one.path[-2] for one in found} == set(study.register_["R-ACU-1"].impact)
    assert value(study, "register.R-ACU-1.severity") == "per_event"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("scenarios.*.drivers.carbon_prise", "did you mean 'carbon_price' or 'carbon_price_world'"),
        ("register.R-ACU-2.likelihood", "no 'R-ACU-2' in .* did you mean 'R-ACU-1'"),
        ("register.R-ACU-1.links[9].elasticity", r"no '\[9\]' in"),
        ("registre.R-ACU-1.likelihood", "no 'registre' in"),
        ("settings.simulation.draws", "no 'simulation' in"),
        ("name", "no 'name' in"),
        (" ", "no place ' '; allowed: a path into the study"),
        ("register.R-ACU-1.likelihood.p5.p5", "no 'p5' in"),
    ],
)
def test_a_path_that_leads_nowhere_says_what_is_near(study: Study, path: str, message: str) -> None:
    with pytest.raises(NoPlaceError, match=message):
        places(study, path)


def test_a_study_in_which_nothing_changes_is_the_same_one(study: Study) -> None:
    rate = study.settings.discount_rate.value
    settings = {
        "discount_rate": Setting(value=rate),
        "register.*.likelihood": Setting(scale=1.0),
        "scenarios.*.drivers.carbon_price": Setting(scale=1.0),
    }
    assert varied(study, settings) is study


@pytest.mark.parametrize(
    ("path", "stated", "place"),
    [
        ("discount_rate", 0.06, "settings"),
        ("register.R-ACU-1.likelihood", {"scale": 2}, "register"),
        ("register.R-ACU-1.impact.stock.share", {"p5": 0.01, "p95": 0.1}, "register"),
        ("measures.*.start", 2030, "measures"),
        ("scenarios.net_zero_2050.drivers.carbon_price", {"scale": 2}, "scenarios"),
        ("inventory.electricity.quantity", {"scale": 1.1}, "inventory"),
        ("dependence", {}, "dependence"),
    ],
)
def test_one_part_changes_and_everything_else_is_as_it_was(
    study: Study, path: str, stated: Any, place: str
) -> None:
    changed = varied(study, {path: Setting.model_validate({"value": stated})
                             if place in ("register", "dependence") and "scale" not in stated
                             else Setting.model_validate(stated)})  # fmt: skip
    assert check_study(changed) == []
    before, after = study.model_dump(by_alias=True), changed.model_dump(by_alias=True)
    assert {name for name in before if before[name] != after[name]} == {place}
    # what is kept is what was simulated
    assert Study.model_validate_json(canonical_json(changed)) == changed


def test_a_changed_figure_is_an_assumption_and_says_what_was_done(study: Study) -> None:
    settings = {
        "discount_rate": Setting(value=0.06),
        "scenarios.*.drivers.carbon_price": Setting(scale=2.0),
        "register.R-ACU-1.links[1].elasticity": Setting(value=2.0),
    }
    changed = varied(study, settings)
    rate = changed.settings.discount_rate
    assert (rate.value, rate.basis) == (0.06, "assumption")
    assert rate.source == study.settings.discount_rate.source
    assert rate.note is not None
    assert rate.note.startswith("varied in a batch: 0.06; ")
    driver = changed.scenarios["net_zero_2050"].drivers["carbon_price"]
    assert (driver.basis, str(driver.note)[:21]) == ("assumption", "varied in a batch: x2")
    link = changed.register_["R-ACU-1"].links[0]
    assert str(link.note).startswith("varied in a batch: 2")


def test_settings_are_carried_out_in_order(study: Study) -> None:
    path = "scenarios.net_zero_2050.drivers.carbon_price.models.GCAM 6.0 NGFS.2030"
    settings = {path: Setting(value=100.0), "scenarios.*.drivers.carbon_price": Setting(scale=3.0)}
    assert value(varied(study, settings), path) == 300.0


@pytest.mark.parametrize(
    ("path", "stated", "message"),
    [
        ("discount_rate", 7, "found 7; allowed: a fraction"),
        ("register.R-ACU-1.impact.stock.share", {"scale": 40}, "allowed 0 to 1"),
        ("measures.*.start", "soon", "valid integer"),
        ("register.R-ACU-1.occurrence.law", "bernoulli", "bernoulli without probability"),
    ],
)
def test_what_the_study_may_not_state_is_refused(
    study: Study, path: str, stated: Any, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        varied(study, {path: Setting.model_validate(stated)})


def test_the_schema_of_a_batch_file_knows_the_short_forms() -> None:
    schema = Batch.model_json_schema()
    levels = schema["$defs"]["Levels"]["anyOf"]
    assert {"type": "array"} in levels
    assert levels[0]["properties"]["scale"]
    assert {"type": "object"} in schema["$defs"]["Setting"]["anyOf"]
