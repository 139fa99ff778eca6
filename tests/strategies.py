"""Hypothesis strategies for random valid studies: small, but with every feature of the engine."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from climrisk.domain.checks import Parts, check_parts
from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.domain.scenario import Response, Scenario
from climrisk.domain.study import Study
from tests.studies import BASE_YEAR, make_item, make_scenario, make_settings, make_study

__all__ = ["items", "quantities", "studies"]

YEARS = 6
FIRST, END = BASE_YEAR + 1, BASE_YEAR + YEARS
DRIVERS = ("price", "activity", "warming", "rain")
"""By one path, by models, by percentiles, and responding to warming."""
HEAVY_RAIN = {
    "title": "Heavy rain",
    "driver": "warming",
    "unit": "1",
    "points": [(1.0, 1.0), (1.5, 1.2), (2.0, 1.7), (4.0, 2.6)],
}


def _number(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False).map(lambda value: float(f"{value:.4g}"))


_PARTS = st.sampled_from([0.2, 0.5, 1.0])


def quantities(low: float, high: float) -> st.SearchStrategy[Any]:
    """Return statements between about `low` and `high`, in every form."""
    value = _number(low, high)
    pairs = st.builds(lambda a, part: (a, a + part * (high - a)), _number(low, 0.8 * high), _PARTS)
    middle = 0.5 * (low + high)
    return st.one_of(
        value,
        pairs.map(lambda pair: {"p5": pair[0], "p95": pair[1]}),
        pairs.map(lambda pair: {"p5": pair[0], "p50": (pair[0] * pair[1]) ** 0.5, "p95": pair[1]}),
        pairs.map(
            lambda pair: {"low": pair[0], "mode": 0.5 * (pair[0] + pair[1]), "high": pair[1]}
        ),
        pairs.map(lambda pair: {"family": "uniform", "low": pair[0], "high": pair[1]}),
        *([st.just({"mean": middle, "cv": 0.3})] if high > 1.0 else []),  # no share has a cv
    )


@st.composite
def scenarios(draw: st.DrawFn, name: str) -> Scenario:
    """Return a scenario in which every driver moves."""
    rising = draw(_number(1.0, 1.5))
    high = draw(_number(1.05, 2.0))

    def path(start: float, end: float) -> dict[int, float]:
        return {BASE_YEAR - 3: start, BASE_YEAR + 2: 0.6 * start + 0.4 * end, 2100: end}

    return make_scenario(
        name,
        price=path(10.0, draw(_number(5.0, 80.0))),
        activity={
            "models": {one: path(draw(_number(1.0, 3.0)), draw(_number(0.5, 4.0))) for one in "XY"}
        },
        warming={
            "quantiles": {
                "p10": path(1.0, rising),
                "p50": path(1.2, 1.2 * rising * high),
                "p90": path(1.3, 1.3 * rising * high * high),
            }
        },
        rain={"response": "heavy_rain"},
    )


def _occurrences(window: tuple[int, int]) -> st.SearchStrategy[dict[str, Any]]:
    chance = quantities(0.05, 0.6)
    return st.one_of(
        st.builds(lambda p: {"type": "annual", "law": "bernoulli", "probability": p}, chance),
        st.builds(lambda r: {"type": "annual", "law": "poisson", "rate": r}, quantities(0.05, 3.0)),
        st.builds(
            lambda r: {
                "type": "annual",
                "law": "negative_binomial",
                "rate": r,
                "contagion": 0.5,
            },
            quantities(0.05, 3.0),
        ),
        st.builds(
            lambda p, lasts, ramp: {
                "type": "once",
                "window": window,
                "probability": p,
                "lasts": lasts,
                "ramp": ramp,
            },
            chance,
            st.one_of(st.just("to_end"), st.integers(1, 4)),
            st.integers(1, 3),
        ),
        st.just({"type": "ongoing"}),
    )


def _impacts(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    direction = "adverse" if kind == "risk" else "favourable"
    amount = quantities(0.5, 20.0).map(lambda one: {"amount": one})
    share = quantities(0.01, 0.4).map(lambda one: {"share": one})
    plain = st.just({"channel": "operating_cost"})
    exposed = st.sampled_from(
        [
            {"channel": "operating_cost", "exposure": "plant"},
            {"channel": "asset_value", "exposure": "plant"},
            {"channel": "asset_value", "exposure": "stock"},
            {"channel": "revenue", "revenue_line": "sales"},
        ]
    )
    whole = st.one_of(st.tuples(plain, amount), st.tuples(exposed, amount | share))
    one = whole.map(lambda pair: {"line": "a line", "direction": direction, **pair[0], **pair[1]})
    return st.dictionaries(st.sampled_from(["first", "second"]), one, min_size=1)


def _links(target: str, names: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    driver = st.sampled_from(DRIVERS)
    elasticity = _number(-1.0, 2.0)
    acts_on = st.sampled_from([*([target] if target else []), "severity", *names])
    ratios = st.builds(
        lambda d, a, e: {"driver": d, "acts_on": a, "form": "ratio", "elasticity": e},
        driver,
        acts_on,
        elasticity,
    )
    additions = st.builds(
        lambda d, a, f, p: {"driver": d, "acts_on": a, "form": f, "per_unit": p},
        driver,
        st.sampled_from(["rate"] if target == "rate" else names),
        st.sampled_from(["level", "difference"]),
        _number(0.0, 0.004),
    )
    return st.lists(
        st.one_of(ratios, additions),
        max_size=3,
        unique_by=lambda link: (link["driver"], link["acts_on"], link["form"]),
    )


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Return an assessed item of any kind, occurrence and form."""
    kind = draw(st.sampled_from(["risk", "opportunity"]))
    first = draw(st.integers(FIRST, END))
    window = (first, draw(st.integers(first, END)))
    occurrence = draw(_occurrences(window))
    impact = draw(_impacts(kind))
    target = _LIKELIHOOD.get(occurrence.get("law", ""), "")
    per_event = occurrence["type"] == "annual" and draw(st.booleans())
    return make_item(
        occurrence,
        impact,
        kind=kind,
        category=draw(st.sampled_from(_CATEGORIES[kind])),
        frame={
            "period": window,
            "conditions": draw(st.sampled_from(["base_year", "ahead", "behind"])),
            "given": draw(st.sampled_from(["existing_controls", "none"])),
        },
        links=draw(
            _links("probability" if occurrence["type"] == "once" else target, sorted(impact))
        ),
        severity="per_event" if per_event else "per_draw",
        insurance=draw(st.none() | _policies(sorted(impact))) if kind == "risk" else None,
    )


def _policies(covers: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda deductible, aggregate: {
            "covers": covers,
            "deductible": deductible,
            "limit": 8.0,
            "share": 0.75,
            "aggregate": aggregate,
        },
        _number(0.0, 4.0),
        st.sampled_from(["event", "annual"]),
    )


_LIKELIHOOD = {"bernoulli": "probability", "poisson": "rate", "negative_binomial": "rate"}
_CATEGORIES = {"risk": ["acute", "policy_legal"], "opportunity": ["energy_source", "resilience"]}


def _target(item: Item) -> list[str]:
    law = getattr(item.occurrence, "law", None)
    often = _LIKELIHOOD.get(law or "")
    return [*([often] if often else []), "severity", *item.impact]


@st.composite
def measures(draw: st.DrawFn, register: dict[str, Item]) -> Measure:
    """Return a measure that acts on any of the items."""
    kind = draw(st.sampled_from(["risk", "opportunity"]))
    targets = [
        (name, acts_on)
        for name, item in register.items()
        if item.kind == kind
        for acts_on in _target(item)
    ]
    acted = draw(st.lists(st.sampled_from(targets), max_size=3, unique=True)) if targets else []
    effects = [
        {"item": name, "acts_on": acts_on, "share": draw(quantities(0.05, 0.4))}
        for name, acts_on in acted
    ]
    return Measure.model_validate(
        {
            "title": "A measure",
            "status": draw(st.sampled_from(["existing", "planned"])),
            "start": draw(st.integers(FIRST, END)),
            "capex": draw(st.none() | quantities(0.1, 2.0)),
            "opex": draw(st.none() | quantities(0.1, 2.0)),
            ("reduces" if kind == "risk" else "raises"): effects,
        }
    )


def register(most: int = 6) -> st.SearchStrategy[dict[str, Item]]:
    """Return 1 to `most` items by id."""
    ids = st.sampled_from([f"I-{number}" for number in range(most)])
    return st.dictionaries(ids, items(), min_size=1, max_size=most)


@st.composite
def studies(draw: st.DrawFn, most: int = 6) -> Study:
    """Return a study without faults: 1 to `most` items, measures, two scenarios, two horizons."""
    settings = make_settings(
        YEARS,
        scenarios=("ahead", "behind"),
        exposures={
            "plant": {"value": {"value": 20.0}, "growth": draw(quantities(0.005, 0.04))},
            "stock": {"value": {"value": 30.0}, "fair_value_through_profit": True},
        },
        revenue_lines={"sales": 100.0},
        discount_rate={"value": 0.06},
        horizons={
            "near": {"years": (FIRST, FIRST + 1), "planning": "budget"},
            "far": {"years": (FIRST + 3, END), "planning": "strategy"},
        },
    )
    found = draw(register(most))
    worlds = (draw(scenarios("ahead")), draw(scenarios("behind")))
    controls = {
        name: draw(measures(found))
        for name in draw(st.lists(st.sampled_from(["M-1", "M-2"]), unique=True))
    }
    responses = {"heavy_rain": Response.model_validate(HEAVY_RAIN)}
    study = make_study(found, settings, worlds, measures=controls, responses=responses)
    parts = Parts(settings, study.items, study.measures, study.scenarios, study.responses)
    assert check_parts(parts) == []
    return study
