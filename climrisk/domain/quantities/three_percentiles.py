"""Statements of a median and two percentiles at equal distance from it; the law is a metalog."""

from __future__ import annotations

from typing import ClassVar

from climrisk.domain.base import Number
from climrisk.domain.quantities.metalog import ThreePercentiles

__all__ = ["P1P50P99", "P5P50P95", "P10P50P90", "P25P50P75"]


class P1P50P99(ThreePercentiles):
    """A median and a range that holds 98 times in a hundred."""

    outer_level: ClassVar[float] = 0.01
    names: ClassVar[tuple[str, str, str]] = ("p1", "p50", "p99")
    p1: Number
    """Value with a 1 in 100 chance of being lower."""
    p50: Number
    """Value with an even chance of being lower."""
    p99: Number
    """Value with a 1 in 100 chance of being higher."""


class P5P50P95(ThreePercentiles):
    """A median and a range that holds nine times in ten."""

    outer_level: ClassVar[float] = 0.05
    names: ClassVar[tuple[str, str, str]] = ("p5", "p50", "p95")
    p5: Number
    """Value with a 1 in 20 chance of being lower."""
    p50: Number
    """Value with an even chance of being lower."""
    p95: Number
    """Value with a 1 in 20 chance of being higher."""


class P10P50P90(ThreePercentiles):
    """A median and a range that holds eight times in ten."""

    outer_level: ClassVar[float] = 0.10
    names: ClassVar[tuple[str, str, str]] = ("p10", "p50", "p90")
    p10: Number
    """Value with a 1 in 10 chance of being lower."""
    p50: Number
    """Value with an even chance of being lower."""
    p90: Number
    """Value with a 1 in 10 chance of being higher."""


class P25P50P75(ThreePercentiles):
    """A median and a range that holds every other time."""

    outer_level: ClassVar[float] = 0.25
    names: ClassVar[tuple[str, str, str]] = ("p25", "p50", "p75")
    p25: Number
    """Value with a 1 in 4 chance of being lower."""
    p50: Number
    """Value with an even chance of being lower."""
    p75: Number
    """Value with a 1 in 4 chance of being higher."""
