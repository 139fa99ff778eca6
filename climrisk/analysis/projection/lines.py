"""Sums of emissions that results are told of: sources, scopes, categories, sites and totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.inventory import ALL_SITES, COMBINED
from climrisk.ghg.base_sources import BaseSource
from climrisk.ghg.ledger import SCOPES, Method
from climrisk.ghg.projection import Projected

__all__ = ["ALL", "METHODS", "Line", "emission_lines", "summed"]

Floats = NDArray[np.float64]

Sources = tuple[BaseSource, ...]

ALL = "all"
ALL_SCOPES = "1+2+3"
METHODS: tuple[Method, ...] = ("location", "market")


@dataclass(frozen=True)
class Line:
    """One sum of emissions.

    Parameters
    ----------
    scope : str
        `1`, `2`, `3`, or several joined by `+`.
    method : {"location", "market", ""}
        How scope 2 is counted; empty where it makes no difference.
    category, site, source : str
        What it is of; `all` where it sums them.
    factor_set : str
        Factor set of a single source; several joined by `+`.
    weights : mapping of source to float
        Part of each source's emissions.
    ranged : bool
        Whether percentiles are told besides the mean.
    """

    scope: str
    method: Method | str
    category: str
    site: str
    source: str
    factor_set: str
    weights: Mapping[str, float]
    ranged: bool

    @property
    def label(self) -> str:
        """Scope with the method, as tables print it."""
        return f"{self.scope} {self.method}-based" if self.method else self.scope


def summed(line: Line, found: Projected) -> Floats:
    """Return the emissions of a line, (year, draw) [tCO2e]."""
    by_source = found.market if line.method == "market" else found.location
    parts = (
        by_source[name] if weight == 1.0 else weight * by_source[name]
        for name, weight in line.weights.items()
    )
    return np.asarray(sum(parts))


def emission_lines(sources: tuple[BaseSource, ...]) -> tuple[Line, ...]:
    """Return every line of the sources that emit, single ones first, sites last."""
    emitting = tuple(one for one in sources if one.emits)
    singles = [scope for scope in SCOPES if any(one.scope == scope for one in emitting)]
    pair = any(_within(one, COMBINED) for one in emitting)
    totals = [COMBINED] * pair + [ALL_SCOPES] * (pair and "3" in singles)
    return (
        *(line for one in emitting for line in _of_source(one)),
        *(line for scope in singles for line in _sums(emitting, scope)),
        *_categories(emitting),
        *(line for scope in totals for line in _sums(emitting, scope)),
        *_of_sites(emitting),
    )


def _within(source: BaseSource, scope: str) -> bool:
    """Return whether a source's scope is among several joined by `+`."""
    return source.emits and set(source.scope.split("+")) <= set(scope.split("+"))


def _methods(sources: Sources) -> tuple[Method | str, ...]:
    return METHODS if any(one.scope == "2" for one in sources) else ("",)


def _of_source(source: BaseSource) -> Iterator[Line]:
    """Yield a source as a whole and at each site; a site's part is that of the base year."""
    parts = source.sites if set(source.sites) - {ALL_SITES} else {}
    for method in _methods((source,)):
        for site, weight in {ALL: 1.0, **parts}.items():
            line = _total(source.scope, method, (source,), {source.name: weight})
            category = str(source.category or ALL)
            yield replace(line, category=category, site=site, source=source.name, ranged=False)


def _total(scope: str, method: Method | str, own: Sources, weights: Mapping[str, float]) -> Line:
    sets = "+".join(dict.fromkeys(one.factor_set for one in own))
    return Line(scope, method, ALL, ALL, ALL, sets, weights, ranged=True)


def _sums(sources: Sources, scope: str) -> Iterator[Line]:
    own = tuple(one for one in sources if _within(one, scope))
    for method in _methods(own):
        yield _total(scope, method, own, {one.name: 1.0 for one in own})


def _categories(sources: Sources) -> Iterator[Line]:
    numbers = sorted({one.category for one in sources if one.category is not None})
    for number in numbers if len(numbers) > 1 else ():
        own = tuple(one for one in sources if one.category == number)
        yield replace(_total("3", "", own, {one.name: 1.0 for one in own}), category=str(number))


def _of_sites(sources: Sources) -> Iterator[Line]:
    own = tuple(one for one in sources if _within(one, COMBINED))
    sites = dict.fromkeys(site for one in own for site in one.sites)
    for site in sites if len(sites) > 1 else ():
        there = tuple(one for one in own if site in one.sites)
        weights = {one.name: one.sites[site] for one in there}
        for method in _methods(there):
            yield replace(_total(COMBINED, method, there, weights), site=site, ranged=False)
