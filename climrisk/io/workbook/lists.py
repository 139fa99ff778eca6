"""What the drop-downs offer: closed choices, ids of other sheets, and words of the scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from climrisk.domain.measure import ON_SOURCES
from climrisk.domain.study import Study
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["OPEN_LISTS", "open_lists"]

OPEN_LISTS: Final = ("scenario", "conditions", "driver", "target", "measured", "site")
"""Lists that offer words, in the order of their columns on the hidden sheet."""


def open_lists(study: Study, scenarios: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the words of every open list; others may be typed as well.

    Parameters
    ----------
    study : Study
    scenarios : iterable of str
        Ids of all scenarios that a study may name.
    """
    drivers = {name for one in study.scenarios.values() for name in one.drivers}
    impacts = {name for item in study.items.values() for name in item.impact}
    targets = ("rate", "probability", "severity", *sorted(impacts))
    ids = tuple(sorted(scenarios))
    return {
        "scenario": ids,
        "conditions": (BASE_YEAR_SCENARIO, *ids),
        "driver": tuple(sorted(drivers)),
        "target": targets,
        "measured": (*targets, *ON_SOURCES),
        "site": ("all", *sorted(site.id for site in study.sites)),
    }
