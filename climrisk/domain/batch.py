"""A batch: which runs of which studies, as an analyst writes it in one file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, field_validator, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from climrisk.domain.base import Declaration, Identifier, Number, Truth
from climrisk.domain.varied import Setting, short_or

__all__ = ["MOST_RUNS", "SAMPLED", "Batch", "Levels", "Range"]

MOST_RUNS = 100_000
"""Runs of one batch; beyond that a file was hardly meant as it stands."""
SAMPLED = ("latin_hypercube", "sobol")
"""Designs that choose points themselves."""

PathText = Annotated[str, Field(min_length=1, max_length=300)]
Factor = Annotated[Number, Field(ge=0)]


class Range(Declaration):
    """Everything between two bounds, for designs that choose points themselves."""

    low: Number
    high: Number

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if not self.low < self.high:
            raise ValueError(f"found low {self.low:g} and high {self.high:g}; allowed: low < high")
        return self

    def at(self, place: float) -> float:
        """Return the value at a place from 0 to 1 between the bounds."""
        return self.low + place * (self.high - self.low)


class Levels(Declaration):
    """What one input becomes in the runs of a batch; exactly one of the keys, or low and high."""

    value: Any = None
    """One value in every run."""
    list: tuple[Any, ...] | None = Field(default=None, min_length=1)
    """Values, one after the other."""
    scale: Factor | tuple[Factor, ...] | Range | None = None
    """Multiples of what the study states: one, several, or a range."""
    low: Number | None = None
    """With `high`: a range of values, for latin_hypercube and sobol."""
    high: Number | None = None

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the short forms as well: a list, or a single number or word."""
        described = super().__get_pydantic_json_schema__(schema, handler)
        return short_or(described, "number", "string", "boolean", "array")

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, stated: Any) -> Any:
        """Take a plain list as `list`, and a plain number or word as `value`."""
        if isinstance(stated, list | tuple):
            return {"list": stated}
        return stated if isinstance(stated, Mapping | Levels) else {"value": stated}

    @model_validator(mode="after")
    def _one_form(self) -> Levels:
        if (self.low is None) != (self.high is None):
            raise ValueError("found one of low and high; allowed: both")
        forms = [
            name for name in ("value", "list", "scale", "low") if getattr(self, name) is not None
        ]
        if len(forms) != 1:
            found = " and ".join(forms) or "nothing"
            raise ValueError(f"found {found}; allowed: value, list, scale, or low with high")
        if self.scale == ():
            raise ValueError("found no multiples; allowed: one or more")
        if self.range is not None and self.scales and self.range.low < 0:
            raise ValueError(f"found scale from {self.range.low:g}; allowed: 0 or more")
        return self

    @property
    def scales(self) -> bool:
        """Whether the levels are multiples."""
        return self.scale is not None

    @property
    def range(self) -> Range | None:
        """The range between two bounds, if it is one."""
        if isinstance(self.scale, Range):
            return self.scale
        if self.low is None or self.high is None:
            return None
        return Range(low=self.low, high=self.high)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The stated levels in order; none for a range."""
        if self.range is not None:
            return ()
        if self.scale is not None:
            several = self.scale if isinstance(self.scale, tuple) else (self.scale,)
            return tuple(Setting(scale=one) for one in several if isinstance(one, float | int))
        values = (self.value,) if self.list is None else self.list
        return tuple(Setting(value=one) for one in values)

    def at(self, place: float) -> Setting:
        """Return the level at a place from 0 to 1: within the range, or one of the levels."""
        if self.range is None:
            stated = self.settings
            return stated[min(int(place * len(stated)), len(stated) - 1)]
        value = self.range.at(place)
        return Setting(scale=value) if self.scales else Setting(value=value)


Settings = dict[PathText, Setting]


class Batch(Declaration):
    """Everything in a batch file."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    """Version of the file format."""
    study: str | tuple[str, ...]
    """Study folder, from the batch file's own folder, or bundled study; or a list of them."""
    draws: Annotated[int, Field(ge=1, lt=2**32, strict=True)]
    """Monte Carlo draws of every run; the same in all, so that runs are paired."""
    seed: Annotated[int, Field(ge=0, lt=2**64, strict=True)] = 1
    """Seed of every run."""
    scenarios: Literal["all"] | tuple[Identifier, ...] = "all"
    """Scenarios of every run, or `all` of the study's; `base_year` is always added."""
    vary: dict[PathText, Levels] = Field(default_factory=dict)
    """What each input becomes, by its path."""
    design: Literal["grid", "zip", "latin_hypercube", "sobol"] = "grid"
    """`grid`: every combination; `zip`: first with first; the others choose `points` in ranges."""
    points: Annotated[int, Field(ge=1, le=MOST_RUNS, strict=True)] | None = None
    """Runs of a design that chooses points itself; a power of two for `sobol`."""
    design_seed: Annotated[int, Field(ge=0, lt=2**32, strict=True)] = 1
    """Seed of the points, not of the draws."""
    cases: dict[Identifier, Settings] = Field(default_factory=dict)
    """Runs with names of their own, beside those of the design."""
    include: tuple[Settings, ...] = ()
    """Further runs."""
    exclude: tuple[Settings, ...] = ()
    """Runs of the design that are left out: those with all the settings of an entry."""
    horizon: Identifier | None = None
    """Horizon that `headline.csv` tells beside the present value; the study's last by default."""
    control: Literal["current", "residual"] = "current"
    """Controls that `headline.csv` tells: those of the base year, or with planned measures."""
    keep_draws: Truth | None = None
    """Whether net of the total of every single draw is kept; where it fits by default."""

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies as they are named."""
        return (self.study,) if isinstance(self.study, str) else self.study

    @field_validator("study")
    @classmethod
    def _each_once(cls, study: str | tuple[str, ...]) -> str | tuple[str, ...]:
        several = (study,) if isinstance(study, str) else study
        if not several:
            raise ValueError("found no study; allowed: one or more")
        twice = [name for place, name in enumerate(several) if name in several[:place]]
        if twice:
            raise ValueError(f"found {twice[0]!r} twice; allowed: each study once")
        return study

    @model_validator(mode="after")
    def _design_fits(self) -> Batch:
        ranges = [path for path, levels in self.vary.items() if levels.range is not None]
        if self.design not in SAMPLED:
            if ranges:
                raise ValueError(
                    f"vary {ranges[0]!r} is a range; allowed with design {' or '.join(SAMPLED)}"
                )
            if self.points is not None:
                raise ValueError(f"points with design {self.design}; allowed: no points")
            return self
        if self.points is None:
            raise ValueError(f"design {self.design} without points; allowed: say how many")
        if not self.vary:
            raise ValueError(f"design {self.design} without vary; allowed: vary something")
        if self.design == "sobol" and self.points & (self.points - 1):
            below = 1 << (self.points.bit_length() - 1)
            raise ValueError(
                f"points {self.points} with design sobol; allowed: a power of two, such as "
                f"{below} or {2 * below}, which is when its points are balanced"
            )
        return self

    @model_validator(mode="after")
    def _zip_is_even(self) -> Batch:
        lengths = {path: len(levels.settings) for path, levels in self.vary.items()}
        longer = {count for count in lengths.values() if count > 1}
        if self.design == "zip" and len(longer) > 1:
            told = ", ".join(f"{path} has {count}" for path, count in lengths.items())
            raise ValueError(f"design zip: {told}; allowed: as many values for each, or one")
        return self
