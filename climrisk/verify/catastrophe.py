"""Catastrophes by category: aggregate and occurrence exceedance (J1, J2)."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import xarray as xr

from climrisk.names import RETURN_PERIODS, RISKS
from climrisk.verify.case import Case, Check
from climrisk.verify.simulation import estimate, mean_loss, simulated
from climrisk.verify.studies import BASE_YEAR, annual, study_of

__all__ = ["CASES"]

_DRAWS: Final = 100_000
_GRID: Final = 0.125
"""Spacing of the grid on which the published curves were computed [billion USD]."""

_RATES: Final = (0.71, 0.40, 0.36, 0.17, 0.025)
_MEANS: Final = (2.28, 4.46, 13.0, 43.8, 46.5)
_SPREADS: Final = (8.63, 6.17, 21.9, 50.9, 51.5)
_TWO_DEGREES: Final = (1.011, 1.095, 1.134, 1.179, 1.236)
_ANNUAL: Final = {"today": 16.69, "warmer": 19.11}
_AGGREGATE: Final = {
    "today": (4.5, 23.5, 46.0, 73.9, 119.3, 160.4, 208.1, 225.1),
    "warmer": (5.75, 27.9, 52.5, 82.4, 130.3, 173.4, 223.3, 240.9),
}
_OCCURRENCE: Final = {2: 3.62, 5: 18.75, 10: 37.75, 20: 62.1, 50: 103.1, 100: 141.6, 250: 203.9}
_SOURCE: Final = "Jewson (2022), as worked in the documentation of aggregate, 2_x_cat"
_UNIT: Final = "billion USD"


@cache
def _hurricanes() -> xr.Dataset:
    """Return the results of US hurricanes by category, today and 2 degrees warmer."""
    items = {f"category-{number + 1}": _category(number) for number in range(len(_RATES))}
    today: dict[str, Any] = {f"rate-{number}": {1900: 1.0, 2100: 1.0} for number in range(5)}
    warmer: dict[str, Any] = {
        f"rate-{number}": {BASE_YEAR + 1: factor, 2100: factor}
        for number, factor in enumerate(_TWO_DEGREES)
    }
    study = study_of(items, {"today": today, "warmer": warmer})
    return simulated(study, _DRAWS, ("today", "warmer"))


def _category(number: int) -> dict[str, Any]:
    mean = _MEANS[number]
    link = {"driver": f"rate-{number}", "acts_on": "rate", "form": "ratio", "elasticity": 1.0}
    severity = {"mean": mean, "cv": _SPREADS[number] / mean}
    return annual("poisson", _RATES[number], severity, links=[link])


def _exceedance(scenario: str, basis: str, period: int, theirs: float) -> Check:
    found = estimate(
        _hurricanes(),
        "exceedance_loss",
        scenario=scenario,
        curve=RISKS,
        curve_year=BASE_YEAR + 1,
        basis=basis,
        return_period=period,
    )
    return Check(f"{basis} once in {period} years, {scenario}", found, theirs, _GRID, _UNIT)


def _aggregate() -> tuple[Check, ...]:
    found: list[Check] = []
    for scenario, annual_mean in _ANNUAL.items():
        loss = mean_loss(_hurricanes(), scenario=scenario)
        found.append(Check(f"annual average, {scenario}", loss, annual_mean, 0.005, _UNIT))
        found += [
            _exceedance(scenario, "AEP", period, theirs)
            for period, theirs in zip(RETURN_PERIODS, _AGGREGATE[scenario], strict=True)
        ]
    return tuple(found)


def _occurrence() -> tuple[Check, ...]:
    return tuple(
        _exceedance("today", "OEP", period, theirs) for period, theirs in _OCCURRENCE.items()
    )


CASES: Final = (
    Case(
        "J1",
        "US hurricanes by category, today and 2 degrees warmer: loss of a year",
        _SOURCE,
        _aggregate,
        _DRAWS,
    ),
    Case(
        "J2",
        "The same: largest event of a year, return period 1 / P(annual maximum > x)",
        _SOURCE,
        _occurrence,
        _DRAWS,
    ),
)
