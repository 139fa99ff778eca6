"""A scenario: one named world, as a narrative and a set of driver series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from climrisk.domain.base import Declaration, Figure, Identifier, Number, Provenance, Year
from climrisk.domain.text import LocalText

__all__ = ["Driver", "Path", "QuantileLabel", "Response", "Scenario", "Warming", "value_in"]

Path = Annotated[dict[Year, Number], Field(min_length=1)]
"""Values by calendar year; linear between them, never extrapolated."""

QuantileLabel = Annotated[str, Field(pattern=r"^p(0[1-9]|[1-9][0-9]?)$")]


class Driver(Provenance):
    """One series of a scenario, stated in exactly one of four forms."""

    unit: str
    """Unit of the values, with the price base where it is money."""
    region: str | None = None
    """Where the series holds."""
    path: Path | None = None
    """One value a year."""
    models: dict[str, Path] | None = None
    """A path for each model; a draw picks one model for every series that has models."""
    quantiles: dict[QuantileLabel, Path] | None = None
    """A path for each percentile (`p10`, `p50`, ...); a draw keeps one percentile for all years."""
    response: Identifier | None = None
    """A published response to another driver, from the bundled reference data."""

    @model_validator(mode="after")
    def _one_form(self) -> Driver:
        forms = [
            name
            for name in ("path", "models", "quantiles", "response")
            if getattr(self, name) is not None
        ]
        if len(forms) != 1:
            raise ValueError(
                f"found {' and '.join(forms) or 'no series'}, "
                "allowed exactly one of path, models, quantiles, response"
            )
        if self.quantiles is not None and len(self.quantiles) < 2:
            raise ValueError("found one percentile, allowed two or more, such as p10, p50, p90")
        levels = [int(label[1:]) for label in self.quantiles or ()]
        if len(set(levels)) < len(levels):
            raise ValueError("found a percentile twice, such as p5 and p05; allowed: each once")
        self._same_years()
        return self

    def _same_years(self) -> None:
        several = self.models or self.quantiles or {}
        stated = {year for path in several.values() for year in path}
        for name, path in several.items():
            lacking = sorted(stated - set(path))
            if lacking:
                years = ", ".join(map(str, lacking))
                raise ValueError(f"{name} lacks {years}; allowed: the same years in every path")

    def paths(self) -> tuple[dict[int, float], ...]:
        """Return every stated path of the series; empty for a response."""
        if self.path is not None:
            return (self.path,)
        several = self.models or self.quantiles or {}
        return tuple(several.values())


class Warming(Declaration):
    """Median global warming above 1850-1900 [K], for readers of the scenario."""

    at_2050: Figure
    """Median warming in 2050 [K]."""
    peak: Figure
    """Highest median warming in the given years [K]."""
    median_2100: Figure
    """Median warming in 2100 [K]."""


class Scenario(Declaration):
    """A named world; it carries no probability."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    id: Identifier
    """Equal to the stem of the scenario's file."""
    title: LocalText
    """Short name."""
    narrative: LocalText
    """The story, in a few sentences."""
    key_assumptions: tuple[LocalText, ...] = Field(min_length=1)
    """What has to be true in this world."""
    warming: Warming
    """How warm it becomes."""
    vintage: str
    """Release of the data, and when."""
    price_base: str
    """Currency and price year of the money series."""
    sources: tuple[str, ...] = Field(min_length=1)
    """Publications that the series come from."""
    basis: Literal["reference", "assumption"]
    """`reference` for a published scenario, `assumption` where series were put together."""
    note: LocalText | None = None
    """What a reader must know before using the scenario."""
    drivers: dict[Identifier, Driver] = Field(min_length=1)
    """Series by driver id."""

    @model_validator(mode="after")
    def _same_models(self) -> Scenario:
        named = {d: sorted(s.models) for d, s in self.drivers.items() if s.models is not None}
        if len({tuple(models) for models in named.values()}) > 1:
            listed = "; ".join(f"{name} has {', '.join(ms)}" for name, ms in named.items())
            raise ValueError(
                f"drivers with different models: {listed}; "
                "allowed: the same models in every series that has models"
            )
        return self


class Response(Provenance):
    """A published response of a hazard to a driver, as points between which it is linear."""

    title: LocalText
    """What responds."""
    driver: Identifier
    """The driver that it responds to, usually `warming`."""
    unit: str
    """Unit of the response."""
    points: Annotated[tuple[tuple[Number, Number], ...], Field(min_length=2)]
    """Driver value and response, in order; held at the first and last point, with a warning."""

    @field_validator("points")
    @classmethod
    def _in_order(cls, points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        inputs = [value for value, _ in points]
        if sorted(set(inputs)) != inputs:
            raise ValueError(f"driver values {inputs}; allowed: increasing")
        return points


def value_in(path: Mapping[int, float], year: int) -> float:
    """Return the linear interpolation at `year`, or the nearest given value outside the path."""
    known = sorted(path)
    before = max((one for one in known if one <= year), default=known[0])
    after = min((one for one in known if one >= year), default=known[-1])
    if before == after:
        return path[before]
    weight = (year - before) / (after - before)
    return path[before] + weight * (path[after] - path[before])
