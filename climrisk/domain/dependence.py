"""Dependence between items: groups that tend to strike, or to be severe, together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Identifier, Number, Provenance

__all__ = ["Dependence", "Group"]

Correlation = Annotated[Number, Field(ge=-1, le=1)]


class Group(Provenance):
    """Items of one occurrence type that depend on each other, every pair alike.

    Dependence is of magnitudes: positive between a risk and an opportunity is a hedge.
    """

    items: tuple[Identifier, ...] = Field(min_length=1)
    copula: Literal["gaussian", "t"] = "gaussian"
    """`t` makes extremes come together as well."""
    rank: Correlation | None = None
    """Spearman rank correlation of every pair, for copula gaussian."""
    kendall: Correlation | None = None
    """Kendall rank correlation of every pair, for copula t."""
    df: Annotated[Number, Field(gt=2, le=200)] | None = None
    """Degrees of freedom of the t copula."""
    persistence: Annotated[Number, Field(ge=0, lt=1)] | None = None
    """First-order autocorrelation of each item's yearly latent, in normal scores."""

    @model_validator(mode="after")
    def _copula_states_its_own(self) -> Group:
        gaussian = self.copula == "gaussian"
        wanted, other = ("rank", "kendall") if gaussian else ("kendall", "rank")
        if len(self.items) > 1 and getattr(self, wanted) is None:
            raise ValueError(f"copula {self.copula} without {wanted}; allowed: give {wanted}")
        if getattr(self, other) is not None:
            raise ValueError(f"copula {self.copula} with {other}; allowed: {wanted}")
        if gaussian == (self.df is not None):
            raise ValueError("df; allowed: with copula t, and only there")
        if len(set(self.items)) < len(self.items):
            raise ValueError("an item twice in one group; allowed: each item once")
        if len(self.items) == 1 and self.persistence is None:
            raise ValueError("a group of one item; allowed: two items, or one with persistence")
        return self


class Dependence(Declaration):
    """Groups by what depends: the occurrence, or the severity of the items."""

    occurrence: tuple[Group, ...] = ()
    """Groups whose occurrences depend, year by year, or once a draw for items that occur once."""
    severity: tuple[Group, ...] = ()
    """Groups whose quantile of severity depends, once a draw."""
