"""Small studies whose sensitivities are known in closed form."""

from __future__ import annotations

from typing import Any

from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.domain.study import Study
from tests.studies import always, annual_risk, cost, make_item, make_settings, make_study

__all__ = ["crowded", "effect", "linear", "normal", "planned"]


def normal(sd: float, mean: float = 0.0) -> Item:
    """Return an ongoing item whose yearly effect is normal."""
    amount = {"family": "normal", "mean": mean, "sd": sd}
    return make_item(always(), {"change": cost(amount, direction="signed")})


def linear(**parts: Any) -> Study:
    """Return a study whose net is the sum of normals of standard deviations 3 and 4."""
    return make_study({"R-1": normal(3.0), "R-2": normal(4.0)}, **parts)


def planned(**stated: Any) -> Measure:
    """Return a planned measure from the first year."""
    return Measure.model_validate(
        {"title": "A measure", "status": "planned", "start": 2024} | stated
    )


def effect(item: str, acts_on: str, share: Any = 0.5) -> dict[str, Any]:
    """Return what a measure takes off an item."""
    return {"item": item, "acts_on": acts_on, "share": share}


def crowded() -> Study:
    """Return a study with all that may interfere: chance, caps, events, growth, a measure."""
    poisson = {"type": "annual", "law": "poisson", "rate": {"p5": 0.5, "p95": 3.0}}
    of_stock = {"exposure": "stock", "share": {"p5": 0.2, "p95": 0.9}}
    items = {
        "R-1": make_item(poisson, {"loss": cost(**of_stock)}),
        "R-2": make_item(poisson, {"loss": cost(**of_stock)}, severity="per_event"),
        "R-3": annual_risk(always(), {"p5": 1.0, "p95": 4.0}),
    }
    measure = planned(
        capex={"p5": 1.0, "p95": 2.0}, reduces=[effect("R-1", "rate", {"p5": 0.1, "p95": 0.6})]
    )
    stock = {"value": {"value": 10.0}, "growth": {"family": "normal", "mean": 0.0, "sd": 0.05}}
    settings = make_settings(3, exposures={"stock": stock}, discount_rate={"value": 0.05})
    return make_study(items, settings, measures={"M-1": measure})
