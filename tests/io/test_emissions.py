from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.errors import InvalidStudyError
from climrisk.io.factor_sets import FactorShelf
from climrisk.io.study import read_study
from climrisk.paths import bundled
from tests.small_study import edited, small_study

BUNDLED = sorted(file.stem for file in (bundled("data") / "reference/emission_factors").iterdir())
SET = """\
schema: 1
id: own
title: Our own
vintage: "2023"
region: here
gases: [CO2]
terms: ours
factors:
  electricity: {value: 0.5, unit: kgCO2e/kWh}
"""
HEAD = "source_id,site,year,quantity,unit,scope,basis,source\n"


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(InvalidStudyError) as caught:
        read_study(folder)
    return [str(fault) for fault in caught.value.faults]


def study_with(
    tmp_path: Path,
    inventory: str = HEAD + "electricity,all,2023,1000,kWh,2,reported,meter\n",
    factors: str | None = SET,
    emissions: str = "emissions: {factors: [own]}",
    targets: str | None = None,
) -> Path:
    folder = small_study(tmp_path / "study")
    study = folder / "study.yaml"
    study.write_text(f"{study.read_text(encoding='utf-8')}\n{emissions}\n", encoding="utf-8")
    (folder / "inventory.csv").write_text(inventory, encoding="utf-8")
    if factors is not None:
        (folder / "emission_factors").mkdir()
        (folder / "emission_factors" / "own.yaml").write_text(factors, encoding="utf-8")
    if targets is not None:
        (folder / "targets.yaml").write_text(targets, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_set_is_whole_and_sourced(name: str) -> None:
    shelf = FactorShelf(Path("nowhere"))
    one = shelf.sets_of(name)[name]
    assert shelf.faults == []
    assert one.basis == "reference"
    assert one.source
    assert one.terms
    assert one.title.zh_hant
    assert one.title.zh_hans


def test_a_study_brings_its_own_factors(tmp_path: Path) -> None:
    study = read_study(study_with(tmp_path))
    assert list(study.factor_sets) == ["own"]
    assert study.factor_sets["own"].factors["electricity"].value == 0.5


def test_old_inventories_stay_valid_without_factors(tmp_path: Path) -> None:
    study = read_study(study_with(tmp_path, factors=None, emissions=""))
    assert (study.factor_sets, len(study.inventory)) == ({}, 1)


@pytest.mark.parametrize(
    ("factors", "complaint"),
    [
        (
            SET.replace("id: own", "id: other"),
            "emission_factors/own.yaml:2: id: found 'other'; allowed: 'own', the file's name",
        ),
        (
            SET + "completed_by: nobody\n",
            "emission_factors/own.yaml:10: completed_by: unknown factor set 'nobody'",
        ),
        (
            SET.replace("kgCO2e/kWh", "kWh"),
            "own.yaml:9: factors.electricity.unit: found 'kWh'; allowed: a unit per another",
        ),
        ("schema: 1\n  id: own\n", "emission_factors/own.yaml:2: "),
        (None, "emissions.factors[1]: unknown factor set 'own'; allowed: china_grid_2021"),
    ],
)
def test_faults_of_a_factor_file_have_file_and_line(
    tmp_path: Path, factors: str | None, complaint: str
) -> None:
    found = faults_of(study_with(tmp_path, factors=factors))
    assert any(complaint in one for one in found), found


def test_a_wrong_dimension_has_its_row_and_column(tmp_path: Path) -> None:
    rows = HEAD + "electricity,all,2023,1000,kWh,2,,\nelectricity,all,2022,1000,L,2,,\n"
    found = faults_of(study_with(tmp_path, rows))
    assert found == [
        "inventory.csv:3: unit: found L (volume); "
        "allowed: energy, as electricity is per kWh in own",
        "inventory.csv:3: unit: found L, electricity is in kWh above; "
        "allowed: one dimension, energy",
    ]


def test_every_fault_of_every_row_at_once(tmp_path: Path) -> None:
    rows = (
        HEAD + "electricity,all,2023,-1,kWh,2,,\n"
        "petrol,all,2023,5,gallon,1,,\n"
        "water,all,2023,5,t,none,,\n"
        "water,all,2023,6,t,none,,\n"
    )
    found = faults_of(study_with(tmp_path, rows))
    assert [one.split(" ")[0] for one in found] == [
        "inventory.csv:2:",
        "inventory.csv:3:",
        "inventory.csv:5:",
    ]
    assert "quantity: found quantity -1; allowed: 0 or more" in found[0]
    assert "unknown unit 'gallon'; allowed: kWh" in found[1]
    assert "a second row of water" in found[2]


TARGET = """\
schema: 1
targets:
  T-1:
    title: Less
    kind: reduce_by
    metric: emissions
    unit: tCO2e
    scope: 1+2
    base_year: 2023
    target_year: 2030
    reduction: 0.5
"""


def test_what_a_target_measures_must_be_in_the_inventory(tmp_path: Path) -> None:
    targets = TARGET.replace("    scope: 1+2\n", "    sources: [electrcity]\n")
    intensities = (
        "emissions: {factors: [own]}\nintensities: {x: {title: X, scope: '2', "
        "unit: tCO2e/m2, denominator: area}}"
    )
    found = faults_of(study_with(tmp_path, targets=targets, emissions=intensities))
    assert len(found) == 2
    assert "intensities.x.denominator: unknown denominator 'area'; allowed: electricity" in found[0]
    assert "unknown source 'electrcity'; did you mean 'electricity'?" in found[1]


PATHWAY = """\
    pathway:
      form: iamc
      file: sector.csv
      model: M
      scenario: S
      region: World
      variable: Emissions|CO2
      indexed: "yes"
"""
WIDE = """\
Model,Scenario,Region,Variable,Unit,2020,2025,2030
M,S,World,Emissions|CO2,Mt CO2/yr,40,,20
M,S,Asia,Emissions|CO2,Mt CO2/yr,20,15,10
"""


def with_path(tmp_path: Path, table: str | None) -> Path:
    folder = study_with(tmp_path, targets=TARGET + PATHWAY)
    if table is not None:
        (folder / "pathways").mkdir()
        (folder / "pathways" / "sector.csv").write_text(table, encoding="utf-8")
    return folder


def test_paths_are_read_from_the_iamc_wide_format(tmp_path: Path) -> None:
    study = read_study(with_path(tmp_path, WIDE))
    assert study.pathways["T-1"].values == {2020: 40.0, 2030: 20.0}
    assert study.pathways["T-1"].unit == "Mt CO2/yr"


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (None, "pathways/sector.csv: "),
        (WIDE.replace("World", "Moon"), "0 rows of model M, scenario S, region World"),
        (WIDE.replace("Asia", "World"), "2 rows of model M, scenario S, region World"),
        (WIDE.replace("Unit,", "Units,"), "sector.csv:1: no column 'unit'"),
        (WIDE.replace("40", "forty"), "sector.csv:2: 2020: found 'forty'; allowed: a number"),
        (WIDE.replace(",40,", ","), "sector.csv:2: another number of cells"),
        (WIDE.replace("40,,20", ",,"), "sector.csv:2: no value"),
        ("", "sector.csv:1: no column 'model'"),
        ('Model,"Scenario\n', "cannot be read as CSV"),
        ("Model,Scenario,Region,Variable,Unit\n", "no column for a year"),
    ],
)
def test_faults_of_a_path_file(tmp_path: Path, table: str | None, complaint: str) -> None:
    found = faults_of(with_path(tmp_path, table))
    assert len(found) == 1
    assert complaint in found[0]


def test_settings_that_cannot_be_meant(tmp_path: Path) -> None:
    found = faults_of(
        study_with(
            tmp_path,
            emissions="emissions: {factors: [own, own], recalculation_threshold: {value: 5}}",
        )
    )
    assert any("emissions.factors: found 'own' twice; allowed: each set once" in f for f in found)
    assert any("found 5; allowed: a fraction such as 0.05" in one for one in found)


def test_unread_rows_hide_no_other_fault_and_make_none(tmp_path: Path) -> None:
    folder = study_with(tmp_path, targets=TARGET.replace("scope: 1+2", "sources: [gone]"))
    edited(folder / "inventory.csv", ("electricity,all,2023,1000", "electricity,all,2023,many"))
    assert [one.split(":")[0] for one in faults_of(folder)] == ["inventory.csv"]
