"""Colours as hex codes, and their contrast by WCAG 2.2."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

__all__ = ["AA_GRAPHICS", "AA_TEXT", "HexColour", "contrast", "text_on"]

HexColour = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$")]
"""A colour such as #0B4F6C."""

AA_TEXT: Final = 4.5
"""Least contrast of text of ordinary size, level AA (WCAG 2.2, 1.4.3)."""
AA_GRAPHICS: Final = 3.0
"""Least contrast of lines and marks, level AA (WCAG 2.2, 1.4.11)."""
_WHITE: Final = "#FFFFFF"
_BLACK: Final = "#000000"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: str) -> str:
    """Return black or white, whichever can be read better on a colour; it always passes AA."""
    return max((_WHITE, _BLACK), key=lambda text: contrast(text, colour))


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour in sRGB (WCAG 2.2, relative luminance)."""
    shares = (int(colour[place : place + 2], 16) / 255.0 for place in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
