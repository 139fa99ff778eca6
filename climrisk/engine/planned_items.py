"""Items and measures as the kernel meets them: signs, margins, links and measures resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from climrisk.domain.impact import Impact
from climrisk.domain.insurance import Insurance
from climrisk.domain.item import Item
from climrisk.domain.link import Link
from climrisk.domain.measure import Effect, Measure
from climrisk.domain.occurrence import Annual, Once, Ongoing
from climrisk.domain.quantities import Quantity
from climrisk.domain.settings import Settings
from climrisk.domain.study import Study
from climrisk.names import CHANNELS, CONTROLS, INHERENT, RESIDUAL

__all__ = [
    "PlannedCost",
    "PlannedEffect",
    "PlannedImpact",
    "PlannedItem",
    "PlannedLink",
    "planned_costs",
    "planned_items",
    "with_measure",
]

SEVERITY: Final = "severity"


@dataclass(frozen=True)
class PlannedLink:
    """A link with the purpose that its own uncertainty is drawn for."""

    driver: str
    acts_on: str
    form: str
    elasticity: float
    per_unit: Quantity | None
    purpose: str


@dataclass(frozen=True)
class PlannedEffect:
    """What one measure does to one target of an item.

    Parameters
    ----------
    measure : str
        Id of the measure.
    acts_on : str
        `rate`, `probability`, `severity` or an impact.
    share : Quantity
        Share taken off or added.
    sign : int
        -1 where it reduces, +1 where it raises.
    first : int
        Position of its first year; 0 for existing measures.
    controls : tuple of str
        Controls under which the estimates have to be corrected for it.
    inverse : bool
        True where the estimates reckon with an existing control that `inherent` takes away.
    """

    measure: str
    acts_on: str
    share: Quantity
    sign: int
    first: int
    controls: tuple[str, ...]
    inverse: bool = False


@dataclass(frozen=True)
class PlannedImpact:
    """One impact with its sign and its way into net.

    Parameters
    ----------
    name : str
        Id within the item.
    channel : int
        Position among the channels.
    sign : float
        -1 adverse; +1 favourable or signed.
    severity : Quantity
        Amount [million] or share, for one occurrence.
    subject_to : str or None
        Exposure or revenue line that it falls on.
    is_share : bool
        True where severity is a share of that.
    may_be_negative : bool
        True for signed amounts.
    margin : float
        Part of the effect that reaches net.
    write_ups_in_net : bool
        False for asset values that are not carried at fair value through profit.
    pass_through : Quantity or None
        Part of the effect that customers bear.
    """

    name: str
    channel: int
    sign: float
    severity: Quantity
    subject_to: str | None
    is_share: bool
    may_be_negative: bool
    margin: float
    write_ups_in_net: bool
    pass_through: Quantity | None


@dataclass(frozen=True)
class PlannedItem:
    """One assessed item."""

    id: str
    kind: str
    category: str
    occurrence: Annual | Once | Ongoing
    per_event: bool
    conditions: str
    period: tuple[int, int]
    links: tuple[PlannedLink, ...]
    impacts: tuple[PlannedImpact, ...]
    effects: tuple[PlannedEffect, ...]
    common_factor: float
    insurance: Insurance | None

    @property
    def side(self) -> int:
        """-1 for a risk, whose bad side matters; +1 for an opportunity."""
        return -1 if self.kind == "risk" else 1

    def links_on(self, *targets: str) -> tuple[PlannedLink, ...]:
        """Return the links that act on any of `targets`."""
        return tuple(link for link in self.links if link.acts_on in targets)

    def effects_on(self, control: str, *targets: str) -> tuple[PlannedEffect, ...]:
        """Return the measures' effects on any of `targets` under `control`."""
        return tuple(
            effect
            for effect in self.effects
            if effect.acts_on in targets and control in effect.controls
        )


@dataclass(frozen=True)
class PlannedCost:
    """What a planned measure costs from its first year, under `controls` that hold it."""

    measure: str
    controls: tuple[str, ...]
    first: int
    capex: Quantity | None
    opex: Quantity | None


def with_measure(measure: str) -> str:
    """Return the name of the control that adds one planned measure to the current ones."""
    return f"with {measure}"


def planned_items(study: Study) -> tuple[PlannedItem, ...]:
    """Return the assessed items in id order."""
    return tuple(_item(study, name, item) for name, item in study.assessed.items())


def planned_costs(study: Study) -> tuple[PlannedCost, ...]:
    """Return the planned measures that cost money, in id order.

    Existing measures cost nothing here: the study's own plan already pays for them.
    """
    return tuple(
        PlannedCost(
            name,
            (RESIDUAL, with_measure(name)),
            _first(study.settings, measure),
            measure.capex,
            measure.opex,
        )
        for name, measure in sorted(study.measures.items())
        if measure.status == "planned" and (measure.capex or measure.opex)
    )


def _first(settings: Settings, measure: Measure) -> int:
    return 0 if measure.start is None else max(measure.start - settings.base_year - 1, 0)


def _item(study: Study, name: str, item: Item) -> PlannedItem:
    assert item.occurrence is not None
    assert item.frame is not None
    return PlannedItem(
        id=name,
        kind=item.kind,
        category=item.category,
        occurrence=item.occurrence,
        per_event=item.severity == "per_event",
        conditions=item.frame.conditions,
        period=item.frame.period,
        links=_links(item.links),
        impacts=tuple(
            _impact(study.settings, key, impact) for key, impact in sorted(item.impact.items())
        ),
        effects=_effects(study, name, item.frame.given == "none"),
        common_factor=item.common_factor or 0.0,
        insurance=item.insurance,
    )


def _links(links: tuple[Link, ...]) -> tuple[PlannedLink, ...]:
    return tuple(
        PlannedLink(
            link.driver,
            link.acts_on,
            link.form,
            link.elasticity if link.elasticity is not None else 0.0,
            link.per_unit,
            f"per_unit {link.driver} {link.acts_on} {link.form}",
        )
        for link in links
    )


def _impact(settings: Settings, name: str, impact: Impact) -> PlannedImpact:
    subject = impact.subject_to
    margin, fair = 1.0, True
    if impact.channel == "revenue" and impact.revenue_line is not None:
        margin = settings.revenue_lines[impact.revenue_line].margin.value
    if impact.channel == "asset_value":
        fair = subject is not None and settings.subject_value(subject).fair_value_through_profit
    return PlannedImpact(
        name=name,
        channel=CHANNELS.index(impact.channel),
        sign=-1.0 if impact.direction == "adverse" else 1.0,
        severity=impact.severity,
        subject_to=subject,
        is_share=impact.share is not None,
        may_be_negative=impact.direction == "signed",
        margin=margin,
        write_ups_in_net=fair,
        pass_through=impact.pass_through,
    )


def _effects(study: Study, item: str, without_controls: bool) -> tuple[PlannedEffect, ...]:
    found = []
    added = [with_measure(name) for name, one in study.measures.items() if one.status == "planned"]
    for name, measure in sorted(study.measures.items()):
        existing = measure.status == "existing"
        inverse = existing and not without_controls  # the estimate already reckons with it
        given = (INHERENT,) if inverse else (*CONTROLS, *added)
        controls = given if existing else (RESIDUAL, with_measure(name))
        stated: Mapping[int, tuple[Effect, ...]] = {-1: measure.reduces, 1: measure.raises}
        found += [
            PlannedEffect(
                measure=name,
                acts_on=effect.acts_on,
                share=effect.share,
                sign=sign,
                first=0 if existing else _first(study.settings, measure),
                controls=controls,
                inverse=inverse,
            )
            for sign, effects in stated.items()
            for effect in effects
            if effect.item == item
        ]
    return tuple(found)
