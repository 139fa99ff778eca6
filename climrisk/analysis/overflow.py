"""Which amount was too large to be added: its subject, channel, year and draw."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.blocks import Block
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import entity_names
from climrisk.errors import AmountOverflowError
from climrisk.names import MEASURED

__all__ = ["overflow_error"]


def overflow_error(plan: Plan, blocks: Iterable[Block]) -> AmountOverflowError:
    """Return the error that names the largest amount, or the first that is no number.

    Parameters
    ----------
    plan : Plan
    blocks : iterable of Block
        Among them, what the tallies refused.
    """
    block = max(blocks, key=lambda one: float(_size(one).max()))
    amounts, size = block.effects.amounts, _size(block)
    entity, channel, year, draw = np.unravel_index(np.argmax(size), size.shape)
    subject = entity_names(plan)[entity]
    return AmountOverflowError(
        f"{subject}: {MEASURED[channel]} in {plan.years[year]} reaches "
        f"{amounts[entity, channel, year, draw]:.3g} million in draw {block.draws[draw]} of "
        f"{block.scenario}, {block.control}; allowed: amounts that can be added exactly, such as "
        f"up to {plan.scale * 2.0**40:.1g} million; check units and the width of the ranges"
    )


def _size(block: Block) -> NDArray[np.float64]:
    amounts = block.effects.amounts
    return np.where(np.isnan(amounts), np.inf, np.abs(amounts))
