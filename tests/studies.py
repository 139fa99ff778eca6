"""Small studies for tests: one thing at a time, everything else switched off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from climrisk.domain.item import Item
from climrisk.domain.scenario import Scenario
from climrisk.domain.settings import Settings
from climrisk.domain.study import Study

__all__ = [
    "always",
    "annual_risk",
    "bernoulli",
    "cost",
    "make_item",
    "make_scenario",
    "make_settings",
    "make_study",
    "once",
    "poisson",
    "z_score",
]

BASE_YEAR = 2023
Statement = Any
"""A quantity as a user states it: a number or a mapping."""


def make_settings(
    years: int = 1,
    scenarios: tuple[str, ...] = ("flat",),
    exposures: Mapping[str, Any] | None = None,
    revenue_lines: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Settings:
    """Return settings with `years` simulated years in one horizon `whole`, undiscounted."""
    end = BASE_YEAR + years
    stated = {
        "schema": 1,
        "title": "A study",
        "company": {"name": "A company"},
        "money": {"currency": "CNY", "label": "RMB", "price_year": BASE_YEAR},
        "base_year": BASE_YEAR,
        "end_year": end,
        "discount_rate": {"value": 0.0},
        "horizons": {"whole": {"years": (BASE_YEAR + 1, end), "planning": "all of it"}},
        "reference_scenario": scenarios[0],
        "scenarios": scenarios,
        "material_effect": {"value": 1.0},
        "appetite": {"value": 10.0},
        "exposures": {key: _exposure(key, one) for key, one in (exposures or {}).items()},
        "revenue_lines": {
            key: {"margin": {"value": 0.25}, **_exposure(key, one)}
            for key, one in (revenue_lines or {}).items()
        },
    }
    return Settings.model_validate(stated | changes)


def _exposure(name: str, stated: Any) -> dict[str, Any]:
    own = stated if isinstance(stated, Mapping) else {"value": {"value": stated}}
    return {"title": name, **own}


def make_scenario(name: str, **drivers: Any) -> Scenario:
    """Return a scenario; a driver is a path by year, or a mapping with its form."""
    return Scenario.model_validate(
        {
            "schema": 1,
            "id": name,
            "title": name,
            "narrative": "A story.",
            "key_assumptions": ["None."],
            "warming": {key: {"value": 2.0} for key in ("at_2050", "peak", "median_2100")},
            "vintage": "2024",
            "price_base": "none",
            "sources": ["made for a test"],
            "basis": "assumption",
            "drivers": {key: _driver(one) for key, one in (drivers or {"idle": 1.0}).items()},
        }
    )


def _driver(stated: Any) -> dict[str, Any]:
    if isinstance(stated, float):
        return {"unit": "1", "path": {BASE_YEAR: stated, 2100: stated}}
    form = stated if all(isinstance(key, str) for key in stated) else {"path": stated}
    return {"unit": "1", **form}


def make_study(
    items: Mapping[str, Item],
    settings: Settings | None = None,
    scenarios: tuple[Scenario, ...] | None = None,
    **parts: Any,
) -> Study:
    """Return a study of `items`; one scenario `flat` in which nothing moves by default."""
    worlds = scenarios or (make_scenario("flat"),)
    frame = settings or make_settings(scenarios=tuple(one.id for one in worlds))
    return Study.model_validate(
        {
            "name": "test",
            "settings": frame,
            "register": dict(items),
            "scenarios": {one.id: one for one in worlds},
            **parts,
        }
    )


def make_item(
    occurrence: Mapping[str, Any],
    impact: Mapping[str, Any],
    *,
    kind: str = "risk",
    category: str | None = None,
    frame: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Item:
    """Return an assessed item; the frame is the occurrence's window, or 2024, at the base year."""
    period = occurrence.get("window", (BASE_YEAR + 1, BASE_YEAR + 1))
    stated = {"period": period, "given": "existing_controls", "plan_contains": "nothing"}
    if changes.get("severity") == "per_event":
        changes = {"frequency_basis": "an event", **changes}
    return Item.model_validate(
        {
            "kind": kind,
            "category": category or ("acute" if kind == "risk" else "resilience"),
            "title": "An item",
            "frame": stated | dict(frame or {}),
            "occurrence": dict(occurrence),
            "impact": dict(impact),
            **changes,
        }
    )


def cost(amount: Statement = 1.0, **changes: Any) -> dict[str, Any]:
    """Return an impact on operating cost, adverse by default."""
    stated = {"channel": "operating_cost", "line": "cost", "direction": "adverse"}
    return {**stated, **({} if "share" in changes else {"amount": amount}), **changes}


def annual_risk(occurrence: Mapping[str, Any], amount: Statement, **changes: Any) -> Item:
    """Return a risk with one impact `loss` on operating cost."""
    return make_item(occurrence, {"loss": cost(amount)}, **changes)


def bernoulli(probability: Statement) -> dict[str, Any]:
    """Return an occurrence of at most once a year."""
    return {"type": "annual", "law": "bernoulli", "probability": probability}


def poisson(rate: Statement) -> dict[str, Any]:
    """Return an occurrence of several events a year."""
    return {"type": "annual", "law": "poisson", "rate": rate}


def once(
    window: tuple[int, int], probability: Statement, lasts: int | str = "to_end", ramp: int = 1
) -> dict[str, Any]:
    """Return an occurrence of at most once in a window."""
    return {
        "type": "once",
        "window": window,
        "probability": probability,
        "lasts": lasts,
        "ramp": ramp,
    }


def always() -> dict[str, Any]:
    """Return an ongoing occurrence."""
    return {"type": "ongoing"}


def z_score(found: Any, exact: Any, error: Any) -> float:
    """Return the largest distance between figures in standard errors."""
    gap = np.abs(np.asarray(found) - np.asarray(exact))
    return float(np.max(gap / np.asarray(error)))
