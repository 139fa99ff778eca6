"""How much memory edits need: what is kept of each draw, and how many draws fit."""

from __future__ import annotations

from typing import Final

from climrisk.analysis.held_losses import exposures_of
from climrisk.analysis.item_draws import ItemRows
from climrisk.analysis.kept_rows import KeptRows
from climrisk.analysis.planning import planned_run
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan
from climrisk.engine.reduced import reduced
from climrisk.names import NET

__all__ = ["bytes_of_a_draw", "draws_within"]

OF_AMOUNT: Final = 8
OF_BOUND: Final = 4
STEP: Final = 1000
"""Draws are rounded down to so many."""


def bytes_of_a_draw(plan: Plan) -> int:
    """Return the bytes that edits keep of each draw, overlap left out.

    Sums of every run, and what the items of the last edit come to: the largest single item.

    Parameters
    ----------
    plan : Plan
    """
    horizons, years = len(plan.horizons), len(plan.years)
    kept = KeptRows.of(plan).amounts_of_a_draw(horizons, years)
    items = (ItemRows(reduced(plan, {item.id})) for item in plan.items)
    largest = max((_amounts(one, horizons, years) for one in items), default=0)
    bounds = 2 * sum(len(of) for of in exposures_of(plan).values())
    return OF_AMOUNT * (kept + largest) + OF_BOUND * bounds


def draws_within(study: Study, budget: int, most: int) -> int:
    """Return how many draws of a study edits can keep.

    Parameters
    ----------
    study : Study
    budget : int
        Bytes.
    most : int
        As many are enough.

    Returns
    -------
    int
        At most `most`, and at least 1,000 or `most`.
    """
    fit = budget // bytes_of_a_draw(planned_run(study))
    return min(max(fit // STEP * STEP, STEP), most)


def _amounts(rows: ItemRows, horizons: int, years: int) -> int:
    """Return how many amounts of a draw items alone come to."""
    sums = sum(len(of) for of in rows.by_channel.values())
    net, knowledge = len(rows.by_channel[NET]), len(set(rows.shared.knowledge.tolist()))
    return horizons * (sums + net + knowledge) + (years + 1) * net
