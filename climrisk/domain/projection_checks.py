"""Checks of the projection, of own carbon cost, and of measures on sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from climrisk.domain.driver_checks import ratio_findings
from climrisk.domain.finding import Finding, unknown
from climrisk.domain.inventory import Activity
from climrisk.domain.link import Link
from climrisk.domain.measure import Measure
from climrisk.domain.projection import CarbonCost, ProjectedSource
from climrisk.domain.scenario import Response, Scenario
from climrisk.domain.settings import Settings

__all__ = ["known_sources", "projection_findings", "source_findings"]

STUDY = "study.yaml"
REGISTER = "register.yaml"


def known_sources(settings: Settings, inventory: tuple[Activity, ...]) -> set[str]:
    """Return the sources and denominators with activity in the base year."""
    return {row.source_id for row in inventory if row.year == settings.base_year}


def projection_findings(
    settings: Settings,
    scenarios: Mapping[str, Scenario],
    responses: Mapping[str, Response],
    inventory: tuple[Activity, ...] | None,
) -> Iterator[Finding]:
    """Yield the faults of the projection and of own carbon cost.

    Parameters
    ----------
    settings : Settings
    scenarios : mapping of id to Scenario
    responses : mapping of id to Response
    inventory : tuple of Activity or None
        None where it could not be read; sources are then not checked.
    """
    known = None if inventory is None else known_sources(settings, inventory)
    for name, source in settings.projection.items():
        place = ("projection", name)
        if known is not None and name not in known:
            yield unknown(STUDY, place, f"source in {settings.base_year}", name, known)
        yield from _follows(settings, place, source, known)
        for position, link in enumerate(source.links):
            at = (*place, "links", position, "driver")
            yield from _link(settings, scenarios, responses, at, link)
    yield from _circles(settings)
    yield from _priced_twice(settings)
    for name, cost in settings.carbon_cost.items():
        yield from _carbon_cost(settings, scenarios, ("carbon_cost", name), cost)


def _follows(
    settings: Settings, place: tuple[str, ...], source: ProjectedSource, known: set[str] | None
) -> Iterator[Finding]:
    if source.follows is None or known is None:
        return
    leaders = {*settings.exposures, *settings.revenue_lines, *known}
    if source.follows.subject not in leaders:
        at = (*place, "follows", "subject")
        kind = "exposure, revenue line or source"
        yield unknown(STUDY, at, kind, source.follows.subject, leaders)


def _circles(settings: Settings) -> Iterator[Finding]:
    """Find sources that follow each other in a circle."""
    leader = {name: one.follows.subject for name, one in settings.projection.items() if one.follows}
    for name in leader:
        way = [name]
        while way[-1] in leader and leader[way[-1]] not in way:
            way.append(leader[way[-1]])
        if leader.get(way[-1]) == name:
            place = ("projection", name, "follows", "subject")
            found = f"found {' follows '.join([*way, name])}"
            yield Finding(STUDY, place, found, "allowed: no circle")


def _priced_twice(settings: Settings) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for name, cost in settings.carbon_cost.items():
        for scope in cost.scopes:
            if scope in taken:
                found = f"scope {scope}, which {taken[scope]} prices as well"
                at = ("carbon_cost", name, "scopes")
                yield Finding(STUDY, at, found, "allowed: each scope in one part")
            taken.setdefault(scope, name)


def _link(
    settings: Settings,
    scenarios: Mapping[str, Scenario],
    responses: Mapping[str, Response],
    place: tuple[str | int, ...],
    link: Link,
) -> Iterator[Finding]:
    lacking = list(_lacking(scenarios, place, link.driver))
    yield from lacking
    if link.form == "ratio" and not lacking:
        yield from ratio_findings(
            settings, scenarios, responses, link.driver, place, link.elasticity or 0.0, file=STUDY
        )


def _lacking(
    scenarios: Mapping[str, Scenario], place: tuple[str | int, ...], driver: str
) -> Iterator[Finding]:
    lacking = [one.id for one in scenarios.values() if driver not in one.drivers]
    if not lacking:
        return
    shared = set.intersection(*(set(one.drivers) for one in scenarios.values()))
    if len(lacking) == len(scenarios):
        yield unknown(STUDY, place, "driver", driver, shared)
        return
    found = f"driver {driver!r}, which {', '.join(lacking)} does not state"
    allowed = f"allowed: drivers of every scenario: {', '.join(sorted(shared))}"
    yield Finding(STUDY, place, found, allowed)


def _carbon_cost(
    settings: Settings,
    scenarios: Mapping[str, Scenario],
    part: tuple[str, ...],
    cost: CarbonCost,
) -> Iterator[Finding]:
    first, last = settings.base_year + 1, settings.end_year
    if not first <= cost.from_year <= last:
        at = (*part, "from_year")
        yield Finding(STUDY, at, f"found {cost.from_year}", f"allowed: {first}-{last}")
    place = (*part, "driver")
    lacking = list(_lacking(scenarios, place, cost.driver))
    yield from lacking
    reference = scenarios.get(settings.reference_scenario)
    if lacking or reference is None:
        return
    conversion = settings.conversions.get(cost.driver)
    stated = reference.drivers[cost.driver].unit if conversion is None else conversion.to_unit
    wanted = _price_units(settings)
    if stated not in wanted:
        cure = "a conversion of the driver to it" if conversion is None else "that to_unit"
        yield Finding(
            STUDY,
            place,
            f"{cost.driver} in {stated!r}",
            f"allowed: {' or '.join(wanted)}; state {cure}",
        )


def _price_units(settings: Settings) -> tuple[str, ...]:
    """Return how a price of carbon in the study's currency and price year may be written."""
    names = dict.fromkeys((settings.money.label, settings.money.currency))
    gases = ("tCO2", "tCO2e")
    return tuple(f"{name}{settings.money.price_year}/{gas}" for name in names for gas in gases)


def source_findings(
    settings: Settings, inventory: tuple[Activity, ...] | None, name: str, measure: Measure
) -> Iterator[Finding]:
    """Yield the faults of what a measure does to sources; see `projection_findings`."""
    if inventory is None:
        return
    known = known_sources(settings, inventory)
    seen: set[tuple[str | None, str]] = set()
    for position, effect in enumerate(measure.reduces):
        place = ("measures", name, "reduces", position)
        if effect.source is None:
            continue
        if effect.source not in known:
            yield unknown(REGISTER, (*place, "source"), "source", effect.source, known)
        other = effect.replaced_by
        if other is not None and other.source not in known:
            at = (*place, "replaced_by", "source")
            yield unknown(REGISTER, at, "source", other.source, known)
        if (effect.source, effect.acts_on) in seen:
            allowed = "allowed: one share or amount for a source and target"
            yield Finding(REGISTER, place, "the same effect twice", allowed)
        seen.add((effect.source, effect.acts_on))
