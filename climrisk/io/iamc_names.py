"""What the bundled scenarios are called in exports of scenario explorers."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, PositiveFloat

from climrisk.domain.base import Declaration
from climrisk.domain.scenario import QuantileLabel
from climrisk.io.encoding import read_text
from climrisk.io.yaml_tree import read_yaml
from climrisk.paths import bundled

__all__ = ["IamcNames", "SeriesNames", "iamc_names", "same_name", "simplified"]

FILE = "reference/iamc.yaml"
_IGNORED = re.compile(r"[\s°]+")


class SeriesNames(Declaration):
    """Where the rows of one driver stand."""

    variables: tuple[str, ...] = ()
    """Names of the variable, where the driver has one path or one for each model."""
    percentiles: dict[QuantileLabel, tuple[str, ...]] = Field(default_factory=dict)
    """Names of the variable by percentile, where the driver has percentiles."""
    units: tuple[str, ...]
    """Units that mean the driver's own."""
    model: str | None = None
    """The model of all rows; None where each path of the driver names its own."""
    rounded_to: PositiveFloat
    """Step to which the bundled values are rounded."""


class IamcNames(Declaration):
    """Everything in the file of names."""

    schema_version: Literal[1] = Field(alias="schema")
    source: str
    scenarios: dict[str, tuple[str, ...]]
    regions: dict[str, tuple[str, ...]]
    series: dict[str, SeriesNames]


def iamc_names() -> IamcNames:
    """Return the bundled names."""
    text = read_text(bundled("data") / FILE, name=FILE)
    return IamcNames.model_validate(read_yaml(text, FILE).data)


def simplified(name: str) -> str:
    """Return a name without what exports write differently: capitals, spaces, degree signs."""
    return _IGNORED.sub("", name).casefold()


def same_name(one: str, other: str) -> bool:
    """Return whether two names differ at most in capitals, spaces and degree signs."""
    return simplified(one) == simplified(other)
