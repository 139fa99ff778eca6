from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from climrisk.errors import ClimriskError
from climrisk.ghg.account import account
from climrisk.ghg.recalculation import Recalculation, recalculate
from climrisk.io.factor_sets import FactorShelf
from climrisk.io.recalculation_log import LOG, log_recalculation
from climrisk.io.study import read_study
from climrisk.paths import bundled_studies
from tests.ghg.accounts import factor_set, row, study_with

HALVED = factor_set("halved", factors={"electricity": {"value": 0.25, "unit": "kgCO2e/kWh"}})
ROWS = [
    row("electricity", 2000),
    row("petrol", 500, "L", "1"),
    row("floor_area", 100, "m2", "none"),
    row("ghg_total", 2.01, "tCO2e", "1+2"),
]
FORM = {"title": "T", "metric": "m", "base_year": 2023, "target_year": 2030}
FORM |= {"scope": "1+2", "unit": "tCO2e"}


def recalculated(**targets: dict[str, object]) -> Recalculation:
    """Return two tonnes recalculated as one and a half."""
    stated = {name: FORM | one for name, one in targets.items()}
    own = {"emissions": {"recalculation_threshold": {"value": 0.2}, "factors": ["own"]}}
    study = study_with(ROWS, [factor_set(), HALVED], settings=own, targets=stated)
    return recalculate(account(study), account(study, factors=["halved", "own"]), study.targets)


def test_lines_and_totals_stand_beside_what_was_reported() -> None:
    found = recalculated()
    assert (found.reported, found.before.value, found.after.value) == (2.01, 2.0, 1.5)
    assert found.change == pytest.approx(-0.25)
    assert [(line.source, line.difference) for line in found.lines] == [
        ("electricity", -0.5),
        ("petrol", 0.0),
    ]
    assert found.is_significant is True


def test_limits_relative_to_the_base_move_with_it_and_others_stay() -> None:
    found = recalculated(
        cut={"kind": "reduce_by", "reduction": 0.5},
        stated_cut={"kind": "reduce_by", "limit": 1.2},
        cap={"kind": "not_exceed", "limit": 2.0, "stated_decimals": 1},
        headroom={"kind": "not_exceed", "limit": 4.0},
        band={"kind": "maintain", "band": 0.1},
        goal={"kind": "reduce_to", "limit": 1.0},
        water={
            "kind": "not_exceed",
            "limit": 1.0,
            "unit": "L",
            "scope": None,
            "sources": ["petrol"],
        },
    )
    limits = {one.before.id: one.limit for one in found.targets}
    assert limits == {
        "cut": 0.75,
        "stated_cut": pytest.approx(0.9),
        "cap": 1.5,
        "headroom": pytest.approx(3.0),
        "band": pytest.approx(1.65),
        "goal": None,
    }


def test_within_the_threshold_the_base_stays_and_without_one_nobody_says() -> None:
    study = study_with(ROWS, [factor_set(), HALVED])
    found = recalculate(account(study), account(study, factors=["halved", "own"]))
    assert found.is_significant is None
    same = recalculate(account(study), account(study))
    assert same.change == 0.0


def test_totals_that_lack_different_sources_are_not_compared() -> None:
    study = study_with(ROWS, [factor_set(), HALVED])
    found = recalculate(account(study), account(study, factors=["halved"]))
    assert found.after.lacking == ("petrol",)
    assert found.change is None
    assert found.lines[1].difference is None


def test_every_event_adds_one_line_that_names_nobody(tmp_path: Path) -> None:
    when = datetime(2024, 3, 1, 12, tzinfo=UTC)
    for _ in range(2):
        log_recalculation(tmp_path, recalculated(), ["own"], ["halved"], when)
    lines = (tmp_path / LOG).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    event = json.loads(lines[0])
    assert event["when"] == "2024-03-01T12:00:00+00:00"
    assert (event["from"], event["to"]) == (["own"], ["halved"])
    assert (event["before"], event["after"], event["beyond_threshold"]) == (2.0, 1.5, True)
    assert set(event) == {
        "event", "when", "climrisk", "year", "from", "to", "unit",
        "reported", "before", "after", "change", "threshold", "beyond_threshold",
    }  # fmt: skip
    with pytest.raises(ClimriskError, match=f"{LOG}: cannot be written"):
        log_recalculation(tmp_path / "missing", recalculated(), ["own"], ["halved"], when)


def test_the_lx_cap_moves_with_the_factors() -> None:
    assert "lx-technology-2023" in bundled_studies()
    study = read_study("lx-technology-2023")
    shelf = FactorShelf(Path("nowhere"))
    for name, total, restated, prints in (
        ("china_grid_2022", 1057.1, 0.03375, 0.03),
        ("china_provincial_2022", 943.7, 0.03013, 0.03),
    ):
        after = account(study, factors=[name], shelf=shelf.sets_of(name))
        found = recalculate(account(study), after, study.targets)
        assert found.after.value == pytest.approx(total, abs=0.05)
        assert found.is_significant is True
        (target,) = found.targets
        assert (target.before.id, target.before.limit) == ("T-GHG", 0.04)
        assert target.limit == pytest.approx(restated, abs=5e-6)
        assert target.before.as_stated(target.limit or 0) == prints
