"""Checks across declarations: ids that must exist, years that must fit, targets that must exist.

They work on the parts that could be read, so that one broken item does not hide another's faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from climrisk.domain.dependence import Dependence
from climrisk.domain.dependence_checks import dependence_findings
from climrisk.domain.driver_checks import ratio_findings, series_findings
from climrisk.domain.finding import Finding, unknown
from climrisk.domain.inventory import Activity
from climrisk.domain.item import Item
from climrisk.domain.link import Link
from climrisk.domain.measure import Measure
from climrisk.domain.measure_checks import measure_findings, targets
from climrisk.domain.occurrence import Annual, Once
from climrisk.domain.projection_checks import projection_findings, source_findings
from climrisk.domain.scenario import Response, Scenario
from climrisk.domain.settings import Settings
from climrisk.names import BASE_YEAR_SCENARIO, RESERVED_SUBJECTS

__all__ = ["Parts", "check_parts"]

STUDY = "study.yaml"
REGISTER = "register.yaml"
LARGEST_RATE = 500.0
TARGETS = ("rate", "probability", "severity")


@dataclass(frozen=True)
class Parts:
    """The valid parts of a study, and the names of those that could not be read.

    Parameters
    ----------
    settings : Settings
    items : mapping of id to Item
    measures : mapping of id to Measure
    scenarios : mapping of id to Scenario
    responses : mapping of id to Response
    dependence : Dependence
    unread_items : frozenset of str
        Ids of items with faults of their own; naming them is no fault.
    scenario_names : frozenset of str
        Ids of all scenarios that a study may name, read or not.
    inventory : tuple of Activity or None
        None where it could not be read.
    """

    settings: Settings
    items: Mapping[str, Item]
    measures: Mapping[str, Measure]
    scenarios: Mapping[str, Scenario]
    responses: Mapping[str, Response]
    dependence: Dependence = field(default_factory=Dependence)
    unread_items: frozenset[str] = frozenset()
    scenario_names: frozenset[str] = frozenset()
    inventory: tuple[Activity, ...] | None = None


def check_parts(parts: Parts) -> list[Finding]:
    """Return every fault across the parts, in file order of their kinds."""
    found = [*_horizons(parts.settings), *_exposure_names(parts.settings)]
    for name, item in parts.items.items():
        found += _item(parts, name, item)
    for name, measure in parts.measures.items():
        found += measure_findings(parts.settings, parts.items, parts.unread_items, name, measure)
        found += source_findings(parts.settings, parts.inventory, name, measure)
    return [
        *found,
        *dependence_findings(parts.dependence, parts.items, parts.unread_items),
        *_conversions(parts),
        *projection_findings(parts.settings, parts.scenarios, parts.responses, parts.inventory),
        *series_findings(parts.settings, parts.items, parts.scenarios, parts.responses),
    ]


def _horizons(settings: Settings) -> Iterator[Finding]:
    first, last = settings.base_year + 1, settings.end_year
    taken: dict[int, str] = {}
    for name, horizon in settings.horizons.items():
        path = ("horizons", name, "years")
        start, end = horizon.years
        if not first <= start <= end <= last:
            yield Finding(
                STUDY,
                path,
                f"found {start}-{end}",
                f"allowed: first to last year, within {first}-{last}",
            )
        shared = sorted({taken[year] for year in range(start, end + 1) if year in taken})
        if shared:
            yield Finding(
                STUDY, path, f"shares years with {', '.join(shared)}", "allowed: disjoint horizons"
            )
        taken |= dict.fromkeys(range(start, end + 1), name)
        if name == "all":
            yield Finding(
                STUDY,
                ("horizons", name),
                "found 'all'",
                "allowed: another name; 'all' is every simulated year",
            )


def _exposure_names(settings: Settings) -> Iterator[Finding]:
    for name in sorted(set(settings.exposures) & set(settings.revenue_lines)):
        yield Finding(
            STUDY,
            ("exposures", name),
            f"{name!r} is a revenue line as well",
            "allowed: one id for one thing",
        )


def _conversions(parts: Parts) -> Iterator[Finding]:
    reference = parts.scenarios.get(parts.settings.reference_scenario)
    if reference is None:
        return
    for name, conversion in parts.settings.conversions.items():
        if name not in reference.drivers:
            yield unknown(STUDY, ("conversions", name), "driver", name, reference.drivers)
        elif conversion.from_unit != reference.drivers[name].unit:
            yield Finding(
                STUDY,
                ("conversions", name, "from_unit"),
                f"found {conversion.from_unit!r}",
                f"allowed: {reference.drivers[name].unit!r}, the scenarios' unit",
            )


def _item(parts: Parts, name: str, item: Item) -> Iterator[Finding]:
    place: tuple[str | int, ...] = ("items", name)
    settings = parts.settings
    if name in RESERVED_SUBJECTS:
        yield Finding(
            REGISTER, place, f"found {name!r}", "allowed: an id that climrisk does not use itself"
        )
    if item.horizon is not None and item.horizon not in settings.horizons:
        yield unknown(REGISTER, (*place, "horizon"), "horizon", item.horizon, settings.horizons)
    for key, impact in item.impact.items():
        if key in TARGETS:
            allowed = f"allowed: another name; {', '.join(TARGETS)} are targets of links"
            yield Finding(REGISTER, (*place, "impact", key), f"found {key!r}", allowed)
        for name_of, known in (
            ("exposure", settings.exposures),
            ("revenue_line", settings.revenue_lines),
        ):
            stated = getattr(impact, name_of)
            if stated is not None and stated not in known:
                where = (*place, "impact", key, name_of)
                yield unknown(REGISTER, where, name_of.replace("_", " "), stated, known)
    yield from _frame(parts, place, item)
    for position, link in enumerate(item.links):
        yield from _link(parts, (*place, "links", position), item, link)
    yield from _twice(place, item)


def _frame(parts: Parts, place: tuple[str | int, ...], item: Item) -> Iterator[Finding]:
    frame, settings = item.frame, parts.settings
    if frame is None:
        return
    if frame.conditions != BASE_YEAR_SCENARIO:
        known = {*parts.scenario_names, *parts.scenarios, BASE_YEAR_SCENARIO}
        if frame.conditions not in known:
            at = (*place, "frame", "conditions")
            yield unknown(REGISTER, at, "scenario", frame.conditions, known)
        first, last = frame.period
        if first < settings.base_year or last > settings.end_year:
            yield Finding(
                REGISTER,
                (*place, "frame", "period"),
                f"found {first}-{last}",
                f"allowed: within {settings.base_year}-{settings.end_year}, the years "
                "for which the scenario is known",
            )
    if isinstance(item.occurrence, Once):
        first, last = item.occurrence.window
        if first <= settings.base_year or last > settings.end_year:
            yield Finding(
                REGISTER,
                (*place, "occurrence", "window"),
                f"found {first}-{last}",
                f"allowed: within {settings.base_year + 1}-{settings.end_year}",
            )


def _link(parts: Parts, place: tuple[str | int, ...], item: Item, link: Link) -> Iterator[Finding]:
    if item.occurrence is not None and link.acts_on not in targets(item):
        yield unknown(REGISTER, (*place, "acts_on"), "target", link.acts_on, targets(item))
    if link.form != "ratio" and link.acts_on == "severity" and len(item.impact) > 1:
        yield Finding(
            REGISTER,
            (*place, "acts_on"),
            f"form {link.form} on several impacts",
            f"allowed: one of {', '.join(sorted(item.impact))}",
        )
    lacking = [one.id for one in parts.scenarios.values() if link.driver not in one.drivers]
    if lacking:
        yield _unknown_driver(parts, (*place, "driver"), link.driver, lacking)
    elif link.form == "ratio":
        yield from ratio_findings(
            parts.settings,
            parts.scenarios,
            parts.responses,
            link.driver,
            (*place, "driver"),
            link.elasticity or 0.0,
        )


def _unknown_driver(
    parts: Parts, place: tuple[str | int, ...], driver: str, lacking: list[str]
) -> Finding:
    """Return the finding for a driver that some scenarios, or all of them, do not state."""
    shared = set.intersection(*(set(one.drivers) for one in parts.scenarios.values()))
    if len(lacking) == len(parts.scenarios):
        return unknown(REGISTER, place, "driver", driver, shared)
    found = f"driver {driver!r}, which {', '.join(lacking)} does not state"
    allowed = f"allowed: drivers of every scenario: {', '.join(sorted(shared))}"
    return Finding(REGISTER, place, found, allowed)


def _twice(place: tuple[str | int, ...], item: Item) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for position, link in enumerate(item.links):
        key = (link.driver, link.acts_on, link.form)
        if key in seen:
            yield Finding(
                REGISTER,
                (*place, "links", position),
                "the same link twice",
                "allowed: one link for a driver, target and form",
            )
        seen.add(key)
    law = item.occurrence
    if isinstance(law, Annual) and law.rate is not None and law.rate.mean() > LARGEST_RATE:
        yield Finding(
            REGISTER,
            (*place, "occurrence", "rate"),
            f"found {law.rate.mean():,.6g} events a year",
            f"allowed: up to {LARGEST_RATE:.0f}; state such an item as ongoing",
        )
