"""What measures do to sources: efficiency, own generation, replacement, green power."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Abatement", "abated", "green_factor"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Abatement:
    """What one measure does to one source.

    Parameters
    ----------
    source : str
        Source that it takes something off.
    first : int
        Position of its first year.
    share : float64 array (draw,) or None
        Part of the activity, or of the market-based factor, that is taken off.
    amount : float64 array (draw,) or None
        Activity taken off each year, in the source's unit; one of share and amount.
    replaced_by : str or None
        Source that is used instead.
    per_unit : float64 array (draw,) or None
        Units of that source for each unit taken off.
    inverse : bool
        True where the inventory contains the measure and it is taken away again.
    """

    source: str
    first: int
    share: Floats | None = None
    amount: Floats | None = None
    replaced_by: str | None = None
    per_unit: Floats | None = None
    inverse: bool = False


def abated(activity: Mapping[str, Floats], effects: Iterable[Abatement]) -> dict[str, Floats]:
    """Return the activity that is left by source, each (year, draw).

    Effects are taken off in their order: shares of what the ones before left, so that they
    compound as the product of (1 - share); an amount takes at most what is left. What is used
    instead is added at the end and not reduced.

    Parameters
    ----------
    activity : mapping of source to float64 array (year, draw)
        Without measures.
    effects : iterable of Abatement
        On activity, in the order of the measures' ids.
    """
    left, added = dict(activity), []
    for effect in effects:
        before = left[effect.source]
        after, operates = before.copy(), slice(max(effect.first, 0), None)
        after[operates] = _after(before[operates], effect)
        left[effect.source] = after
        if effect.replaced_by is not None and effect.per_unit is not None:
            added.append((effect.replaced_by, (before - after) * effect.per_unit))
    for source, more in added:
        left[source] = left[source] + more
    return left


def _after(before: Floats, effect: Abatement) -> Floats:
    if effect.share is not None:
        rest = 1.0 - effect.share
        return np.asarray(before / rest if effect.inverse else before * rest)
    assert effect.amount is not None
    amount = -effect.amount if effect.inverse else effect.amount
    return np.maximum(before - amount, 0.0)


def green_factor(effects: Iterable[Abatement], source: str, years: int) -> Floats | float:
    """Return the part of a source's market-based factor that green power leaves, (year, draw).

    Parameters
    ----------
    effects : iterable of Abatement
        On market-based factors; the product of (1 - share) of those on `source`.
    source : str
        Source whose factor it is.
    years : int
        Number of years.

    Returns
    -------
    float64 array (year, draw), or 1.0 without effects
    """
    left: Floats | float = 1.0
    for effect in effects:
        if effect.source == source and effect.share is not None:
            operates = (np.arange(years) >= effect.first)[:, np.newaxis]
            rest = 1.0 - effect.share
            left = left * np.where(operates, 1.0 / rest if effect.inverse else rest, 1.0)
    return left
