"""Checks of what targets and intensities measure: the inventory must have it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from climrisk.domain.finding import Finding, unknown
from climrisk.domain.measured import REVENUE, Intensity, Measured
from climrisk.domain.target import Target

__all__ = ["measured_findings"]


def measured_findings(
    targets: Mapping[str, Target], intensities: Mapping[str, Intensity], sources: Collection[str]
) -> list[Finding]:
    """Return a fault for each source or denominator that the inventory does not list.

    Parameters
    ----------
    targets : mapping of id to Target
    intensities : mapping of id to Intensity
    sources : collection of str
        Source ids of the inventory.
    """
    found: list[Finding] = []
    for name, target in targets.items():
        found += _unknown_sources("targets.yaml", ("targets", name), target, sources)
    for name, intensity in intensities.items():
        found += _unknown_sources("study.yaml", ("intensities", name), intensity, sources)
    return found


def _unknown_sources(
    file: str, place: tuple[str | int, ...], measured: Measured, sources: Collection[str]
) -> Iterator[Finding]:
    for number, source in enumerate(measured.sources):
        if source not in sources:
            yield unknown(file, (*place, "sources", number), "source", source, sources)
    below = measured.denominator
    if below is not None and below not in {*sources, REVENUE}:
        yield unknown(file, (*place, "denominator"), "denominator", below, {*sources, REVENUE})
