"""One run of a block of draws: what the tallies count."""

from __future__ import annotations

from dataclasses import dataclass

from climrisk.engine.effects import Effects
from climrisk.engine.measure_change import MeasureChange
from climrisk.engine.worlds import Worlds
from climrisk.portable.arrays import Draws

__all__ = ["Block"]


@dataclass(frozen=True)
class Block:
    """Effects of some draws in one scenario under one control.

    Parameters
    ----------
    scenario, control : str
        What was simulated.
    draws : range or int64 array (draw,)
        Numbers of the draws.
    effects : Effects
        What the kernel found.
    world : Worlds
        What the draws believe; the same in every scenario and control.
    measures : tuple of MeasureChange
        What each planned measure changes; under control `current` only.
    """

    scenario: str
    control: str
    draws: Draws
    effects: Effects
    world: Worlds
    measures: tuple[MeasureChange, ...]
