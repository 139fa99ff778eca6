"""Checks of driver series: they must cover the study's years, and a ratio needs a base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from climrisk.domain.finding import Finding, unknown
from climrisk.domain.item import Item
from climrisk.domain.scenario import Driver, Response, Scenario, value_in
from climrisk.domain.settings import Settings

__all__ = ["ratio_findings", "series_findings"]

REGISTER = "register.yaml"


def series_findings(
    settings: Settings,
    items: Mapping[str, Item],
    scenarios: Mapping[str, Scenario],
    responses: Mapping[str, Response],
) -> Iterator[Finding]:
    """Yield faults of the series that the items' links, projection and carbon cost use."""
    linked = {link.driver for item in items.values() for link in item.links}
    linked |= settings.projected_drivers
    used: set[str] = set()
    for scenario in scenarios.values():
        file = f"scenarios/{scenario.id}.yaml"
        yield from _responses(file, scenario, responses)
        needed = linked | _parents(scenario, linked, responses)
        used |= needed
        for name in sorted(needed):
            driver = scenario.drivers.get(name)
            if driver is not None and driver.response is None:
                is_reference = scenario.id == settings.reference_scenario
                yield from _coverage(settings, file, name, driver, is_reference)
    yield from _models(settings, scenarios, used)


def _parents(scenario: Scenario, linked: set[str], responses: Mapping[str, Response]) -> set[str]:
    """Return the drivers that the responses behind the linked drivers follow."""
    return {
        responses[driver.response].driver
        for name in linked
        if (driver := scenario.drivers.get(name))
        and driver.response is not None
        and driver.response in responses
    }


def _responses(
    file: str, scenario: Scenario, responses: Mapping[str, Response]
) -> Iterator[Finding]:
    for name, driver in scenario.drivers.items():
        if driver.response is not None and driver.response not in responses:
            yield unknown(
                file, ("drivers", name, "response"), "response", driver.response, responses
            )


def _coverage(
    settings: Settings, file: str, name: str, driver: Driver, is_reference: bool
) -> Iterator[Finding]:
    years = sorted(driver.paths()[0])
    if years[-1] < settings.end_year:
        yield Finding(
            file,
            ("drivers", name),
            f"series ends in {years[-1]}",
            f"needed up to {settings.end_year}, the study's end_year: nothing is extrapolated",
        )
    if is_reference and years[0] > settings.base_year:
        yield Finding(
            file,
            ("drivers", name),
            f"series begins in {years[0]}",
            f"needed from {settings.base_year}, the study's base_year, in the reference "
            "scenario: nothing is extrapolated",
        )


def _models(
    settings: Settings, scenarios: Mapping[str, Scenario], used: set[str]
) -> Iterator[Finding]:
    reference = scenarios.get(settings.reference_scenario)
    if reference is None:
        return
    for scenario in scenarios.values():
        for name in sorted(used & set(scenario.drivers) & set(reference.drivers)):
            own, expected = scenario.drivers[name], reference.drivers[name]
            if sorted(own.models or ()) != sorted(expected.models or ()):
                yield Finding(
                    f"scenarios/{scenario.id}.yaml",
                    ("drivers", name, "models"),
                    f"found {_listed(own)}",
                    f"allowed: {_listed(expected)}, as in {reference.id}",
                )


def _listed(driver: Driver) -> str:
    return ", ".join(sorted(driver.models or ())) or "no models"


def ratio_findings(
    settings: Settings,
    scenarios: Mapping[str, Scenario],
    responses: Mapping[str, Response],
    name: str,
    place: tuple[str | int, ...],
    elasticity: float,
    file: str = REGISTER,
) -> Iterator[Finding]:
    """Yield faults of a ratio: a base that is not above zero, or a later value below zero.

    With a negative elasticity a later value of zero is one as well: its power is infinite.
    """
    reference = scenarios.get(settings.reference_scenario)
    if reference is None:
        return
    driver = reference.drivers[name]
    if driver.response is None:
        bases = _bases(driver, settings.base_year)
    elif driver.response in responses:
        bases = {"": min(out for _, out in responses[driver.response].points)}
    else:
        return
    bad = [
        f"{base:g} in {variant}" if variant else f"{base:g}"
        for variant, base in sorted(bases.items())
        if base <= 0.0
    ]
    if bad:
        yield Finding(
            file,
            place,
            f"ratio to {name}, whose base in {settings.base_year} is {' and '.join(bad)}",
            "allowed: form difference or level, or a driver that is above zero",
        )
    if not bad:
        yield from _below_zero(settings, scenarios, name, place, elasticity, file)


def _below_zero(
    settings: Settings,
    scenarios: Mapping[str, Scenario],
    name: str,
    place: tuple[str | int, ...],
    elasticity: float,
    file: str,
) -> Iterator[Finding]:
    for scenario in scenarios.values():
        paths = scenario.drivers[name].paths()
        values = ((value_in(path, year), year) for path in paths for year in settings.years)
        lowest, year = min(values, default=(1.0, 0))  # a response has no path of its own
        if lowest < 0.0 or (lowest == 0.0 and elasticity < 0.0):
            yield Finding(
                file,
                place,
                f"ratio to {name}, which is {lowest:g} in {year} in {scenario.id}",
                "allowed: form difference or level, or a driver that "
                + ("stays above zero" if elasticity < 0.0 else "never falls below zero"),
            )


def _bases(driver: Driver, base_year: int) -> dict[str, float]:
    named = driver.models or driver.quantiles or {"": driver.path or {}}
    return {variant: value_in(path, base_year) for variant, path in named.items()}
