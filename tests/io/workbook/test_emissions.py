"""A workbook keeps everything that a study states of its emissions and targets."""

from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.errors import InvalidStudyError
from climrisk.io.study import read_study
from climrisk.io.workbook.proposal import carry_out, propose
from tests.small_study import small_study
from tests.workbooks import cell, exported, rows, with_edits

FACTORS = """\
schema: 1
id: own
title: Our own
vintage: "2023"
region: here
gases: [CO2]
terms: ours
regional:
  electricity: {North: {value: 0.5, unit: kgCO2e/kWh}}
"""
SETTINGS = """
emissions:
  factors: [own, hk_default]
  scope_2: market
  recalculation_threshold: {value: 0.05, basis: assumption}
intensities:
  per_area:
    title: {en: Per area, zh-Hant: 單位面積, zh-Hans: 单位面积}
    scope: 1+2
    denominator: floor_area
    unit: tCO2e/m2
    stated: {value: 0.04}
    stated_decimals: 2
"""
INVENTORY = """\
source_id,site,year,quantity,unit,scope,activity,category,instrument,instrument_factor,correction,valid_from
power,north,2023,1000,kWh,2,electricity,,,,,
power,north,2023,-10,kWh,2,electricity,,,,yes,
wind,all,2023,100,kWh,2,electricity,,contract,0.01,,
flights,all,2023,5,tCO2e,3,,6,,,,
floor_area,all,2023,100,m2,none,,,,,,
floor_area,all,2023,120,m2,none,,,,,,2023-07-01
"""
TARGETS = """\
schema: 1
targets:
  T-1:
    title: Half of it
    kind: reduce_by
    metric: power
    unit: kWh
    sources: [power, wind]
    base_year: 2023
    target_year: 2030
    reduction: 0.5
    milestones: {2026: 800.0}
    pathway:
      form: iamc
      file: sector.csv
      model: M
      scenario: S
      region: World
      variable: Energy
      indexed: "yes"
  T-2:
    title: As it is
    kind: maintain
    metric: emissions per area
    unit: tCO2e/m2
    scope: 1+2
    denominator: floor_area
    base_year: 2023
    target_year: 2025
    band: 0.1
    pathway:
      form: sector_convergence
      sector: {2023: 1.5, 2025: 1.2}
      activity_share: {2023: 1.0, 2025: 0.9}
  T-3: {title: No target for scope 3, kind: none, metric: scope 3}
"""
PATH = "Model,Scenario,Region,Variable,Unit,2023,2030\nM,S,World,Energy,EJ,2,1\n"
SITES = "id,name,latitude,longitude,employees,region\nnorth,North,1,1,10,North\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = small_study(tmp_path / "study")
    settings = (folder / "study.yaml").read_text(encoding="utf-8") + SETTINGS
    texts = {
        "study.yaml": settings,
        "inventory.csv": INVENTORY,
        "targets.yaml": TARGETS,
        "sites.csv": SITES,
        "emission_factors/own.yaml": FACTORS,
        "pathways/sector.csv": PATH,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_field_comes_back(study: Path, tmp_path: Path) -> None:
    book = exported(study, tmp_path / "book.xlsx")
    assert propose(book, study).changes == ()


def test_an_edited_cell_changes_its_field_alone(study: Path, tmp_path: Path) -> None:
    before = read_study(study)

    def edit(opened: object) -> None:
        (flights,) = rows(opened, "Inventory", source_id="flights")  # type: ignore[arg-type]
        cell(opened, "Inventory", flights, "category").value = 7  # type: ignore[arg-type]

    proposal = propose(with_edits(exported(study, tmp_path / "book.xlsx"), edit), study)
    assert len(proposal.changes) == 1
    carry_out(proposal)
    after = read_study(study)
    assert [row.category for row in after.inventory if row.scope == "3"] == [7]
    assert after.targets == before.targets
    assert after.factor_sets == before.factor_sets
    assert after.settings == before.settings


def test_a_new_folder_needs_the_study_s_own_factor_files(study: Path, tmp_path: Path) -> None:
    book = exported(study, tmp_path / "book.xlsx")
    with pytest.raises(InvalidStudyError, match="unknown factor set 'own'"):
        propose(book, tmp_path / "new")
