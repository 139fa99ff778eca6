"""The lowest and highest possible value of a bounded quantity."""

from __future__ import annotations

from climrisk.domain.quantities.base import refused, shown

__all__ = ["check_bounds"]


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
