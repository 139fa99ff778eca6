"""Results are kept by what they rest on; a final run can be stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.incremental import INTERACTIVE
from climrisk.errors import ClimriskError
from climrisk.ui import cache, final_run
from climrisk.ui.cache import KEPT, Results
from climrisk.ui.final_run import FinalRun
from climrisk.ui.history import History
from climrisk.ui.state import Session
from tests.studies import always, annual_risk, make_study

STUDY = make_study({"R-1": annual_risk(always(), 1.0)})
NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Draws of every simulation that was run."""
    runs: list[int] = []

    def counted(study: object, *, draws: int, **_: object) -> xr.Dataset:
        runs.append(draws)
        return xr.Dataset(attrs={"draws": draws})

    monkeypatch.setattr(cache, "analyse", counted)
    return runs


def test_the_same_study_is_simulated_once(simulated: list[int]) -> None:
    held = Results()
    first = held.of(STUDY, 10, NOTHING)
    assert held.of(STUDY.model_copy(), 10, NOTHING) is first
    assert simulated == [10]


def test_other_draws_and_other_studies_are_other_results(simulated: list[int]) -> None:
    held = Results()
    held.of(STUDY, 10, NOTHING)
    held.of(STUDY, 11, NOTHING)
    held.of(make_study({"R-1": annual_risk(always(), 2.0)}), 10, NOTHING)
    assert simulated == [10, 11, 10]


def test_results_with_more_outputs_do_for_fewer(simulated: list[int]) -> None:
    held = Results()
    more = held.of(STUDY, 10, frozenset({"inputs", "differences"}))
    assert held.of(STUDY, 10, frozenset({"inputs"})) is more
    held.of(STUDY, 10, frozenset({"measures"}))
    assert simulated == [10, 10]


def test_what_an_edit_redraws_comes_from_the_study_before(simulated: list[int]) -> None:
    held, edited = Results(), make_study({"R-1": annual_risk(always(), 2.0)})
    asked = frozenset({"matrix", "differences"})
    first, second = (held.of(study, 10, asked) for study in (STUDY, edited))
    assert simulated == []
    net = {"scenario": "flat", "control": "current", "subject": "total", "channel": "net"}
    assert [float(one["mean"].sel(net)[0]) for one in (first, second)] == [-1.0, -2.0]
    assert held.of(STUDY, 10, asked) is first
    assert second.identical(analyse(edited, draws=10, outputs=INTERACTIVE))


def test_all_results_do_for_what_an_edit_redraws(simulated: list[int]) -> None:
    held = Results()
    every = held.of(STUDY, 10, frozenset({"differences"}))
    assert held.of(STUDY, 10, INTERACTIVE) is every
    assert simulated == [10]


def test_the_oldest_results_go_first(simulated: list[int]) -> None:
    held = Results()
    for draws in range(1, KEPT + 2):
        held.of(STUDY, draws, NOTHING)
    held.of(STUDY, KEPT + 1, NOTHING)
    held.of(STUDY, 1, NOTHING)
    assert simulated == [*range(1, KEPT + 2), 1]


def test_a_final_run_ends_with_results() -> None:
    run = FinalRun(STUDY, 50)
    run.start()
    run.wait()
    assert run.results is not None
    assert run.results.attrs["draws"] == 50
    assert run.share == 1.0
    assert not run.running


def test_a_stopped_run_has_no_results_and_no_fault() -> None:
    run = FinalRun(STUDY, 50)
    run.stop()
    run.start()
    run.wait()
    assert run.results is None
    assert run.fault is None


def test_a_failed_run_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> xr.Dataset:
        raise ClimriskError("too large")

    monkeypatch.setattr(final_run, "analyse", refused)
    run = FinalRun(STUDY, 50)
    run.start()
    run.wait()
    assert run.fault == "too large"


def test_an_edit_ends_the_view_of_a_final_run(tmp_path: Path) -> None:
    """Edits keep every draw in memory, and a final run has far more of them than memory holds."""
    here = Session(tmp_path, History(STUDY, STUDY), 10, 10)
    here.show_final(1000)
    here.follow_edits()
    assert here.draws == 1000
    here.history.edit("R-1", make_study({"R-1": annual_risk(always(), 2.0)}))
    here.follow_edits()
    assert here.draws == 10
