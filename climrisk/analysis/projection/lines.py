"""Sums of emissions that results are told of: sources, scopes, categories, sites and totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.inventory import ALL_SITES, COMBINED
from climrisk.ghg.base_sources import BaseSource
from climrisk.ghg.ledger import SCOPES, Method
from climrisk.ghg.projection import Projected

__all__ = ["ALL", "METHODS", "Line", "emission_lines", "summed"]

Floats = NDArray[np.float64]

ALL = "all"
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
    """Return every line of the sources that emit, single ones first, totals last."""
    emitting = tuple(one for one in sources if one.emits)
    scopes = [scope for scope in SCOPES if any(one.scope == scope for one in emitting)]
    together = _joined(scopes)
    found = [line for one in emitting for line in _of_source(one)]
    for scope in scopes:
        found += _sums(emitting, scope)
    found += [line for one in _categories(emitting) for line in one]
    for total in together:
        found += _sums(emitting, total)
    found += [line for line in _of_sites(emitting)]
    return tuple(found)


def _joined(scopes: list[str]) -> list[str]:
    """Return the totals over scopes: 1+2 where either is there, 1+2+3 where 3 is as well."""
    pair = [scope for scope in scopes if scope in ("1", "2")]
    totals = [COMBINED] if pair or not scopes else []
    return [*totals, "1+2+3"] if "3" in scopes and pair else totals


def _methods(sources: tuple[BaseSource, ...]) -> tuple[Method | str, ...]:
    return METHODS if any(one.scope == "2" for one in sources) else ("",)


def _of_source(source: BaseSource) -> Iterator[Line]:
    parts = source.sites if set(source.sites) - {ALL_SITES} else {}
    for method in _methods((source,)):
        for site, weight in {ALL: 1.0, **parts}.items():
            yield Line(
                scope=source.scope,
                method=method,
                category=str(source.category or ALL),
                site=site,
                source=source.name,
                factor_set=source.factor_set,
                weights={source.name: weight},
                ranged=False,
            )


def _line(scope: str, method: Method | str, own: tuple[BaseSource, ...], **of: object) -> Line:
    weights = of.get("weights") or {one.name: 1.0 for one in own}
    assert isinstance(weights, dict)
    return Line(
        scope=scope,
        method=method,
        category=str(of.get("category", ALL)),
        site=str(of.get("site", ALL)),
        source=ALL,
        factor_set="+".join(dict.fromkeys(one.factor_set for one in own)),
        weights=weights,
        ranged="site" not in of,
    )


def _sums(sources: tuple[BaseSource, ...], scope: str) -> Iterator[Line]:
    own = tuple(one for one in sources if one.scope in (*scope.split("+"), scope))
    for method in _methods(own):
        yield _line(scope, method, own)


def _categories(sources: tuple[BaseSource, ...]) -> Iterator[tuple[Line, ...]]:
    numbers = sorted({one.category for one in sources if one.category is not None})
    for number in numbers if len(numbers) > 1 else ():
        own = tuple(one for one in sources if one.category == number)
        yield (_line("3", "", own, category=number),)


def _of_sites(sources: tuple[BaseSource, ...]) -> Iterator[Line]:
    own = tuple(one for one in sources if one.scope in ("1", "2"))
    sites = dict.fromkeys(site for one in own for site in one.sites)
    for site in sites if len(sites) > 1 else ():
        there = tuple(one for one in own if site in one.sites)
        weights = {one.name: one.sites[site] for one in there}
        for method in _methods(there):
            yield _line(COMBINED, method, there, site=site, weights=weights)
