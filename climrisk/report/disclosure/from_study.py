"""What the study itself shows: register, horizons, measures, scenarios."""

from __future__ import annotations

from collections.abc import Callable

from climrisk.domain.advice import LOW_WARMING
from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.report.disclosure.evidence import Evidence, Found, Remark, have, lack, part

__all__ = [
    "find_evidence",
    "find_horizons",
    "find_item_horizons",
    "find_measures",
    "find_register",
    "find_scenario_assumptions",
    "find_scenarios",
    "find_unquantified_reasons",
]

STUDY = "study.json"


def find_register(evidence: Evidence) -> Found:
    """Look for risks and opportunities, each with its category."""
    return have(STUDY) if evidence.study.items else lack("no_items")


def find_item_horizons(evidence: Evidence) -> Found:
    """Look for the horizon in which each item is expected to matter."""
    return _in_each(evidence.study.items, "item_horizons", lambda item: item.horizon is not None)


def find_evidence(evidence: Evidence) -> Found:
    """Look for the source or evidence of each item."""
    return _in_each(
        evidence.study.items, "item_sources", lambda item: bool(item.source or item.evidence)
    )


def find_unquantified_reasons(evidence: Evidence) -> Found:
    """Look for a reason at every item without a number."""
    unassessed = evidence.study.not_assessed
    if evidence.study.items and not unassessed:
        return have(STUDY, remarks=(Remark("all_quantified"),))
    return _in_each(unassessed, "no_reason", lambda item: _reason_of(item) is not None)


def _reason_of(item: Item) -> str | None:
    stated = item.quantification
    return None if stated is None or stated.status == "quantified" else stated.reason


def _in_each(items: dict[str, Item], key: str, holds: Callable[[Item], bool]) -> Found:
    if not items:
        return lack("no_items")
    without = tuple(name for name, item in items.items() if not holds(item))
    if not without:
        return have(STUDY)
    is_all = len(without) == len(items)
    return lack(key, items=without) if is_all else part(STUDY, key=key, items=without)


def find_horizons(evidence: Evidence) -> Found:
    """Look for horizons with years and planning."""
    return have(STUDY) if evidence.study.settings.horizons else lack("no_horizons")


def find_measures(evidence: Evidence) -> Found:
    """Look for measures; those that are planned need owner and cost."""
    measures = evidence.study.measures
    if not measures:
        return lack("no_measures")
    bare = tuple(name for name, one in sorted(measures.items()) if not _is_whole(one))
    if bare:
        return part(STUDY, "measures.csv", key="bare_measures", items=bare)
    return have(STUDY, "measures.csv")


def _is_whole(measure: Measure) -> bool:
    if measure.status == "existing":
        return True
    return bool(measure.owner) and not (measure.capex is None and measure.opex is None)


def find_scenarios(evidence: Evidence) -> Found:
    """Look for two scenarios or more, one of them within 1.5 °C in 2100."""
    settings = evidence.study.settings
    chosen = [evidence.study.scenarios[name] for name in settings.scenarios]
    if len(chosen) < 2:
        return part(STUDY, key="one_scenario")
    if not any(one.warming.median_2100.value <= LOW_WARMING for one in chosen):
        return part(STUDY, key="no_low_warming")
    return have(STUDY)


def find_scenario_assumptions(evidence: Evidence) -> Found:
    """Look for the key assumptions of each scenario; no scenario is without them."""
    scenarios = {name: evidence.study.scenarios[name] for name in evidence.study.settings.scenarios}
    unchecked = tuple(
        name
        for name, one in scenarios.items()
        if any(driver.verified is False for driver in one.drivers.values())
    )
    if not unchecked:
        return have(STUDY)
    is_all = len(unchecked) == len(scenarios)
    remark = Remark("unverified_scenarios", (("items", unchecked),))
    return have(STUDY, remarks=(Remark("unverified_everywhere") if is_all else remark,))
