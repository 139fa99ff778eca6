"""R1, R2: the LX inventory under several factor sets, and its avoided emissions."""

from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.domain.study import Study
from climrisk.ghg.account import account
from climrisk.io.factor_sets import FactorShelf
from climrisk.io.study import read_study

REPORTED = 1332.08
SHELF = FactorShelf(Path("nowhere"))


@pytest.fixture(scope="module")
def lx() -> Study:
    return read_study("lx-technology-2023")


def test_the_default_factors_reproduce_the_reported_total_to_3_kg(lx: Study) -> None:
    emissions = account(lx).emissions
    assert emissions.reported == REPORTED
    assert emissions.total("1", "2").value == pytest.approx(REPORTED, abs=0.0035)
    assert emissions.total("1").value == pytest.approx(172.187, abs=5e-4)
    assert emissions.total("2").value == pytest.approx(1159.890, abs=5e-4)
    assert emissions.total("3").value is None


@pytest.mark.parametrize(
    ("name", "scope_1", "scope_2"),
    [
        ("hk_default", 172.187, 1159.890),
        ("china_grid_2021", 167.956, 922.609),
        ("china_grid_2022", 167.956, 889.138),
        ("china_provincial_2022", 167.956, 775.731),
    ],
)
def test_every_set_gives_the_reconciled_figures(
    lx: Study, name: str, scope_1: float, scope_2: float
) -> None:
    found = account(lx, factors=[name], shelf=SHELF.sets_of(name)).emissions
    assert found.total("1").value == pytest.approx(scope_1, abs=1e-3)
    assert found.total("2").value == pytest.approx(scope_2, abs=1e-3)
    assert found.reported == REPORTED


def test_avoided_emissions_stand_apart(lx: Study) -> None:
    emissions = account(lx).emissions
    assert emissions.avoided().value == pytest.approx(17_052.7, abs=1e-9)
    gross = emissions.total("1", "2", "3").value
    assert gross == pytest.approx(REPORTED, abs=0.0035)
    assert emissions.total("1", "2", "3", "avoided").value == gross
