"""One case: a published or closed-form result, and what climrisk makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final, NamedTuple

__all__ = ["STANDARD_ERRORS", "Case", "Check", "Estimate", "Outcome", "run_case"]

STANDARD_ERRORS: Final = 4.0
"""Standard errors that a sound estimate may be off: one in 16,000 lies beyond by chance."""


class Estimate(NamedTuple):
    """A figure with its Monte Carlo standard error, which is 0 where nothing is random."""

    value: float
    standard_error: float = 0.0


@dataclass(frozen=True)
class Check:
    """One figure held against an outside one.

    Parameters
    ----------
    what : str
        The figure in words.
    estimate : Estimate
        What climrisk finds.
    theirs : float
        What the source says, in the same unit.
    allowance : float
        Added to the standard errors: half a unit of the source's last digit, the width of its
        grid, or the bound of many comparisons taken together.
    unit : str
        Unit of all of them; `1` for pure numbers.
    """

    what: str
    estimate: Estimate
    theirs: float
    allowance: float
    unit: str

    @property
    def ours(self) -> float:
        """What climrisk finds."""
        return self.estimate.value

    @property
    def tolerance(self) -> float:
        """Four standard errors and the allowance."""
        return STANDARD_ERRORS * self.estimate.standard_error + self.allowance

    @property
    def passed(self) -> bool:
        """True where both agree within the tolerance; False where one is no number."""
        return abs(self.ours - self.theirs) <= self.tolerance


@dataclass(frozen=True)
class Case:
    """A result that others have published or that has a closed form.

    Parameters
    ----------
    id : str
        Short name, such as `C6`.
    title : str
        What is computed.
    source : str
        Where the expected figures come from.
    checks : callable
        Computes the figures and returns the checks.
    draws : int
        Monte Carlo draws; 0 where nothing is simulated.
    remark : str
        What of the source is left out, and why; empty where nothing is.
    needs : str
        Library of an extra that it runs; empty where every installation has all that it runs.
    """

    id: str
    title: str
    source: str
    checks: Callable[[], tuple[Check, ...]]
    draws: int = 0
    remark: str = ""
    needs: str = ""

    @property
    def can_run(self) -> bool:
        """True unless a library is missing."""
        return not self.needs or find_spec(self.needs) is not None


@dataclass(frozen=True)
class Outcome:
    """A case and what came of it."""

    case: Case
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """True where every check passed, and there was one."""
        return bool(self.checks) and all(check.passed for check in self.checks)


def run_case(case: Case) -> Outcome:
    """Compute a case's figures and hold them against the source's."""
    return Outcome(case, case.checks())
