"""Colours of a status, with enough contrast for its word."""

from __future__ import annotations

from typing import Final

from climrisk.charts.roles import Role
from climrisk.charts.theme import LIGHT
from climrisk.domain.colour import text_on

__all__ = ["DRAFT_FILL", "status_colours"]

FILLS: Final[dict[Role | None, str]] = {"at_risk": "#FFD166", None: "#E4E4E1"}
"""Fills that differ from the colour of the role's lines; the border carries their contrast."""
DRAFT_FILL: Final = "#8F1D1D"


def status_colours(role: Role | None) -> tuple[str, str]:
    """Return fill and ink of a status: black or white on the colour of its role, grey for none."""
    fill = FILLS[role] if role is None or role in FILLS else LIGHT.roles[role]
    return fill, text_on(fill)
