"""Checks of measures: items and targets that must exist, each acted on once by a measure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from climrisk.domain.finding import Finding, unknown
from climrisk.domain.item import Item
from climrisk.domain.measure import Effect, Measure
from climrisk.domain.occurrence import Annual, Once
from climrisk.domain.settings import Settings

__all__ = ["measure_findings", "targets"]

REGISTER = "register.yaml"


def targets(item: Item) -> set[str]:
    """Return what links and measures of an item may act on."""
    own = set(item.impact) | {"severity"}
    if isinstance(item.occurrence, Annual):
        return own | {"probability" if item.occurrence.law == "bernoulli" else "rate"}
    return own | {"probability"} if isinstance(item.occurrence, Once) else own


def measure_findings(
    settings: Settings,
    items: Mapping[str, Item],
    unread: Collection[str],
    name: str,
    measure: Measure,
) -> Iterator[Finding]:
    """Yield the faults of one measure.

    Parameters
    ----------
    settings : Settings
    items : mapping of id to Item
    unread : collection of str
        Ids of items with faults of their own; naming them is no fault.
    name : str
        Id of the measure.
    measure : Measure
    """
    first, last = settings.base_year + 1, settings.end_year
    planned = measure.status == "planned" and measure.start is not None
    if planned and not first <= (measure.start or 0) <= last:
        yield Finding(
            REGISTER,
            ("measures", name, "start"),
            f"found {measure.start}",
            f"allowed: {first}-{last} where planned",
        )
    for field, kind in (("reduces", "risk"), ("raises", "opportunity")):
        yield from _twice(name, field, getattr(measure, field))
        for position, effect in enumerate(getattr(measure, field)):
            place = ("measures", name, field, position)
            yield from _effect(items, unread, place, effect, kind)


def _twice(name: str, field: str, effects: tuple[Effect, ...]) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for position, effect in enumerate(effects):
        if effect.item is None:
            continue
        if (effect.item, effect.acts_on) in seen:
            yield Finding(
                REGISTER,
                ("measures", name, field, position),
                "the same effect twice",
                "allowed: one share for an item and target",
            )
        seen.add((effect.item, effect.acts_on))


def _effect(
    items: Mapping[str, Item],
    unread: Collection[str],
    place: tuple[str | int, ...],
    effect: Effect,
    kind: str,
) -> Iterator[Finding]:
    if effect.item is None:
        return
    item = items.get(effect.item)
    if item is None:
        if effect.item not in unread:
            yield unknown(REGISTER, (*place, "item"), "item", effect.item, {*items, *unread})
        return
    if item.kind != kind:
        cure = "reduces acts on a risk, raises on an opportunity"
        yield Finding(
            REGISTER, (*place, "item"), f"{effect.item} has kind {item.kind}", f"allowed: {cure}"
        )
    if item.occurrence is not None and effect.acts_on not in targets(item):
        yield unknown(REGISTER, (*place, "acts_on"), "target", effect.acts_on, targets(item))
