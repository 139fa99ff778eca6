"""What results consist of, so that a caller can ask for parts of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from climrisk.analysis.variables import VARIABLES, Variable

__all__ = [
    "ANNUAL",
    "BREACHES",
    "CURVES",
    "DIFFERENCES",
    "DRAWS",
    "EMISSIONS",
    "EXACT",
    "INPUTS",
    "MATRIX",
    "MEASURES",
    "MODELS",
    "OUTPUTS",
    "RANGES",
    "SINGLE_RUNS",
    "STABILITY",
    "variables_of",
    "wanted",
]

RANGES: Final = "ranges"
"""Mean, spread, percentiles and tails over each horizon, and of the present value; always there."""
MATRIX: Final = "matrix"
"""Material years and ranks; the probability of one for sums of items only with `annual`."""
STABILITY: Final = "stability"
"""How often ranks are the same given what a draw believes; with `matrix`."""
ANNUAL: Final = "annual"
"""Means by year, and percentiles of the headlines."""
CURVES: Final = "curves"
"""Exceedance curves and single events."""
BREACHES: Final = "breaches"
"""How often a year's loss passes the appetite."""
EXACT: Final = "exact"
"""Exact means beside the simulated ones."""
DIFFERENCES: Final = "differences"
"""Scenarios and controls against each other, draw by draw."""
INPUTS: Final = "inputs"
"""Which inputs the spread of the total comes from."""
MEASURES: Final = "measures"
"""Cost and benefit of each planned measure."""
MODELS: Final = "models"
"""Means by climate-economy model."""
EMISSIONS: Final = "emissions"
"""Projected emissions and targets."""
DRAWS: Final = "draws"
"""Net of the total in every single draw; on request only, as it grows with the draws."""

SINGLE_RUNS: Final = frozenset({RANGES, MATRIX, STABILITY, ANNUAL, CURVES, BREACHES, EXACT})
"""Results that each scenario and control has for itself."""
OUTPUTS: Final = SINGLE_RUNS | {DIFFERENCES, INPUTS, MEASURES, MODELS, EMISSIONS}
"""Everything that does not grow with the draws."""

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    STABILITY: ("rank_stability",),
    MATRIX: ("probability", "likelihood", "impact", "expected_per_year", "rank"),
    ANNUAL: ("annual_mean", "annual_percentile"),
    CURVES: ("exceedance",),
    BREACHES: ("breach", "annual_breach"),
    EXACT: ("exact",),
}
"""How the names of a part's variables begin; all others belong to the ranges."""


def variables_of(outputs: Collection[str]) -> dict[str, Variable]:
    """Return the variables of the wanted parts of single runs."""
    return {name: one for name, one in VARIABLES.items() if _part(name) in {*outputs, RANGES}}


def _part(name: str) -> str:
    return next((part for part, begins in _PARTS.items() if name.startswith(begins)), RANGES)


def wanted(outputs: Collection[str]) -> frozenset[str]:
    """Return what is to be counted.

    Parameters
    ----------
    outputs : collection of str
        What a caller names; where that is no part of single runs, all of those are meant as well.

    Raises
    ------
    ValueError
        If a name is not known.
    """
    known = OUTPUTS | {DRAWS}
    unknown = sorted(set(outputs) - known)
    if unknown:
        raise ValueError(f"outputs: found {unknown[0]!r}, allowed {', '.join(sorted(known))}")
    named = frozenset(outputs) | ({MATRIX} if STABILITY in outputs else set())
    return named | (SINGLE_RUNS if named.isdisjoint(SINGLE_RUNS) else {RANGES})
