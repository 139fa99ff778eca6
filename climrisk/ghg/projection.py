"""Emissions of one scenario under one control, by source, year and draw, on plain arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.ghg.abatement import Abatement, abated, green_factor
from climrisk.ghg.base_sources import BaseSource

__all__ = ["Projected", "located", "projected"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Projected:
    """What the sources come to.

    Parameters
    ----------
    activity : mapping of source to float64 array (year, draw)
        In the source's unit, denominators included.
    location, market : mapping of source to float64 array (year, draw)
        Emissions of the sources that emit, on the grid of emissions [tCO2e].
    """

    activity: Mapping[str, Floats]
    location: Mapping[str, Floats]
    market: Mapping[str, Floats]


def projected(
    sources: Iterable[BaseSource],
    activity: Mapping[str, Floats],
    factors: Mapping[str, Floats | float],
    effects: Iterable[Abatement],
    green: Iterable[Abatement],
    step: float,
    untouched: dict[str, tuple[Floats, Floats]] | None = None,
) -> Projected:
    """Return activity x factor by source, location- and market-based.

    Parameters
    ----------
    sources : iterable of BaseSource
    activity : mapping of source to float64 array (year, draw)
        Before measures, in the source's unit.
    factors : mapping of source to float64 array (year, draw) or float
        The year's factor over the base year's, both methods alike.
    effects, green : iterable of Abatement
        Measures on activity, and on market-based factors.
    step : float
        Grid of emissions, a power of two, so that sums over sources are exact [tCO2e].
    untouched : dict of source to (location, market), optional
        Emissions of sources that no measure touches, of the same activity and factors: taken
        from here where they are known, and put here where they are not.
    """
    left, certificates = abated(activity, effects), tuple(green)
    known = {} if untouched is None else untouched
    years = next((one.shape[0] for one in activity.values()), 0)
    location: dict[str, Floats] = {}
    market: dict[str, Floats] = {}
    for source in sources:
        if source.location is None or source.market is None:
            continue
        used, rest = left[source.name], green_factor(certificates, source.name, years)
        is_untouched = used is activity[source.name] and isinstance(rest, float)
        found = known.get(source.name) if is_untouched else None
        if found is None:
            found = _emissions(source, _times(used, factors[source.name]), rest, step)
        if is_untouched:
            known[source.name] = found
        location[source.name], market[source.name] = found
    return Projected(left, location, market)


def _emissions(
    source: BaseSource, used: Floats, rest: Floats | float, step: float
) -> tuple[Floats, Floats]:
    """Return location- and market-based emissions of a source that emits."""
    assert source.location is not None
    assert source.market is not None
    location = _on_grid(used * source.location, step)
    if source.market == source.location and isinstance(rest, float):
        return location, location
    return location, _on_grid(_times(used * source.market, rest), step)


def located(source: BaseSource, activity: Floats, factor: Floats | float, step: float) -> Floats:
    """Return the location-based emissions of a source that emits, (year, draw) [tCO2e].

    Parameters
    ----------
    source : BaseSource
    activity : float64 array (year, draw)
        After measures, in the source's unit.
    factor : float64 array (year, draw) or float
        The year's factor over the base year's.
    step : float
        Grid of emissions [tCO2e].
    """
    assert source.location is not None
    return _on_grid(_times(activity, factor) * source.location, step)


def _times(amounts: Floats, factor: Floats | float) -> Floats:
    """Multiply, unless nothing would change."""
    return amounts if isinstance(factor, float) and factor == 1.0 else amounts * factor


def _on_grid(emissions: Floats, step: float) -> Floats:
    """Round an array that nobody else holds to multiples of a power of two, in place."""
    emissions *= 1.0 / step
    np.rint(emissions, out=emissions)
    emissions *= step
    return emissions
