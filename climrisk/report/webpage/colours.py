"""Colours of the page in light and dark, and what stands in the margins of its print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from climrisk.charts.theme import DARK, LIGHT
from climrisk.domain.colour import AA_GRAPHICS, contrast, text_on
from climrisk.report.brand import Brand
from climrisk.report.document import Stamp
from climrisk.report.legible import legible
from climrisk.report.status import DRAFT_FILL

__all__ = ["PAIRS", "colour_sheet", "margin_sheet", "themes"]

PAIRS: Final = (
    ("ink", "paper"), ("muted", "paper"), ("link", "paper"), ("heading", "paper"),
    ("ink", "tint"), ("on-draft", "draft"),
)  # fmt: skip
"""Texts and what they stand on, for every theme."""
FACE: Final = 'font-family: "Noto Sans", Arial, Helvetica, "Noto Sans CJK HK", sans-serif;'
"""Of what stands in the margins of the print, which does not inherit the page's own."""


def themes(brand: Brand) -> dict[str, dict[str, str]]:
    """Return the colours of each theme by the name that the style sheet uses."""
    shared = {"draft": DRAFT_FILL, "on-draft": text_on(DRAFT_FILL)}
    plain = {
        name: {
            "paper": theme.paper,
            "tint": theme.band_paper,
            "ink": theme.ink,
            "muted": theme.muted,
            "rule": theme.rule,
            "link": theme.roles["series_1"],
        }
        for name, theme in (("light", LIGHT), ("dark", DARK))
    }
    # a brand's colours are checked against white
    light = {"heading": brand.primary, "accent": brand.accent}
    visible = contrast(brand.accent, DARK.paper) >= AA_GRAPHICS
    dark = {"heading": DARK.ink, "accent": brand.accent if visible else DARK.muted}
    return {"light": plain["light"] | light | shared, "dark": plain["dark"] | dark | shared}


def colour_sheet(brand: Brand) -> str:
    """Return the style sheet of the colours; print is always light."""
    colours = themes(brand)
    light, dark = (_variables(colours[name]) for name in ("light", "dark"))
    return (
        f":root {{ {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    )


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def margin_sheet(stamp: Stamp) -> str:
    """Return the style sheet of the printed page's margins: stamp, notice, draft mark, numbers."""
    boxes = "\n".join(f"  {box}" for box in _boxes(stamp))
    return f"@page {{\n  size: A4; margin: 16mm 16mm 22mm;\n{boxes}\n}}"


def _boxes(stamp: Stamp) -> Iterator[str]:
    small = f"{FACE} font-size: 7.5pt; color: #595959; vertical-align: top; padding-top: 3mm;"
    left = legible(f"{stamp.run}\n").strip()
    if stamp.notice:
        left = f"{left} · {legible(stamp.notice)}"
    yield f"@bottom-left {{ content: {css_string(left)}; {small} width: 85%; text-align: left; }}"
    yield f'@bottom-right {{ content: counter(page) " / " counter(pages); {small} }}'
    mark = f"{FACE} color: {DRAFT_FILL}; font-weight: 700; font-size: 9pt;"
    if stamp.is_draft:
        yield f"@top-right {{ content: {css_string(legible(stamp.status))}; {mark} }}"


def css_string(text: str) -> str:
    """Return a text as a string of a style sheet that nothing in it can end."""
    safe = "".join(
        char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in text
    )
    return f'"{safe}"'
