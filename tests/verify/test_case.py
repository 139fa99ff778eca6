from __future__ import annotations

import math

import pytest

from climrisk.verify.case import Case, Check, Estimate, Outcome, run_case
from climrisk.verify.suite import CASES, chosen_cases


def check(ours: float, theirs: float, error: float = 0.0, allowance: float = 0.0) -> Check:
    return Check("a figure", Estimate(ours, error), theirs, allowance, "1")


@pytest.mark.parametrize(
    ("ours", "theirs", "error", "allowance", "passed"),
    [
        (1.0, 1.0, 0.0, 0.0, True),
        (1.0, math.nextafter(1.0, 2.0), 0.0, 0.0, False),
        (1.0, 1.4, 0.1, 0.0, True),
        (1.0, 1.41, 0.1, 0.0, False),
        (1.0, 1.45, 0.1, 0.05, True),
        (1.0, 1.46, 0.1, 0.05, False),
        (math.nan, 1.0, 0.1, 0.0, False),
        (1.0, 1.0, math.nan, 0.0, False),
    ],
)
def test_a_figure_passes_within_four_standard_errors_and_the_allowance(
    ours: float, theirs: float, error: float, allowance: float, passed: bool
) -> None:
    assert check(ours, theirs, error, allowance).passed is passed


def test_a_case_passes_where_every_figure_does_and_there_is_one() -> None:
    right, wrong = check(1.0, 1.0), check(1.0, 2.0)
    case = Case("X", "A case", "a source", lambda: (right, wrong))
    assert run_case(case) == Outcome(case, (right, wrong))
    assert not run_case(case).passed
    assert Outcome(case, (right,)).passed
    assert not Outcome(case, ()).passed


def test_cases_are_chosen_by_id_in_their_own_order() -> None:
    assert chosen_cases(()) == CASES
    assert [case.id for case in chosen_cases(("C7", "E1", "C7"))] == ["E1", "C7"]
    with pytest.raises(ValueError, match=r"unknown case 'c7'; allowed: E1, "):
        chosen_cases(("c7",))


def test_every_case_is_named_once_and_says_its_source() -> None:
    names = [case.id for case in CASES]
    assert len(set(names)) == len(names)
    assert all(case.source and case.title for case in CASES)
    wanted = {
        "E1",
        "E3",
        "E6",
        "E9",
        "K1",
        "C1",
        "C9",
        "C11",
        "C4",
        "C6",
        "C7",
        "J1",
        "J2",
        "P3",
        "T1",
        "M6",
    }
    assert wanted <= set(names)
