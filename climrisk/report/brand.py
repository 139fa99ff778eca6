"""A company's own look, as the writers of every format take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from climrisk.domain.briefing import BriefingBrand
from climrisk.domain.colour import text_on

__all__ = ["PLAIN", "Brand", "brand_of"]


@dataclass(frozen=True)
class Brand:
    """Colours, logo and template.

    Attributes
    ----------
    primary, accent : str
        Colour of headings, at least 4.5:1 on white; colour of lines, at least 3:1 on white.
    logo : bytes or None
        PNG.
    logo_vector : bytes or None
        The same logo as SVG, checked to hold shapes only.
    template : bytes or None
        PPTX that slides begin from.
    """

    primary: str = "#12395B"
    accent: str = "#2A70A8"
    logo: bytes | None = None
    logo_vector: bytes | None = None
    template: bytes | None = None

    @property
    def on_primary(self) -> str:
        """Colour of text on `primary`: black or white, at least 4.5:1."""
        return text_on(self.primary)

    @property
    def on_accent(self) -> str:
        """Colour of text on `accent`: black or white, at least 4.5:1."""
        return text_on(self.accent)


PLAIN: Final = Brand()
"""The look of studies without a brand."""


def brand_of(stated: BriefingBrand, files: Mapping[str, bytes]) -> Brand:
    """Return the look that a study states.

    Parameters
    ----------
    stated : BriefingBrand
        Checked when it was read.
    files : mapping of str to bytes
        Content of the files that it names.
    """

    def content(name: str | None) -> bytes | None:
        return None if name is None else files[name]

    return Brand(
        primary=stated.primary or PLAIN.primary,
        accent=stated.accent or PLAIN.accent,
        logo=content(stated.logo),
        logo_vector=content(stated.logo_vector),
        template=content(stated.template),
    )
