"""Losses that exposures hold: what caps take back, and how near each item's losses come to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.placed import Placed
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem
from climrisk.engine.present_value import present_value
from climrisk.engine.subjects import entity_names
from climrisk.engine.variants import runs
from climrisk.names import MEASURED, NET

__all__ = ["Reach", "Taken", "exposures_of", "reach_of"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Reach = dict[tuple[str, str], NDArray[np.float32]]
"""Bounds of loss over size, (draw,), by item and exposure."""


@dataclass(frozen=True)
class Taken:
    """What caps take back in the few draws where they do.

    Parameters
    ----------
    at : int64 array (position,)
        Positions of these draws in their block, ascending.
    by_horizon : dict by channel and net of float64 array (run, horizon, position)
        [million]
    values : float64 array (run, position)
        Net present values [million].
    yearly : float64 array (run, year, position)
        Net [million].
    """

    at: Integers
    by_horizon: dict[str, Floats]
    values: Floats
    yearly: Floats

    @classmethod
    def nothing(cls, plan: Plan) -> Taken:
        """Return that nothing is taken back."""
        several, none = len(runs(plan)), np.empty(0, dtype=np.int64)
        by_horizon = {name: np.empty((several, len(plan.horizons), 0)) for name in MEASURED}
        yearly = np.empty((several, len(plan.years), 0))
        return cls(none, by_horizon, np.empty((several, 0)), yearly)

    @classmethod
    def of(cls, plan: Plan, effects: Placed) -> Taken:
        """Return what is taken back from the draws of a block.

        Parameters
        ----------
        plan : Plan
        effects : Placed
            Of all runs.
        """
        overlap = [
            run * len(entity_names(plan)) + plan.overlap_row for run in range(len(runs(plan)))
        ]
        if (effects.row_of[overlap] == effects.nothing).all():
            return cls.nothing(plan)
        channels = [effects.channel(number, overlap) for number in range(len(MEASURED))]
        at = np.flatnonzero(np.any([one.any(axis=(0, 1)) for one in channels], axis=0))
        taken = {name: one[..., at] for name, one in zip(MEASURED, channels, strict=True)}
        return cls(
            at,
            {
                name: np.stack([one[:, span].sum(axis=1) for span in plan.horizons.values()], 1)
                for name, one in taken.items()
            },
            present_value(plan, taken[NET]),
            taken[NET],
        )

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        held = [self.at, self.values, self.yearly, *self.by_horizon.values()]
        return sum(one.nbytes for one in held)

    def at_places(self, places: Integers) -> Taken:
        """Return the same of draws that stand elsewhere in a block, (draw,) ascending."""
        return replace(self, at=places[self.at])

    def where(self, kept: NDArray[np.bool_]) -> Taken:
        """Return what is taken back in some draws of the block, (draw,)."""
        own = kept[self.at]
        return Taken(
            self.at[own],
            {name: one[..., own] for name, one in self.by_horizon.items()},
            self.values[:, own],
            self.yearly[..., own],
        )

    def joined(self, other: Taken) -> Taken:
        """Return what is taken back from these draws and from others."""
        if not len(other.at):
            return self
        at = np.concatenate([self.at, other.at])
        order = np.argsort(at)

        def both(one: Floats, two: Floats) -> Floats:
            return np.concatenate([one, two], axis=-1)[..., order]

        by_horizon = {
            name: both(one, other.by_horizon[name]) for name, one in self.by_horizon.items()
        }
        values, yearly = both(self.values, other.values), both(self.yearly, other.yearly)
        return Taken(at[order], by_horizon, values, yearly)


def exposures_of(plan: Plan) -> dict[str, list[str]]:
    """Return the items whose losses each exposure holds, by exposure."""
    found: dict[str, list[str]] = {}
    for item in plan.items:
        for name in _channels_held(item):
            found.setdefault(name, []).append(item.id)
    return found


def _channels_held(item: PlannedItem) -> dict[str, set[int]]:
    """Return the channels on which an item's losses are held, by exposure."""
    found: dict[str, set[int]] = {}
    for impact in item.impacts:
        if impact.held_by_caps and impact.subject_to is not None:
            found.setdefault(impact.subject_to, set()).add(impact.channel)
    return found


def reach_of(plan: Plan, effects: Placed, sizes: Mapping[str, Floats]) -> Reach:
    """Return an upper bound of each item's loss on each exposure over its size, in all years.

    Where the bounds of an exposure's items sum to less than 1, its cap takes back nothing in any
    run. The loss on one exposure is at most that of its channel, where no impact of the item on
    this channel can be a gain; otherwise there is no bound.

    Parameters
    ----------
    plan : Plan
    effects : Placed
        Of all runs.
    sizes : mapping of exposure to float64 array (year, draw)
        Values after growth [million].
    """
    found: Reach = {}
    several = len(entity_names(plan))
    for number, item in enumerate(plan.items):
        own = [run * several + number for run in range(len(runs(plan)))]
        losses: dict[int, Floats] = {}
        for exposure, channels in _channels_held(item).items():
            for channel in channels - losses.keys():
                losses[channel] = _largest_loss(item, channel, effects, own)
            total = sum((losses[channel] for channel in sorted(channels)), plan.step)
            found[item.id, exposure] = _bound(np.asarray(total), sizes[exposure])
    return found


def _largest_loss(item: PlannedItem, channel: int, effects: Placed, own: list[int]) -> Floats:
    """Return the largest loss on a channel in any run, (year, draw) [million]."""
    impacts = [one for one in item.impacts if one.channel == channel]
    years, draws = effects.rows.shape[1:]
    if any(one.sign > 0 or one.may_be_negative for one in impacts):
        return np.full((years, draws), np.inf)
    least = np.zeros((years, draws))
    for row in np.unique(effects.row_of[own, channel]):
        np.minimum(least, effects.rows[row], out=least)  # an item is never among the further rows
    return -least


def _bound(loss: Floats, size: Floats) -> NDArray[np.float32]:
    """Return the largest loss over size of any year, (draw,), rounded up."""
    with np.errstate(divide="ignore", over="ignore"):
        share = (loss / size).max(axis=0).astype(np.float32)
    return np.asarray(np.nextafter(share, np.float32(np.inf)))
