"""Light and dark colours of every role, by WCAG 2.2: 4.5:1 for text, 3:1 for marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from climrisk.charts.palette import BAND_PAPER, GUIDE, INK, MUTED, PAPER, RULE, SEQUENTIAL, STROKE
from climrisk.charts.roles import Role
from climrisk.names import Kind

__all__ = ["DARK", "LIGHT", "THEMES", "Theme", "ThemeName"]

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True)
class Theme:
    """Colours on one kind of paper.

    Attributes
    ----------
    paper, band_paper : str
        Background, and the background of every second band.
    ink, muted : str
        Text, and text of less weight.
    guide, rule : str
        Lines that carry information, and edges that carry none.
    roles : mapping of role to str
        Lines, points and edges, at least 3:1 on both papers.
    steps : mapping of kind to tuple of str
        Fills from small to large, drawn with a border of `muted`.
    """

    paper: str
    band_paper: str
    ink: str
    muted: str
    guide: str
    rule: str
    roles: Mapping[Role, str]
    steps: Mapping[Kind, tuple[str, ...]]


LIGHT: Final = Theme(
    paper=PAPER,
    band_paper=BAND_PAPER,
    ink=INK,
    muted=MUTED,
    guide=GUIDE,
    rule=RULE,
    roles={
        "risk": STROKE["risk"],
        "opportunity": STROKE["opportunity"],
        "total": "#5E3C99",
        "neutral": MUTED,
        "measure": "#6B6B00",
        "limit": INK,
        "off_track": "#B2380A",
        "at_risk": "#A87900",
        "on_track": "#0072B2",
        "series_1": "#0072B2",
        "series_2": "#B2380A",
        "series_3": "#00785A",
        "series_4": "#8E2C7C",
        "series_5": "#A87900",
        "series_6": "#1A1A1A",
        "series_7": "#5B7FD9",
        "series_8": "#C4607A",
    },
    steps=SEQUENTIAL,
)
DARK: Final = Theme(
    paper="#14171A",
    band_paper="#1D2125",
    ink="#F2F2EF",
    muted="#BDBDB8",
    guide="#8C8C88",
    rule="#43474B",
    roles={
        "risk": "#FE9929",
        "opportunity": "#6BAED6",
        "total": "#B2ABD2",
        "neutral": "#BDBDB8",
        "measure": "#CFCB5A",
        "limit": "#F2F2EF",
        "off_track": "#FF7F50",
        "at_risk": "#FFD166",
        "on_track": "#56B4E9",
        "series_1": "#56B4E9",
        "series_2": "#FF7F50",
        "series_3": "#2FBF98",
        "series_4": "#E05CC0",
        "series_5": "#E6C229",
        "series_6": "#F2F2EF",
        "series_7": "#7F9CF5",
        "series_8": "#F4A6B8",
    },
    steps=SEQUENTIAL,
)
THEMES: Final[Mapping[ThemeName, Theme]] = {"light": LIGHT, "dark": DARK}
