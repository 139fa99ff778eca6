"""Every case of `climrisk verify`, and the cases that are left out."""

from __future__ import annotations

from typing import Final

from climrisk.verify import (
    catastrophe,
    emissions,
    frequency_severity,
    invariants,
    measures,
    quantities,
    tail,
    transition,
    what_matters,
)
from climrisk.verify.case import Case

__all__ = ["CASES", "chosen_cases"]

CASES: Final[tuple[Case, ...]] = (
    *quantities.CASES,
    *frequency_severity.CASES,
    *tail.CASES,
    *catastrophe.CASES,
    *measures.CASES,
    *transition.CASES,
    *emissions.CASES,
    *what_matters.CASES,
    *invariants.CASES,
)


def chosen_cases(wanted: tuple[str, ...]) -> tuple[Case, ...]:
    """Return the cases of the given ids, in the order of `CASES`; all of them without ids.

    Raises
    ------
    ValueError
        If there is no case of an id.
    """
    known = [case.id for case in CASES]
    for name in wanted:
        if name not in known:
            raise ValueError(f"unknown case {name!r}; allowed: {', '.join(known)}")
    return tuple(case for case in CASES if not wanted or case.id in wanted)
