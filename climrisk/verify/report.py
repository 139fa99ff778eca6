"""The model document: purpose, equations, limits, and every case with what came of it."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from importlib.metadata import version
from typing import Final

from climrisk import __version__
from climrisk.verify.case import STANDARD_ERRORS, Check, Outcome
from climrisk.verify.document import Block, Bullets, Document, Heading, Paragraph, Table
from climrisk.verify.equations import EQUATIONS
from climrisk.verify.model import ASSUMPTIONS, LIMITS, PURPOSE
from climrisk.verify.simulation import SEED

__all__ = ["model_document", "ours_and_theirs"]

_LIBRARIES: Final = ("numpy", "scipy", "pandas", "xarray", "pydantic")


def model_document(outcomes: Iterable[Outcome]) -> Document:
    """Return the document; it holds no date, so that the same code writes the same document.

    Parameters
    ----------
    outcomes : iterable of Outcome
        The cases that were run.
    """
    ran = tuple(outcomes)
    return Document(
        f"climrisk {__version__}: model document",
        (*_purpose(), *_equations(), *_limits(), *_cases(ran), *_versions()),
    )


def _purpose() -> tuple[Block, ...]:
    return Heading(2, "Purpose, scope and use"), *(Paragraph(text) for text in PURPOSE)


def _equations() -> tuple[Block, ...]:
    rows = tuple(tuple(equation) for equation in EQUATIONS)
    return (
        Heading(2, "Equations and their sources"),
        Table(("what", "formula", "source"), rows),
    )


def _limits() -> tuple[Block, ...]:
    return (
        Heading(2, "Assumptions"),
        Bullets(ASSUMPTIONS),
        Heading(2, "What the model cannot express"),
        Bullets(LIMITS),
    )


def _cases(outcomes: tuple[Outcome, ...]) -> tuple[Block, ...]:
    held = sum(outcome.passed for outcome in outcomes)
    checks = sum(len(outcome.checks) for outcome in outcomes)
    return (
        Heading(2, "Cases: published and closed-form results"),
        Paragraph(
            f"{held} of {len(outcomes)} cases passed, with {checks} figures. Every case runs the "
            f"code that a study runs, with seed {SEED}. A figure passes where it differs by no "
            f"more than the tolerance: {STANDARD_ERRORS:g} Monte Carlo standard errors of "
            "climrisk's own figure, and the allowance beside it, which is half a unit of the "
            "source's last digit, the width of its grid, or the bound of many comparisons taken "
            "together."
        ),
        *(block for outcome in outcomes for block in _case(outcome)),
    )


def _case(outcome: Outcome) -> tuple[Block, ...]:
    case = outcome.case
    draws = f"{case.draws:,} draws" if case.draws else "nothing is simulated"
    remark = (Paragraph(case.remark),) if case.remark else ()
    header = ("figure", "ours", "theirs", "standard error", "allowance", "tolerance", "unit", "")
    return (
        Heading(3, f"{case.id}: {case.title}"),
        Paragraph(f"Source: {case.source}. {draws[0].upper()}{draws[1:]}."),
        *remark,
        Table(header, tuple(_row(check) for check in outcome.checks), frozenset(range(1, 6))),
    )


def _row(check: Check) -> tuple[str, ...]:
    ours, theirs = ours_and_theirs(check)
    return (
        check.what,
        ours,
        theirs,
        f"{check.estimate.standard_error:.3g}",
        f"{check.allowance:.3g}",
        f"{check.tolerance:.3g}",
        check.unit,
        "pass" if check.passed else "FAIL",
    )


def ours_and_theirs(check: Check) -> tuple[str, str]:
    """Return both figures as text: twelve digits where nothing is random, else six."""
    digits = 6 if check.estimate.standard_error else 12
    return f"{check.ours:.{digits}g}", f"{check.theirs:.{max(digits, 10)}g}"


def _versions() -> tuple[Block, ...]:
    used = [("climrisk", __version__), ("Python", platform.python_version())]
    used += [(name, version(name)) for name in _LIBRARIES]
    return (
        Heading(2, "Versions, seed and draws"),
        Table(("what", "version"), tuple(used)),
        Paragraph(
            f"Seed {SEED}; draws stand with each case. The same versions on the same kind of "
            "processor give the same figures to the last digit."
        ),
    )
