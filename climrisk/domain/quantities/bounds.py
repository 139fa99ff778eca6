"""The lowest and highest possible value of a bounded quantity."""

from __future__ import annotations

from climrisk.domain.quantities.base import refused, shown

__all__ = ["check_bounds", "check_mode"]


def check_bounds(low: float, high: float) -> None:
    """Refuse bounds that leave no room between them.

    Raises
    ------
    PydanticCustomError
        `low` above or equal to `high`.
    """
    if low > high:
        raise refused(f"low {shown(low)} is above high {shown(high)}; allowed low below high")
    if low == high:
        raise refused(
            f"low and high are both {shown(low)}; "
            f"if the quantity is certain, state the plain number {shown(low)}"
        )


def check_mode(low: float, mode: float, high: float) -> None:
    """Refuse a most likely value outside its bounds.

    Raises
    ------
    PydanticCustomError
        `mode` below `low` or above `high`.
    """
    if not low <= mode <= high:
        raise refused(
            f"found mode {shown(mode)}, allowed from low {shown(low)} to high {shown(high)}"
        )
