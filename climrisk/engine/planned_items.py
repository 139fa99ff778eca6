"""From a study's items and measures to what the kernel knows of them, in id order."""

from __future__ import annotations

from collections.abc import Mapping

from climrisk.domain.impact import Impact
from climrisk.domain.item import Item
from climrisk.domain.link import Link
from climrisk.domain.measure import Effect, Measure
from climrisk.domain.settings import Settings
from climrisk.domain.study import Study
from climrisk.engine.planned import (
    PlannedCost,
    PlannedEffect,
    PlannedImpact,
    PlannedItem,
    PlannedLink,
    with_measure,
)
from climrisk.names import CHANNELS, CONTROLS, INHERENT, RESIDUAL

__all__ = ["planned_costs", "planned_items"]


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
            if effect.item == item and effect.share is not None
        ]
    return tuple(found)
