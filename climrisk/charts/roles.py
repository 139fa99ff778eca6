"""What a mark stands for, whatever colour it has."""

from __future__ import annotations

from typing import Final, Literal, get_args

__all__ = ["ROLES", "SERIES", "Role", "series_role"]

Role = Literal[
    "risk",
    "opportunity",
    "total",
    "neutral",
    "measure",
    "limit",
    "off_track",
    "at_risk",
    "on_track",
    "series_1",
    "series_2",
    "series_3",
    "series_4",
    "series_5",
    "series_6",
    "series_7",
    "series_8",
]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
SERIES: Final[tuple[Role, ...]] = tuple(role for role in ROLES if role.startswith("series_"))


def series_role(position: int) -> Role:
    """Return the role of one of several alike series; after eight, colours come round again."""
    return SERIES[position % len(SERIES)]
