"""What a reader must be told about a study before believing its results; never a reason to stop."""

from __future__ import annotations

from collections.abc import Iterator

from climrisk.domain.emission_advice import emission_advice
from climrisk.domain.item import Item
from climrisk.domain.quantities import Quantity
from climrisk.domain.scenario import Scenario, value_in
from climrisk.domain.study import Study

__all__ = ["advice", "unverified_inputs"]

LOW_WARMING = 1.5
"""Median warming in 2100 [K] that one scenario of a set should stay within."""


def advice(study: Study, scenarios: tuple[str, ...]) -> list[str]:
    """Return warnings on the choice of scenarios, held responses, heavy tails and unchecked data.

    Parameters
    ----------
    study : Study
    scenarios : tuple of str
        The scenarios that are run, without `base_year`.
    """
    chosen = [study.scenarios[name] for name in scenarios if name in study.scenarios]
    return [
        *_scenario_choice(chosen),
        *_held_responses(study, chosen),
        *_heavy_tails(study),
        *unverified_inputs(study, scenarios),
        *emission_advice(study),
    ]


def _scenario_choice(chosen: list[Scenario]) -> Iterator[str]:
    if len(chosen) < 2:
        yield f"{len(chosen)} scenario: a resilience view needs two or more"
    if not any(one.warming.median_2100.value <= LOW_WARMING for one in chosen):
        yield f"no scenario whose median warming in 2100 is within {LOW_WARMING} °C"
    assumed = [one.id for one in chosen if one.basis == "assumption"]
    if assumed:
        yield (
            f"assumption: {', '.join(assumed)} is no published scenario but put together from parts"
        )
    if len(chosen) > 1:
        yield (
            "scenarios hardly differ in physical risk before about 2040: "
            "their warming is still close together"
        )


def _held_responses(study: Study, chosen: list[Scenario]) -> Iterator[str]:
    linked = study.drivers_in_use
    for name in sorted(linked):
        beyond = [one.id for one in chosen if _is_held(study, one, name)]
        if beyond:
            yield (
                f"{name} is held at the end of its published response for some percentiles in "
                f"{', '.join(beyond)}"
            )


def _is_held(study: Study, scenario: Scenario, name: str) -> bool:
    response = study.responses.get(scenario.drivers[name].response or "")
    if response is None:
        return False
    paths = scenario.drivers[response.driver].paths()
    values = [value_in(path, year) for path in paths for year in study.settings.years]
    return max(values) > response.points[-1][0] or min(values) < response.points[0][0]


def _heavy_tails(study: Study) -> Iterator[str]:
    for name, item in study.assessed.items():
        if any(not one.variance_is_finite for one in _quantities(item)):
            yield (
                f"{name}: a stated range is so wide that its variance is infinite; "
                "Monte Carlo errors of its mean cannot be trusted"
            )


def _quantities(item: Item) -> Iterator[Quantity]:
    if item.occurrence is not None and item.occurrence.likelihood is not None:
        yield item.occurrence.likelihood
    for impact in item.impact.values():
        yield impact.severity


def unverified_inputs(study: Study, scenarios: tuple[str, ...]) -> list[str]:
    """Return the figures in use that nobody has checked against their source, one line each."""
    found = []
    linked = study.drivers_in_use
    for name in sorted(linked):
        used = [study.scenarios[one].drivers[name] for one in scenarios if one in study.scenarios]
        responses = {one.response for one in used if one.response in study.responses}
        behind = [study.responses[one] for one in responses if one]
        parents = [
            study.scenarios[one].drivers[response.driver]
            for one in scenarios
            if one in study.scenarios
            for response in behind
        ]
        if any(one.verified is False for one in (*used, *behind, *parents)):
            found.append(f"{name}: not verified against its source")
    for name, conversion in sorted(study.settings.conversions.items()):
        steps = (conversion.inflation, conversion.exchange_rate)
        if name in linked and any(step.verified is False for step in steps):
            found.append(f"{name} conversion: not verified against its source")
    return found
