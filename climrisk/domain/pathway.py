"""Pathways that a target is held against: the rate or path is always the user's input."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Number, Provenance, Year

__all__ = ["PathSeries", "Pathway"]

Form = Literal["absolute_contraction", "sector_convergence", "linear", "milestones", "iamc"]


class PathSeries(Declaration):
    """Values of a path by year, as a file states them."""

    unit: str
    values: dict[Year, Number] = Field(min_length=1)
    """By year; linear between them, and nothing outside."""


class Pathway(Provenance):
    """How fast emissions or an intensity should move."""

    form: Form
    """`absolute_contraction`, `sector_convergence`, `linear`, `milestones`, `iamc`."""
    rate: Annotated[Number, Field(ge=0, le=1)] | None = None
    """Absolute contraction: share of the base-year figure taken off every year."""
    starts: Year | None = None
    """Year that the contraction counts from, where that is not the target's base year."""
    sector: dict[Year, Number] = Field(default_factory=dict)
    """Sector convergence: intensity of the sector by year, first and last year included."""
    activity_share: dict[Year, Number] = Field(default_factory=dict)
    """Sector convergence: the company's share of the sector's activity in the first year over that
    of each year; empty is 1."""
    file: str | None = None
    """IAMC: file in `pathways/`, in wide format, such as sector.csv."""
    model: str | None = None
    """IAMC: model of the row."""
    scenario: str | None = None
    """IAMC: scenario of the row."""
    region: str | None = None
    """IAMC: region of the row."""
    variable: str | None = None
    """IAMC: variable of the row."""
    indexed: Literal["yes"] | None = None
    """IAMC: yes where only the change from the base year is used."""
    budget: Literal["trapezoid", "stepwise"] = "trapezoid"
    """How a path in tonnes adds up: straight between years, or year by year after the first."""

    @model_validator(mode="after")
    def _complete(self) -> Pathway:
        needed = _NEEDED.get(self.form, ())
        for name in needed:
            if getattr(self, name) in (None, {}):
                raise ValueError(f"{name}: missing; needed: {name} of form {self.form}")
        for name in sorted(_OWN - set(needed) - _OPTIONAL.get(self.form, set())):
            if getattr(self, name) not in (None, {}):
                raise ValueError(f"found {name} in form {self.form}; allowed: leave it out")
        if self.file is not None and not _is_plain(self.file):
            raise ValueError(f"found file {self.file!r}; allowed: a name such as sector.csv")
        return self


_NEEDED: dict[str, tuple[str, ...]] = {
    "absolute_contraction": ("rate",),
    "sector_convergence": ("sector",),
    "iamc": ("file", "model", "scenario", "region", "variable"),
}
_OPTIONAL = {
    "absolute_contraction": {"starts"},
    "sector_convergence": {"activity_share"},
    "iamc": {"indexed"},
}
_OWN = {"rate", "starts", "sector", "activity_share", "indexed", *_NEEDED["iamc"]}


def _is_plain(name: str) -> bool:
    """Return whether a file name stays within its folder on every system."""
    stem = name.removesuffix(".csv")
    return name.endswith(".csv") and stem.replace("-", "").replace("_", "").isalnum()
