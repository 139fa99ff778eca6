"""The pathway of a target, as figures by year in the target's unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.pathway import PathSeries, Pathway
from climrisk.ghg.pathways import absolute_contraction, between, rises, sector_convergence
from climrisk.ghg.targets import ResolvedTarget

__all__ = ["TargetPath", "target_path"]


@dataclass(frozen=True)
class TargetPath:
    """A path by year.

    Parameters
    ----------
    years : tuple of int
    values : ndarray
        In the target's unit, shape (year,); not a number where the path says nothing.
    warnings : tuple of str
        Why there is no path, or what a reader must know of it.
    """

    years: tuple[int, ...]
    values: NDArray[np.float64]
    warnings: tuple[str, ...] = ()


def target_path(resolved: ResolvedTarget, series: PathSeries | None = None) -> TargetPath | None:
    """Return the pathway of a target from its base year to its target year, None without one.

    Parameters
    ----------
    resolved : ResolvedTarget
    series : PathSeries, optional
        The row of the file that the pathway names.
    """
    pathway, base = resolved.target.pathway, resolved.base
    if pathway is None:
        return None
    years = tuple(range(resolved.base_year, resolved.target_year + 1))
    if base is None or resolved.limit is None:
        return TargetPath(years, np.full(len(years), np.nan), (resolved.reason,))
    try:
        values = _values(resolved, pathway, base, years, series)
    except ValueError as error:
        return TargetPath(years, np.full(len(years), np.nan), (str(error),))
    return TargetPath(years, values, tuple(_warnings(resolved, pathway, values, base)))


def _values(
    resolved: ResolvedTarget,
    pathway: Pathway,
    base: float,
    years: Sequence[int],
    series: PathSeries | None,
) -> NDArray[np.float64]:
    assert resolved.limit is not None
    ends = {resolved.base_year: base, resolved.target_year: resolved.limit}
    match pathway.form:
        case "absolute_contraction":
            return _contraction(resolved, pathway, base, years)
        case "sector_convergence":
            share = between(pathway.activity_share, years) if pathway.activity_share else 1.0
            return sector_convergence(base, pathway.sector, years, share)
        case "linear":
            return between(ends, years)
        case "milestones":
            return between({**ends, **resolved.target.milestones}, years)
        case "iamc":
            return _from_file(resolved, pathway, base, years, series)


def _contraction(
    resolved: ResolvedTarget, pathway: Pathway, base: float, years: Sequence[int]
) -> NDArray[np.float64]:
    """Return a contraction; counted from another year, it falls evenly to the same end."""
    rate, first = pathway.rate or 0.0, resolved.base_year
    if pathway.starts is None:
        return absolute_contraction(base, rate, first, years)
    last = resolved.target_year
    end = absolute_contraction(base, rate, pathway.starts, [last])[0]
    return between({first: base, last: float(end)}, years)


def _from_file(
    resolved: ResolvedTarget,
    pathway: Pathway,
    base: float,
    years: Sequence[int],
    series: PathSeries | None,
) -> NDArray[np.float64]:
    if series is None:
        raise ValueError(f"{resolved.id}: the path's file was not read")
    path = between(series.values, years)
    if pathway.indexed is None:
        if series.unit != resolved.unit:
            found = f"{resolved.id}: path in {series.unit}, target in {resolved.unit}"
            raise ValueError(f"{found}; allowed: the same unit, or indexed: yes")
        return path
    first = between(series.values, [resolved.base_year])[0]
    if not first:  # not a number is truthy and gives a path that says nothing
        raise ValueError(f"{resolved.id}: the path is 0 in {resolved.base_year}")
    return np.asarray(base * path / first)


def _warnings(
    resolved: ResolvedTarget, pathway: Pathway, values: NDArray[np.float64], base: float
) -> list[str]:
    found = []
    if np.isnan(values).any():
        found.append(f"{resolved.id}: the path does not cover every year; nothing is extrapolated")
    if rises(values, base):
        found.append(
            f"{resolved.id}: the path rises above the base year: it asks nothing of a company that "
            "is below it already"
        )
    if pathway.verified is False:
        found.append(f"{resolved.id}: the path is not verified against its source")
    last = values[-1]
    if resolved.limit is not None and resolved.limit > last:
        found.append(
            f"{resolved.id}: the limit {resolved.limit:g} is above the path's {last:.4g} in "
            f"{resolved.target_year}"
        )
    return found
