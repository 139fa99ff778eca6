"""Chances of meeting targets against closed forms, and what would have to be cut."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from scipy.stats import norm

from climrisk.analysis.projection import project
from climrisk.analysis.projection.movers import sameness
from climrisk.domain.study import Study
from tests.emitting import cap, emitting_study
from tests.studies import BASE_YEAR, z_score

DRAWS = 20_000
BASE = 500.0
"""Emissions of scopes 1 and 2 in the base year [tCO2e]."""
HALF_WIDTH = 0.05
GROWTH = {"growth": {"p5": -HALF_WIDTH, "p95": HALF_WIDTH}}
SIGMA = HALF_WIDTH / norm.ppf(0.95)


def chosen(results: xr.Dataset, name: str, year: int = BASE_YEAR + 2, **where: object) -> float:
    place = {"target": "T", "scenario": "flat", "control": "current"} | where
    return float(results[name].sel(place | ({"year": year} if year else {})))


def study_with(target: dict[str, object], **more: object) -> Study:
    projection = more.pop(
        "projection", {"power": GROWTH, "petrol": {"follows": {"subject": "power"}}}
    )
    return emitting_study(projection, parts={"targets": {"T": target}}, **more)


def test_the_chance_to_stay_below_a_cap_in_closed_form() -> None:
    """Both sources grow alike: E = 500 (1 + g)^2, so P(E <= L) = Phi(((L/500)^(1/2) - 1) / s)."""
    results = project(study_with(cap(510.0)), draws=DRAWS)
    exact = norm.cdf((np.sqrt(510.0 / BASE) - 1.0) / SIGMA)
    found = chosen(results, "target_met_unrounded")
    error = chosen(results, "target_met_unrounded_se")
    assert error == pytest.approx(np.sqrt(exact * (1 - exact) / DRAWS), rel=0.05)
    assert z_score(found, exact, error) < 4.0
    # without stated decimals the figures are compared as they are
    assert chosen(results, "target_met_stated") == found


def test_the_chance_as_stated_reaches_half_a_step_further() -> None:
    target = cap(0.05, "tCO2e/m2", denominator="area", stated_decimals=2)
    results = project(study_with(target), draws=DRAWS)
    exact = norm.cdf((np.sqrt(0.055 / 0.05) - 1.0) / SIGMA)
    found = chosen(results, "target_met_stated")
    assert z_score(found, exact, chosen(results, "target_met_stated_se")) < 4.0
    assert chosen(results, "target_met_unrounded") == pytest.approx(0.5, abs=0.02)


def test_an_intensity_divides_in_the_same_draw() -> None:
    """Emissions follow the area, so that their ratio never moves, however both grow."""
    follows = {"follows": {"subject": "area"}}
    projection = {"area": GROWTH, "power": follows, "petrol": follows}
    target = cap(0.05, "tCO2e/m2", denominator="area")
    results = project(study_with(target, projection=projection), draws=500)
    assert chosen(results, "target_met_unrounded") == 1.0
    spread = results["target_percentile"].sel(target="T").to_numpy()
    assert spread == pytest.approx(np.full(spread.shape, 0.05), rel=1e-9)


def test_the_needed_cut_restores_the_wanted_probability() -> None:
    """The 80 % quantile of E is 500 (1 + s z)^2; a cut of 1 - L/Q brings it to the limit."""
    results = project(study_with(cap(500.0)), draws=DRAWS)
    quantile = BASE * (1.0 + SIGMA * norm.ppf(0.8)) ** 2
    found, error = (chosen(results, f"target_needed_cut{end}") for end in ("", "_se"))
    assert z_score(found, 1.0 - 500.0 / quantile, error) < 4.0
    cut = {"power": {**GROWTH, "links": [_cut(found)]}, "petrol": {"follows": {"subject": "power"}}}
    cut["petrol"]["links"] = [_cut(found)]
    restored = study_with(
        cap(500.0), projection=cut, drivers={"on": {2023: 0.0, 2024: 1.0, 2100: 1.0}}
    )
    met = chosen(project(restored, draws=DRAWS), "target_met_unrounded")
    assert met == pytest.approx(0.8, abs=0.002)  # the same draws, cut by the share told


def _cut(share: float) -> dict[str, object]:
    return {"driver": "on", "acts_on": "activity", "form": "difference", "per_unit": -share}


def test_nothing_is_needed_where_the_chance_is_good_enough() -> None:
    results = project(study_with(cap(700.0)), draws=500)
    assert chosen(results, "target_needed_cut") == 0.0
    assert chosen(results, "target_needed_cut_se") == 0.0


def test_the_year_first_missed_is_a_distribution() -> None:
    """Growth is either all the way up or all the way down: half miss in the target year."""
    results = project(study_with(cap(BASE, target_year=BASE_YEAR + 1)), draws=DRAWS)
    first = results["target_first_missed"].sel(target="T", scenario="flat", control="current")
    never = chosen(results, "target_never_missed", year=0)
    assert float(first.sum()) + never == pytest.approx(1.0, abs=1e-12)
    assert z_score(first[0], 0.5, np.sqrt(0.25 / DRAWS)) < 4.0
    assert first[1:].to_numpy() == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


def test_a_cap_is_not_missed_before_its_target_year() -> None:
    results = project(
        study_with(cap(BASE - 1.0, target_year=BASE_YEAR + 3), projection={}), draws=2
    )
    first = results["target_first_missed"].sel(target="T", scenario="flat", control="current")
    assert first.to_numpy().tolist() == [0.0, 0.0, 1.0, 0.0]


def test_a_reduction_is_missed_only_from_its_year_or_a_milestone_on() -> None:
    target = cap(450.0, kind="reduce_to", target_year=BASE_YEAR + 3)
    target["milestones"] = {BASE_YEAR + 2: 505.0}
    results = project(study_with(target, projection={}), draws=2)
    first = results["target_first_missed"].sel(target="T", scenario="flat", control="current")
    assert first.to_numpy().tolist() == [0.0, 0.0, 1.0, 0.0]
    limits = results["target_limit"].sel(target="T").to_numpy()
    assert limits.tolist() == [450.0, 505.0, 450.0, 450.0]
    assert chosen(results, "target_met_unrounded", BASE_YEAR + 2) == 1.0
    assert chosen(results, "target_met_unrounded", BASE_YEAR + 1) == 0.0


def test_a_band_is_missed_on_either_side() -> None:
    target = cap(0.0, kind="maintain", band=0.02)
    del target["limit"]
    results = project(study_with(target), draws=DRAWS)
    low, high = ((np.sqrt(1.0 + side) - 1.0) / SIGMA for side in (-0.02, 0.02))
    found, error = (chosen(results, f"target_met_unrounded{end}") for end in ("", "_se"))
    assert z_score(found, norm.cdf(high) - norm.cdf(low), error) < 4.0


@pytest.mark.parametrize(
    ("limit", "status"), [(520.0, "on_track"), (480.0, "at_risk"), (400.0, "off_track")]
)
def test_the_median_has_a_status(limit: float, status: str) -> None:
    results = project(study_with(cap(limit), projection={}), draws=2)
    place = {"target": "T", "scenario": "flat", "control": "current", "year": BASE_YEAR + 2}
    assert results["target_status"].sel(place).item() == status


def test_activity_targets_count_activity_and_heat() -> None:
    target = cap(80.0, "kWh/m2", sources=["power"], denominator="area")
    results = project(study_with(target, projection={"power": {"growth": 0.1}}), draws=2)
    middle = results["target_percentile"].sel(target="T", quantile=0.5, control="current")
    expected = 80.0 * 1.1 ** np.arange(1, 5)
    assert middle.sel(scenario="flat").to_numpy() == pytest.approx(expected, rel=1e-8)


def test_a_denominator_that_vanishes_keeps_the_figure_finite() -> None:
    target = cap(0.05, "tCO2e/m2", denominator="area")
    shrinking = {"area": {"growth": -0.89}}
    results = project(study_with(target, projection=shrinking), draws=2)
    assert np.isfinite(results["target_percentile"].to_numpy()).all()
    assert chosen(results, "target_met_unrounded", BASE_YEAR + 4) == 0.0


def test_targets_that_cannot_be_measured_are_named_with_the_reason() -> None:
    words = {"title": "Kept low", "kind": "qualitative", "metric": "waste",
             "base_year": 2023, "target_year": 2025}  # fmt: skip
    nowhere = cap(1.0, "m3/m2", sources=["water"], denominator="area")
    study = emitting_study(parts={"targets": {"A": words, "B": nowhere}})
    results = project(study, draws=2)
    reasons = dict(
        zip(
            results["unmeasured_target"].to_numpy().tolist(),
            results["unmeasured_reason"].to_numpy().tolist(),
            strict=True,
        )
    )
    assert reasons["A"] == "in words only"
    assert "water" in reasons["B"]
    assert "target_met_stated" not in results


def test_scenarios_that_do_not_differ_are_said_not_to() -> None:
    worlds = ("one", "other")
    alike = emitting_study({"power": GROWTH}, worlds=worlds, parts={"targets": {"T": cap(510.0)}})
    words = sameness(project(alike, draws=200), BASE_YEAR + 2, "T")
    assert words.startswith("T: the 2 scenarios do not differ by 2025")
