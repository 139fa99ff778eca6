"""The bands of ordinal scores, for studies that still want them."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator

from climrisk.domain.base import Declaration, Number

__all__ = ["Ordinal"]

Edges = Annotated[tuple[Number, ...], Field(min_length=1)]


class Ordinal(Declaration):
    """Edges between bands of likelihood and of impact; n edges make n + 1 bands.

    The score, band times band, is shown beside the figures and is not comparable with them: it
    ranks neither by expected value nor by tail.
    """

    likelihood_edges: Edges
    """Probabilities of a material year in the horizon, increasing."""
    impact_edges: Edges
    """Magnitudes of the mean effect of a material year [million], increasing."""

    @field_validator("likelihood_edges", "impact_edges")
    @classmethod
    def _increasing(cls, edges: tuple[float, ...]) -> tuple[float, ...]:
        if edges[0] <= 0 or any(low >= high for low, high in pairwise(edges)):
            raise ValueError(f"found {_listed(edges)}; allowed: above 0 and increasing")
        return edges

    @field_validator("likelihood_edges")
    @classmethod
    def _probabilities(cls, edges: tuple[float, ...]) -> tuple[float, ...]:
        if edges[-1] >= 1:
            raise ValueError(f"found {_listed(edges)}; allowed: probabilities between 0 and 1")
        return edges


def _listed(edges: tuple[float, ...]) -> str:
    return ", ".join(f"{edge:g}" for edge in edges)
