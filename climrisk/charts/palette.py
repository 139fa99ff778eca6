"""Colours of every chart: sequential by side, and inks that keep WCAG AA contrast on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from climrisk.names import Kind

__all__ = ["BAND_PAPER", "GUIDE", "INK", "MUTED", "PAPER", "RULE", "SEQUENTIAL", "STROKE"]

SEQUENTIAL: Final[Mapping[Kind, tuple[str, ...]]] = {
    "risk": ("#FFFFD4", "#FED98E", "#FE9929", "#D95F0E", "#993404"),
    "opportunity": ("#EFF3FF", "#BDD7E7", "#6BAED6", "#3182BD", "#08519C"),
}
"""Fills from small to large; the lightest need the dark border of `MUTED`."""

STROKE: Final[Mapping[Kind, str]] = {"risk": "#B34A06", "opportunity": "#2A70A8"}
"""Lines and bars, at least 3:1 on every paper."""

PAPER: Final = "#FFFFFF"
BAND_PAPER: Final = "#F4F4F2"
RULE: Final = "#C9C9C6"
"""Edges that carry no information of their own."""
GUIDE: Final = "#848484"
"""Contours and lines to labels: thin, yet 3:1 on every paper."""
MUTED: Final = "#595959"
INK: Final = "#1A1A1A"
