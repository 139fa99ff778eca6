"""Checks of dependence groups: items that exist, of one type, with a possible matrix."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from climrisk.domain.correlation import LARGEST_REPAIR, tied_groups
from climrisk.domain.dependence import Dependence, Group
from climrisk.domain.finding import Finding, unknown
from climrisk.domain.item import Item
from climrisk.domain.occurrence import Annual

__all__ = ["dependence_findings"]

REGISTER = "register.yaml"


def dependence_findings(
    dependence: Dependence, items: Mapping[str, Item], unread: Collection[str]
) -> Iterator[Finding]:
    """Yield the faults of the dependence groups.

    Parameters
    ----------
    dependence : Dependence
    items : mapping of id to Item
    unread : collection of str
        Ids of items with faults of their own; naming them is no fault.
    """
    for section in ("occurrence", "severity"):
        groups: tuple[Group, ...] = getattr(dependence, section)
        for number, group in enumerate(groups):
            place = ("dependence", section, number)
            yield from _members(place, group, items, unread)
            known = {name: items[name] for name in group.items if name in items}
            check = _occurrence if section == "occurrence" else _severity
            yield from check(place, group, known)
        yield from _possible(section, groups)


def _members(
    place: tuple[str | int, ...], group: Group, items: Mapping[str, Item], unread: Collection[str]
) -> Iterator[Finding]:
    for position, name in enumerate(group.items):
        if name not in items and name not in unread:
            yield unknown(REGISTER, (*place, "items", position), "item", name, {*items, *unread})


def _occurrence(
    place: tuple[str | int, ...], group: Group, items: Mapping[str, Item]
) -> Iterator[Finding]:
    types = {name: item.occurrence.type for name, item in items.items() if item.occurrence}
    if "ongoing" in types.values():
        names = ", ".join(name for name, kind in types.items() if kind == "ongoing")
        yield Finding(REGISTER, place, f"{names} is ongoing", "allowed: items that occur")
    if len(set(types.values())) > 1:
        yield Finding(
            REGISTER,
            place,
            f"items of types {', '.join(sorted(set(types.values())))}",
            "allowed: one occurrence type in a group",
        )
    if group.persistence and "once" in types.values():
        yield Finding(
            REGISTER,
            (*place, "persistence"),
            "persistence of items that occur once",
            "allowed: none; an effect that lasts states `lasts`",
        )


def _severity(
    place: tuple[str | int, ...], group: Group, items: Mapping[str, Item]
) -> Iterator[Finding]:
    fresh = [name for name, item in items.items() if item.severity == "per_event"]
    if fresh:
        yield Finding(
            REGISTER,
            place,
            f"{', '.join(fresh)}: severity per event",
            "allowed: severity per_draw, or common_factor between the events of a year",
        )
    if group.persistence is not None:
        yield Finding(
            REGISTER,
            (*place, "persistence"),
            "persistence of a severity",
            "allowed: none; one quantile holds for the whole draw",
        )
    for name, item in items.items():
        if isinstance(item.occurrence, Annual) and not item.impact:
            yield Finding(REGISTER, place, f"{name} has no impact", "allowed: items with impacts")


def _possible(section: str, groups: tuple[Group, ...]) -> Iterator[Finding]:
    try:
        tied = tied_groups(groups)
    except ValueError as error:
        yield Finding(REGISTER, ("dependence", section), str(error), "allowed: one statement")
        return
    for one in tied:
        if one.repair > LARGEST_REPAIR:
            yield Finding(
                REGISTER,
                ("dependence", section),
                f"correlations of {', '.join(one.items)} cannot all hold; the nearest possible "
                f"matrix changes one by {one.repair:.2f}",
                f"allowed: changes up to {LARGEST_REPAIR}; weaken the strongest",
            )
