"""Latent uniforms of occurrence and severity, tied where items depend on each other.

Large latents mean more events and larger amounts. Ties act on normal scores; a t copula divides
them by one mixer for each connected group and year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.correlation import Tied
from climrisk.domain.occurrence import Annual, Once
from climrisk.engine.planned import PlannedItem
from climrisk.engine.streams import per_draw, stream, yearly
from climrisk.engine.student import chi_squared, student_scores
from climrisk.portable.arrays import (
    Draws,
    compiled_loops,
    draw_numbers,
    normal_cdf,
    normal_quantile,
)

__all__ = ["Tie", "occurrence_latents", "planned_tie", "tied_quantiles", "tied_severities"]

Floats = NDArray[np.float64]

OCCURRENCE: Final = "occurrence"
"""Purpose of the streams that decide occurrence."""
WITHIN: Final = (2.0**-54, 1.0 - 2.0**-53)
"""Least and largest uniform that a score can become."""


@dataclass(frozen=True)
class Tie:
    """A connected group, ready to simulate.

    Parameters
    ----------
    items : tuple of str
        In id order.
    factor : float64 array (item, item)
        Lower triangular factor of the latent correlation matrix.
    df : float or None
        Degrees of freedom of a t copula; None for a Gaussian one.
    persistence : float64 array (item,)
        Autocorrelation of each item's yearly latent.
    """

    items: tuple[str, ...]
    factor: Floats
    df: float | None
    persistence: Floats

    @property
    def name(self) -> str:
        """The group's name in random streams."""
        return "+".join(self.items)


def planned_tie(tied: Tied) -> Tie:
    """Return the tie with its factor; zero pivots (a singular matrix) are allowed."""
    size = len(tied.items)
    factor = np.zeros((size, size))
    for row in range(size):
        for column in range(row + 1):
            # added one by one: a matrix product may add in another order on another machine
            known = sum(factor[row, k] * factor[column, k] for k in range(column))
            rest = tied.latent[row, column] - known
            if row == column:
                factor[row, row] = np.sqrt(max(rest, 0.0))
            elif factor[column, column] > 1e-9:
                factor[row, column] = rest / factor[column, column]
    return Tie(tied.items, factor, tied.df, tied.persistence)


def occurrence_latents(
    items: tuple[PlannedItem, ...],
    ties: tuple[Tie, ...],
    seed: int,
    draws: Draws,
    years: tuple[int, ...],
) -> dict[str, Floats]:
    """Return the uniforms that decide occurrence, by item: (year, draw), or (draw,) for `once`."""
    tied = {name for tie in ties for name in tie.items}
    found: dict[str, Floats] = {}
    for item in items:
        own = stream(seed, "item", item.id, OCCURRENCE)
        if item.id in tied:
            continue
        if isinstance(item.occurrence, Annual):
            found[item.id] = yearly(own, draws, years)
        elif isinstance(item.occurrence, Once):
            found[item.id] = per_draw(own, draws)
    once = {item.id for item in items if isinstance(item.occurrence, Once)}
    for tie in ties:
        single = not once.isdisjoint(tie.items)  # items of one group are of one type
        latents = _tied_occurrence(tie, seed, draws, (0,) if single else years)
        found |= {name: one[0] if single else one for name, one in latents.items()}
    return found


def _tied_occurrence(
    tie: Tie, seed: int, draws: Draws, places: tuple[int, ...]
) -> dict[str, Floats]:
    """Return the tied uniforms of occurrence, (place, draw) by item."""
    streams = [stream(seed, "item", name, OCCURRENCE) for name in tie.items]
    latents = np.empty((len(streams), len(places), len(draws)))
    is_ready = False
    if compiled_loops(latents.size) is not None:
        from climrisk.engine.fused_latents import tied_latents  # numba is loaded where it is used

        is_ready = tie.df is None
        tied_latents(
            draw_numbers(draws),
            np.asarray(places, dtype=np.int64),
            np.array([one.name for one in streams], dtype=np.uint64),
            np.uint64(seed),
            tie.factor,
            tie.persistence,
            is_ready,
            *WITHIN,
            latents,
        )
    else:
        own = [normal_quantile(yearly(one, draws, places)) for one in streams]
        for row, one in enumerate(latents):
            one[:] = _persistent(_mixed(tie, row, own), tie.persistence[row])
    if not is_ready:
        mixer = yearly(stream(seed, "dependence", tie.name, "occurrence mixer"), draws, places)
        for one in latents:
            one[:] = _to_uniform(one, tie.df, mixer)
    return dict(zip(tie.items, latents, strict=True))


def tied_severities(
    ties: tuple[Tie, ...], known: Mapping[str, Floats], seed: int, draws: Draws
) -> dict[str, Floats]:
    """Return the tied quantiles of severity, (draw,) by item."""
    found: dict[str, Floats] = {}
    for tie in ties:
        mixer = per_draw(stream(seed, "dependence", tie.name, "severity mixer"), draws)
        found |= tied_quantiles(tie, known, mixer)
    return found


def tied_quantiles(tie: Tie, known: Mapping[str, Floats], mixer: Floats) -> dict[str, Floats]:
    """Return the tied quantiles of one group by item, (draw,), from independent ones.

    Parameters
    ----------
    tie : Tie
    known : mapping of item to float64 array (draw,)
        Uniforms of the items' own.
    mixer : float64 array (draw,)
        Uniforms of the group; without effect unless the copula is a t.
    """
    own = [normal_quantile(known[name]) for name in tie.items]
    return {
        name: _to_uniform(_mixed(tie, row, own), tie.df, mixer)
        for row, name in enumerate(tie.items)
    }


def _mixed(tie: Tie, row: int, scores: Sequence[Floats]) -> Floats:
    """Return the correlated scores of one item from the items' own."""
    mixed = np.zeros_like(scores[row])
    for column in range(row + 1):
        mixed += tie.factor[row, column] * scores[column]
    return mixed


def _persistent(scores: Floats, autocorrelation: float) -> Floats:
    """Return the stationary AR(1) series with these innovations, along the first axis."""
    if autocorrelation == 0.0:
        return scores
    fresh = np.sqrt(1.0 - autocorrelation * autocorrelation)
    series = scores.copy()
    for year in range(1, len(series)):
        series[year] = autocorrelation * series[year - 1] + fresh * scores[year]
    return series


def _to_uniform(scores: Floats, df: float | None, mixer: Floats) -> Floats:
    if df is not None:
        scores = student_scores(df, scores * np.sqrt(df / chi_squared(df, mixer)))
    return np.clip(normal_cdf(scores), *WITHIN)
