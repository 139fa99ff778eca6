"""What edits keep takes the memory that it is said to take, and stays that large."""

from __future__ import annotations

import pytest

from climrisk.analysis.incremental import Incremental
from climrisk.analysis.kept_memory import bytes_of_a_draw, draws_within
from climrisk.analysis.planning import planned_run
from climrisk.io.study import read_study
from tests.analysis.test_incremental import register_of_amounts, study_with_room, with_probability

DRAWS = 40


def test_kept_draws_take_what_is_said() -> None:
    """Where no cap takes anything back; what caps take back is kept beside it."""
    found = register_of_amounts()
    kept = Incremental(DRAWS, threads=1)
    kept.of(study_with_room(found, 1000.0))
    alone = kept.nbytes
    said = DRAWS * bytes_of_a_draw(planned_run(study_with_room(found, 1000.0)))
    for share in (0.8, 0.4):
        kept.of(study_with_room(with_probability(found, "T-0", share), 1000.0))
        assert alone < kept.nbytes <= said < 1.3 * kept.nbytes
    kept.of(study_with_room(found, 10.0))
    assert kept.nbytes > said


def test_lx_is_edited_at_twenty_thousand_draws_within_half_a_gigabyte() -> None:
    study = read_study("lx-technology-2023")
    assert draws_within(study, 500_000_000, 20_000) == 20_000
    assert bytes_of_a_draw(planned_run(study)) < 25_000


@pytest.mark.parametrize(("budget", "found"), [(10**12, 20_000), (50_000_000, 2_000), (0, 1_000)])
def test_draws_fit_the_budget(budget: int, found: int) -> None:
    study = read_study("lx-technology-2023")
    assert draws_within(study, budget, 20_000) == found
    assert draws_within(study, budget, 300) == 300
