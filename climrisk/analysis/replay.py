"""Replay: what happened in one draw, and which items make up the tail of many.

Nothing is kept from a run; its draws are simulated again from their addresses.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.engine.kernels import simulated_run
from climrisk.engine.occurrences import held, occurrences
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import entity_names
from climrisk.engine.worlds import worlds
from climrisk.names import CHANNELS, NET
from climrisk.portable.arrays import Draws

__all__ = ["nearest_draw", "net_sums", "replay", "tail_allocation", "tail_mean"]

Floats = NDArray[np.float64]


def replay(plan: Plan, seed: int, draw: int, scenario: str, control: str) -> pd.DataFrame:
    """Return what each item did in each year of one draw.

    Parameters
    ----------
    plan : Plan
    seed : int
        Seed of the run.
    draw : int
        Number of the draw.
    scenario, control : str
        Which of the draw's worlds.

    Returns
    -------
    DataFrame
        Columns `year, subject, happened, revenue, operating_cost, asset_value, net`; a row for
        each item, `overlap` and `measures` that moved in the year. `happened` is the count of
        events, or the part of the effect that was there; amounts are effects [million].
    """
    one = range(draw, draw + 1)
    block = next(simulated_run(plan, seed, one, scenario, control))
    effects, world = block.effects.amounts[..., 0], worlds(plan, seed, one)
    rows = []
    for place, name in enumerate(entity_names(plan)):
        if place < len(plan.items):
            item = plan.items[place]
            counts = occurrences(plan, item, held(item, world), world, scenario, control)
            often = counts[:, 0]
        else:
            often = np.full(len(plan.years), np.nan)
        for number, year in enumerate(plan.years):
            amounts = effects[place, :, number]
            if amounts.any():
                rows.append((year, name, float(often[number]), *amounts.tolist()))
    columns = ["year", "subject", "happened", *CHANNELS, NET]
    return pd.DataFrame(rows, columns=columns).sort_values(["year", "net"], ignore_index=True)


def nearest_draw(
    plan: Plan, seed: int, draws: int, scenario: str, control: str, years: slice, net: float
) -> tuple[int, float]:
    """Return the draw whose total net over `years` is nearest to `net`, and its total.

    Parameters
    ----------
    plan, seed, draws
        The run.
    scenario, control : str
    years : slice
        Positions of the years that are summed.
    net : float
        Effect that is looked for [million].
    """
    totals = _totals(plan, seed, draws, scenario, control, years)
    draw = int(np.argmin(np.abs(totals - net)))
    return draw, float(totals[draw])


def tail_allocation(
    plan: Plan, seed: int, draws: int, scenario: str, control: str, years: slice, level: float
) -> pd.DataFrame:
    """Split the tail value at risk of the total loss among items, overlap and measures.

    Each part is the mean loss of the subject over the draws in the tail (Euler allocation:
    Tasche 1999, Risk contributions and performance measurement); draws at the value at risk share
    what is left of the tail's mass. The parts add up to the tail value at risk of the draws.
    All draws are simulated for their totals; those in the tail are, again, for their parts.

    Parameters
    ----------
    plan, seed, draws
        The run.
    scenario, control : str
    years : slice
        Positions of the years that are summed.
    level : float
        Level of the tail, such as 0.95.

    Returns
    -------
    DataFrame
        Columns `subject, loss, share`; loss [million], largest first.
    """
    weights = _tail_weights(-_totals(plan, seed, draws, scenario, control, years), level)
    tail = np.flatnonzero(weights)
    losses = -net_sums(plan, seed, tail, scenario, control, years) @ weights[tail]
    frame = pd.DataFrame({"subject": entity_names(plan), "loss": losses})
    frame["share"] = frame["loss"] / frame["loss"].sum()
    return frame.sort_values("loss", ascending=False, ignore_index=True)


def tail_mean(losses: Floats, level: float) -> float:
    """Return the mean loss of the worst 1 - level of probability, from single draws."""
    return float(losses @ _tail_weights(losses, level))


def _tail_weights(losses: Floats, level: float) -> Floats:
    """Return the weight of each draw in the worst 1 - level of probability; they sum to 1."""
    mass = (1.0 - level) * losses.size
    threshold = np.sort(losses)[max(int(np.ceil(level * losses.size)) - 1, 0)]
    beyond, at = losses > threshold, losses == threshold
    left = mass - np.count_nonzero(beyond)
    return np.where(beyond, 1.0, np.where(at, left / np.count_nonzero(at), 0.0)) / mass


def net_sums(
    plan: Plan, seed: int, draws: Draws, scenario: str, control: str, years: slice
) -> Floats:
    """Return net over `years` of every item, overlap and measures, (entity, draw).

    Parameters
    ----------
    plan, seed, draws, scenario, control
        As `engine.kernels.simulated_run` takes them: any draws in any order.
    years : slice
        Positions of the years that are summed.
    """
    parts = [
        block.effects.net[:, years].sum(axis=1)
        for block in simulated_run(plan, seed, draws, scenario, control)
    ]
    return np.concatenate(parts, axis=1)


def _totals(plan: Plan, seed: int, draws: int, scenario: str, control: str, years: slice) -> Floats:
    """Return total net over `years`, (draw,), without keeping what it is made of."""
    parts = [
        block.effects.net[:, years].sum(axis=(0, 1))
        for block in simulated_run(plan, seed, range(draws), scenario, control)
    ]
    return np.concatenate(parts)
