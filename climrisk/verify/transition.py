"""Transition risk: a carbon cost that is passed on in part (T1)."""

from __future__ import annotations

from typing import Any, Final

from climrisk.domain.inventory import Activity
from climrisk.names import CARBON_COST
from climrisk.verify.case import Case, Check, Estimate
from climrisk.verify.simulation import estimate, simulated
from climrisk.verify.studies import BASE_YEAR, adverse, ongoing, study_of

__all__ = ["CASES"]

_UNITS: Final = 100.0
_PRICE: Final = 10.0
_MARGIN: Final = 0.1
_EMISSION_FACTOR: Final = 1.0
MILLION: Final = 1e6
"""A price is for a tonne, an effect in millions."""
_TAX: Final = {"taxed": 0.2, "heavily_taxed": 2.0}
"""Tax for one unit of emissions, by scenario."""
_PROFITS: Final = (
    ("taxed", 0.0, 80.0),
    ("taxed", 0.5, 90.0),
    ("taxed", 0.6, 92.0),
    ("taxed", 0.9, 98.0),
    ("heavily_taxed", 0.0, -100.0),
)
"""Scenario, share passed on to customers, and profit."""


def _item(passed_on: float) -> dict[str, Any]:
    emissions = _UNITS * _EMISSION_FACTOR
    link = {"driver": "tax", "acts_on": "cost", "form": "level", "per_unit": emissions}
    return ongoing({"cost": adverse(0.0, pass_through=passed_on)}, links=[link])


def _profits() -> tuple[Check, ...]:
    shares = dict.fromkeys(share for _, share, _ in _PROFITS)
    worlds = {
        name: {"tax": {BASE_YEAR: 0.0, BASE_YEAR + 1: tax, 2100: tax}} for name, tax in _TAX.items()
    }
    study = study_of({f"passed-{share}": _item(share) for share in shares}, worlds)
    results = simulated(study, 2, tuple(worlds))
    found = []
    for scenario, share, theirs in _PROFITS:
        cost, error = estimate(results, "mean", scenario=scenario, subject=f"passed-{share}")
        profit = Estimate(_UNITS * _PRICE * _MARGIN + cost, error)
        what = f"profit at tax {_TAX[scenario]} and pass-through {share}"
        found.append(Check(what, profit, theirs, 1e-9, "money"))
    return (*found, *_own_costs())


def _own_costs() -> tuple[Check, ...]:
    """Return the same profits with the tax as own carbon cost of the company's emissions."""
    emitted = Activity(
        source_id="goods", site="all", year=BASE_YEAR, quantity=_UNITS, unit="tCO2e", scope="1"
    )
    found = []
    for scenario, share, theirs in _PROFITS:
        tax = _TAX[scenario] * MILLION
        path = {BASE_YEAR: 0.0, BASE_YEAR + 1: tax, 2100: tax}
        part = {
            "driver": "tax",
            "region": "the case",
            "scopes": ("1",),
            "coverage": 1.0,
            "pass_through": share,
            "from_year": BASE_YEAR + 1,
        }
        study = study_of({}, {scenario: {"tax": path}}, carbon_cost={"goods": part})
        results = simulated(study.model_copy(update={"inventory": (emitted,)}), 2, (scenario,))
        cost, error = estimate(results, "mean", scenario=scenario, subject=CARBON_COST)
        profit = Estimate(_UNITS * _PRICE * _MARGIN + cost, error)
        what = f"the same as own carbon cost, tax {_TAX[scenario]}, pass-through {share}"
        found.append(Check(what, profit, theirs, 1e-9, "money"))
    return tuple(found)


CASES: Final = (
    Case(
        "T1",
        "Carbon tax on 100 units at price 10 and margin 0.1",
        "trisk.model, tests/testthat/test-calc_net_profits.R",
        _profits,
        2,
        "The cost is not scaled by the margin. The last figure is climrisk's own: the source "
        "floors a loss at zero, climrisk does not.",
    ),
)
