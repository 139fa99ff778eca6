"""Colours keep WCAG 2.2 contrast: 4.5:1 for text, 3:1 for marks."""

from __future__ import annotations

import pytest

from climrisk.charts.palette import BAND_PAPER, GUIDE, INK, MUTED, PAPER, SEQUENTIAL, STROKE

PAPERS = (PAPER, BAND_PAPER)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("ink", [INK, MUTED, SEQUENTIAL["risk"][-1], SEQUENTIAL["opportunity"][-1]])
def test_text(ink: str, paper: str) -> None:
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("mark", [GUIDE, *STROKE.values()])
def test_marks(mark: str, paper: str) -> None:
    assert contrast(mark, paper) >= 3


@pytest.mark.parametrize("shades", SEQUENTIAL.values(), ids=SEQUENTIAL.keys())
def test_greyscale_print_still_ranks(shades: tuple[str, ...]) -> None:
    light = [luminance(shade) for shade in shades]
    assert light == sorted(light, reverse=True)
