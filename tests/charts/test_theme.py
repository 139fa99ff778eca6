"""Both themes keep WCAG contrast, and their series stay apart for colour-blind readers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from climrisk.charts.roles import ROLES, SERIES
from climrisk.charts.theme import DARK, LIGHT, Theme
from tests.charts.test_palette import contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
SIGHT = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
}  # fmt: skip
# linear sRGB to XYZ, D65 (IEC 61966-2-1)
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour: str, sight: str) -> np.ndarray:
    """Return CIELAB of a colour as somebody with this sight sees it."""
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(SIGHT[sight] @ linear, 0.0, 1.0)
    ratio = XYZ @ seen / (XYZ @ np.ones(3))
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@THEMES
def test_text_is_legible(theme: Theme) -> None:
    for paper in (theme.paper, theme.band_paper):
        for ink in (theme.ink, theme.muted):
            assert contrast(ink, paper) >= 4.5


@THEMES
@pytest.mark.parametrize("role", ROLES)
def test_marks_stand_out(theme: Theme, role: str) -> None:
    for paper in (theme.paper, theme.band_paper):
        assert contrast(theme.roles[role], paper) >= 3  # type: ignore[index]
        assert contrast(theme.guide, paper) >= 3


@THEMES
@pytest.mark.parametrize("kind", ["risk", "opportunity"])
def test_headings_in_the_colour_of_their_side_are_legible(theme: Theme, kind: str) -> None:
    assert contrast(theme.roles[kind], theme.paper) >= 4.5  # type: ignore[index]


@THEMES
@pytest.mark.parametrize("sight", SIGHT)
def test_what_stands_side_by_side_differs(theme: Theme, sight: str) -> None:
    """Series differ by dash and symbol as well; the first six by colour alone too."""
    beside = [
        ("risk", "opportunity"), ("risk", "total"), ("off_track", "at_risk"),
        ("at_risk", "on_track"), ("off_track", "on_track"), *combinations(SERIES[:6], 2),
    ]  # fmt: skip
    for one, other in beside:
        gap = lab(theme.roles[one], sight) - lab(theme.roles[other], sight)  # type: ignore[index]
        assert np.linalg.norm(gap) >= 10, (one, other)


@THEMES
def test_steps_carry_a_border_that_stands_out(theme: Theme) -> None:
    assert contrast(theme.muted, theme.paper) >= 3
