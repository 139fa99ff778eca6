"""The small studies of the cases, stated as a user states them: one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from climrisk.domain.study import Study

__all__ = ["BASE_YEAR", "adverse", "annual", "ongoing", "risk", "study_of"]

BASE_YEAR: Final = 2023
FLAT: Final[Mapping[str, Mapping[str, Any]]] = {"flat": {}}
"""One scenario in which nothing moves."""

Stated = Mapping[str, Any]


def study_of(
    items: Mapping[str, Stated],
    scenarios: Mapping[str, Mapping[str, Any]] = FLAT,
    measures: Mapping[str, Stated] | None = None,
    base_year: int = BASE_YEAR,
    years: int = 1,
    **settings: Any,
) -> Study:
    """Return a study of one horizon `whole`, undiscounted unless `settings` say otherwise.

    Parameters
    ----------
    items, measures : mapping of id to statement
        As in `register.yaml`.
    scenarios : mapping of id to driver series
        The first is the reference; a series is a path by year, or a mapping with its form.
    base_year, years : int
        Base year, and number of simulated years after it.
    **settings
        As in `study.yaml`.
    """
    return Study.model_validate(
        {
            "name": "verification",
            "settings": _settings(base_year, base_year + years, tuple(scenarios)) | settings,
            "register": items,
            "measures": measures or {},
            "scenarios": {name: _scenario(name, one) for name, one in scenarios.items()},
        }
    )


def _settings(base_year: int, end_year: int, scenarios: tuple[str, ...]) -> dict[str, Any]:
    return {
        "schema": 1,
        "title": "Verification",
        "company": {"name": "None"},
        "money": {"currency": "XXX", "label": "money", "price_year": base_year},
        "base_year": base_year,
        "end_year": end_year,
        "discount_rate": {"value": 0.0},
        "horizons": {"whole": {"years": (base_year + 1, end_year), "planning": "every year"}},
        "reference_scenario": scenarios[0],
        "scenarios": scenarios,
        "material_effect": {"value": 1.0},
        "appetite": {"value": 1.0},
    }


def _scenario(name: str, drivers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "schema": 1,
        "id": name,
        "title": name,
        "narrative": "A case of climrisk verify.",
        "key_assumptions": ["none"],
        "warming": {key: {"value": 1.0} for key in ("at_2050", "peak", "median_2100")},
        "vintage": "none",
        "price_base": "none",
        "sources": ["the case"],
        "basis": "assumption",
        "drivers": {key: _series(one) for key, one in (drivers or {"none": {1900: 1.0}}).items()},
    }


def _series(stated: Mapping[Any, Any]) -> dict[str, Any]:
    form = stated if "models" in stated else {"path": stated}
    return {"unit": "1", **form}


def risk(occurrence: Stated, impact: Mapping[str, Stated], **more: Any) -> dict[str, Any]:
    """Return a risk whose estimates hold at base-year conditions."""
    return {
        "kind": "risk",
        "category": "acute",
        "title": "A risk",
        "frame": {
            "period": (BASE_YEAR, BASE_YEAR),
            "given": "existing_controls",
            "plan_contains": "nothing",
        },
        "occurrence": occurrence,
        "impact": impact,
        **more,
    }


def adverse(amount: Any, **more: Any) -> dict[str, Any]:
    """Return an adverse impact on operating cost, which reaches net in full."""
    stated = {"channel": "operating_cost", "line": "loss", "direction": "adverse"}
    return {**stated, "amount": amount, **more}


def annual(law: str, likelihood: Any, amount: Any, **more: Any) -> dict[str, Any]:
    """Return a risk with one impact `loss`; `per_event` laws draw each event's severity afresh.

    Parameters
    ----------
    law : str
        `bernoulli`, `poisson` or `negative_binomial`.
    likelihood : quantity
        Probability, or rate of events a year.
    amount : quantity
        Loss of one event [million].
    **more
        `contagion` goes to the law, everything else to the item.
    """
    stated = "probability" if law == "bernoulli" else "rate"
    contagion = {"contagion": more.pop("contagion")} if "contagion" in more else {}
    occurrence = {"type": "annual", "law": law, stated: likelihood, **contagion}
    fresh = {} if law == "bernoulli" else {"severity": "per_event", "frequency_basis": "an event"}
    return risk(occurrence, {"loss": adverse(amount)}, **(fresh | more))


def ongoing(impact: Mapping[str, Stated], **more: Any) -> dict[str, Any]:
    """Return a risk that is always there."""
    return risk({"type": "ongoing"}, impact, **more)
