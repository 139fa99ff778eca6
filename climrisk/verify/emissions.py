"""Emissions, avoided emissions and an intensity pathway (R1, R2, G1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from climrisk.domain.study import Study
from climrisk.ghg.account import Account, account
from climrisk.ghg.pathways import sector_convergence
from climrisk.ghg.rounding import half_up
from climrisk.io.factor_sets import FactorShelf
from climrisk.io.study import read_study
from climrisk.paths import find_study
from climrisk.verify.case import Case, Check, Estimate

__all__ = ["CASES"]

_LX: Final = "lx-technology-2023"
_TOTALS: Final = {
    "hk_default": 1332.077,
    "china_grid_2021": 1090.566,
    "china_grid_2022": 1057.095,
    "china_provincial_2022": 943.687,
}
"""Scopes 1 and 2 of LX by factor set, each completed by its own fuels [tCO2e]."""
_AVOIDED: Final = {
    "laptops": (14.7, 346_895),
    "desktops": (27.4, 190_701),
    "phones_tablets": (6.1, 189_012),
    "all_in_ones": (28.8, 29_373),
    "servers": (36.9, 14_423),
    "printers": (35.0, 10_362),
    "others": (6.9, 559_157),
}
"""Avoided emissions of a device as the report prints them [kg], and devices refurbished."""
_INTENSITIES: Final = (0.90, 0.98, 1.06, 1.13, 1.21, 1.29)


def _lx(factors: Iterable[str] | None = None) -> Account:
    study: Study = read_study(_LX)
    shelf = FactorShelf(find_study(_LX))
    sets = None if factors is None else shelf.sets_of(*factors)
    return account(study, factors=factors, shelf=sets)


def _emissions() -> tuple[Check, ...]:
    found = [
        Check(
            f"scopes 1 and 2 by {name}",
            Estimate(_lx([name]).emissions.total("1", "2").value or 0.0),
            theirs,
            1e-3,
            "tCO2e",
        )
        for name, theirs in _TOTALS.items()
    ]
    own = _lx().emissions.total("1", "2").value or 0.0
    return (*found, Check("against the total as reported", Estimate(own), 1332.08, 4e-3, "tCO2e"))


def _avoided() -> tuple[Check, ...]:
    emissions = _lx().emissions
    tonnes = {line.row.source_id: line.emissions or 0.0 for line in emissions.of("avoided")}
    found = [Check("sum", Estimate(emissions.avoided().value or 0.0), 17_052.7, 1e-9, "tCO2e")]
    for name, (printed, devices) in _AVOIDED.items():
        exact = 1000.0 * tonnes[f"avoided_{name}"] / devices
        what = f"{name}: a device, rounded as the report prints it"
        found.append(Check(what, Estimate(half_up(exact, 1)), printed, 1e-12, "kg"))
    return tuple(found)


def _convergence() -> tuple[Check, ...]:
    years = range(2020, 2026)
    path = sector_convergence(0.9, {2020: 6.45, 2025: 1.29}, years)
    pairs = zip(years, path.tolist(), _INTENSITIES, strict=True)
    return tuple(
        Check(f"intensity in {year}", Estimate(ours), theirs, 0.005, "1")
        for year, ours, theirs in pairs
    )


CASES: Final = (
    Case(
        "R1",
        "Emissions of LX Technology in 2023 under four factor sets",
        "the LX 2023 ESG report, section 10, and products of its activity data with the factors",
        _emissions,
        remark="The issuer does not state its factors; the Hong Kong defaults give its total to 3 "
        "kg. A change of factors is not a reduction.",
    ),
    Case(
        "R2",
        "Avoided emissions of LX Technology by class of device",
        "the LX 2023 ESG report, section 6.2",
        _avoided,
        remark="The printed kilograms are rounded, so kilograms times devices differ from the "
        "printed tonnes: laptops 5,099.4 against 5,092.2. Over device life; never netted.",
    ),
    Case(
        "G1",
        "Convergence of an intensity of 0.9 to a sector that falls from 6.45 to 1.29",
        "r2dii.analysis, tests/testthat/test-target_sda.R",
        _convergence,
        remark="The path rises, since the company is below the sector already; climrisk says so.",
    ),
)
