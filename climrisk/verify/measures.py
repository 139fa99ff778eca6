"""Measures: what they save against what they cost, discounted (P3)."""

from __future__ import annotations

from typing import Any, Final

import xarray as xr

from climrisk.analysis import analyse
from climrisk.domain.study import Study
from climrisk.names import ALL_YEARS, CURRENT, RESIDUAL
from climrisk.verify.case import Case, Check, Estimate
from climrisk.verify.simulation import SEED
from climrisk.verify.studies import adverse, ongoing, study_of

__all__ = ["CASES"]

_FIRST: Final = 2018
_LAST: Final = 2040
_RATE: Final = 0.02
_PRESENT: Final = (6.51220115756442e3, 4.850407096284983e3)
_FUTURE: Final = (5.9506659786664024e4, 4.826231151473135e4)
"""Annual loss without and with the measure, in the first and the last year [million]."""
_COST: Final = 1.3117683608515418e3


def _study() -> Study:
    """Return today's loss fading out while the future one fades in, both cut by the measure."""
    return study_of(
        {"loss": ongoing({"present": adverse(0.0), "future": adverse(0.0)}, links=_links())},
        {"ramp": {"fading": _ramp(1.0, 0.0), "growing": _ramp(0.0, 1.0)}},
        measures={"M": _measure()},
        base_year=_FIRST - 1,
        years=_LAST - _FIRST + 1,
        discount_rate={"value": _RATE},
    )


def _ramp(first: float, last: float) -> dict[int, float]:
    return {_FIRST - 1: first, _FIRST: first, _LAST: last}


def _links() -> list[dict[str, Any]]:
    acts = (("present", "fading", _PRESENT[0]), ("future", "growing", _FUTURE[0]))
    return [
        {"driver": driver, "acts_on": impact, "form": "level", "per_unit": loss}
        for impact, driver, loss in acts
    ]


def _measure() -> dict[str, Any]:
    cut = (("present", 1.0 - _PRESENT[1] / _PRESENT[0]), ("future", 1.0 - _FUTURE[1] / _FUTURE[0]))
    return {
        "title": "A measure",
        "status": "planned",
        "start": _FIRST,
        "capex": _COST,
        "reduces": [{"item": "loss", "acts_on": name, "share": share} for name, share in cut],
    }


def _benefit_and_cost() -> tuple[Check, ...]:
    results = analyse(_study(), draws=1, seed=SEED, outputs=("measures",)).sel(scenario="ramp")
    benefit = _value(results, RESIDUAL) - _value(results, CURRENT)
    cost = -float(results["npv_mean"].sel(control=RESIDUAL, subject="measures")) * (1.0 + _RATE)
    return (
        Check("benefit", Estimate(benefit), 113_345.02769081, 5e-9, "million"),
        Check("cost", Estimate(cost), _COST, 1e-9, "million"),
        Check("cost over benefit", Estimate(cost / benefit), 0.0115732325, 5e-11, "1"),
        Check(
            "cost over benefit, measure alone",
            _cost_over_benefit(results),
            0.0115732325,
            5e-11,
            "1",
        ),
    )


def _cost_over_benefit(results: xr.Dataset) -> Estimate:
    """Return the inverse of the benefit-cost ratio that a run tells of each measure."""
    ratio = results["measure_mean"].sel(
        measure="M", measure_horizon=ALL_YEARS, measure_statistic="ratio"
    )
    return Estimate(1.0 / float(ratio))


def _value(results: xr.Dataset, control: str) -> float:
    """Return the present value in the first year, which the source does not discount."""
    before = results["npv_mean"].sel(control=control, subject="total_before_measures")
    return float(before) * (1.0 + _RATE)


CASES: Final = (
    Case(
        "P3",
        "A measure against a loss that grows evenly from 2018 to 2040, at 2 % a year",
        "CLIMADA, engine/test/test_cost_benefit.py",
        _benefit_and_cost,
        1,
        "The source counts 2018 in full. climrisk discounts the first year after its base year, "
        "so the base year is 2017 and values are carried forward by one year.",
    ),
)
