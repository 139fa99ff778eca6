from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

from climrisk.analysis import analyse, precision
from climrisk.analysis.precision import MOST_DRAWS, Precision, errors_of_p5, sampling_of
from climrisk.analysis.verdict import convergence
from climrisk.domain.study import Study
from climrisk.io.study import read_study
from climrisk.names import BASE_YEAR_SCENARIO
from tests.small_study import small_study


@pytest.fixture(autouse=True)
def few_first_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "FIRST_DRAWS", 64)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return read_study(small_study(tmp_path_factory.mktemp("study") / "small"))


def stated(folder: Path, simulation: str) -> Study:
    small_study(folder)
    with (folder / "study.yaml").open("a", encoding="utf-8") as file:
        file.write(f"simulation: {simulation}\n")
    return read_study(folder)


def test_draws_double_until_the_error_is_small_and_are_those_of_one_run(study: Study) -> None:
    looks: list[tuple[int, float]] = []
    found = analyse(study, target_error=0.05, told=lambda *look: looks.append(look))
    draws = [number for number, _ in looks]
    assert draws == [64 * 2**n for n in range(len(draws))]
    assert len(draws) > 2
    assert all(error > 0.05 for _, error in looks[:-1])
    assert looks[-1][1] <= 0.05
    xr.testing.assert_identical(found, analyse(study, draws=draws[-1], block_size=100))
    assert max(errors_of_p5(found, study).values()) == looks[-1][1]


def test_the_most_draws_end_the_adding(study: Study) -> None:
    looks: list[int] = []
    found = analyse(study, target_error=1e-6, max_draws=300, told=lambda n, _: looks.append(n))
    assert looks == [64, 128, 256, 300]
    record = Precision(1e-6, 300, lambda *_: None).record(found, study)
    assert (record["reached"], record["max_draws"]) == (False, 300)
    assert set(record["achieved"]) == {BASE_YEAR_SCENARIO, "current_policies"}
    xr.testing.assert_identical(found, analyse(study, draws=300))


def test_the_error_is_the_one_by_which_runs_are_judged(study: Study) -> None:
    results = analyse(study, draws=500)
    current = results.sel(control=["current"])
    judged = convergence(current, study)
    assert max(errors_of_p5(results, study).values()) == judged.relative_error


def test_where_nothing_happens_nothing_is_added(study: Study) -> None:
    settings = study.settings
    large = settings.material_effect.model_copy(update={"value": 1e9})
    calm = study.model_copy(
        update={"settings": settings.model_copy(update={"material_effect": large})}
    )
    assert analyse(calm, target_error=0.001).attrs["draws"] == 64


def test_what_the_caller_asks_for_comes_before_the_study(tmp_path: Path) -> None:
    both = stated(tmp_path / "both", "{draws: 70, target_error: 0.02, max_draws: 900}")
    assert sampling_of(both, 50, None, None) == 50
    by_study, by_caller = sampling_of(both, None, None, None), sampling_of(both, None, 0.1, 80)
    assert isinstance(by_study, Precision)
    assert isinstance(by_caller, Precision)
    assert (by_study.target, by_study.most) == (0.02, 900)
    assert (by_caller.target, by_caller.most) == (0.1, 80)
    plain = stated(tmp_path / "plain", "{draws: 70}")
    assert sampling_of(plain, None, None, None) == 70
    by_default = sampling_of(plain, None, 0.1, None)
    assert isinstance(by_default, Precision)
    assert by_default.most == MOST_DRAWS


@pytest.mark.parametrize(
    ("asked", "match"),
    [
        ({"draws": 5, "target_error": 0.1}, "draws: found with target_error or max_draws"),
        ({"draws": 5, "max_draws": 9}, "draws: found with target_error or max_draws"),
        ({"max_draws": 9}, "max_draws: found without target_error"),
        ({"target_error": 0.0}, "target_error: found 0.0, allowed above 0 and below 1"),
        ({"target_error": 1.0}, "target_error: found 1.0, allowed above 0 and below 1"),
        ({"target_error": 0.1, "max_draws": 0}, "max_draws: found 0, allowed 1 to"),
    ],
)
def test_what_cannot_be_meant_is_refused(study: Study, asked: dict[str, float], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        analyse(study, **asked)  # type: ignore[arg-type]  # numbers of either kind
