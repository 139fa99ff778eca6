from __future__ import annotations

import pandas as pd
import pytest

from climrisk.analysis.projection import project
from climrisk.charts.still import draw_targets, png
from climrisk.charts.target_fans import FanChart, target_fans
from climrisk.io.emission_tables import target_rows
from climrisk.names import LANGUAGES, Language
from tests.emitting import cap, emitting_study

DRAWS = 300


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    growth = {"growth": {"p5": -0.05, "p95": 0.05}}
    targets = {
        "T-A": cap(0.05, "tCO2e/m2", denominator="area", stated_decimals=2),
        "T-B": cap(90.0, "kWh/m2", sources=["power"], denominator="area"),
    }
    study = emitting_study(
        {"power": growth}, years=8, worlds=("one", "other"), parts={"targets": targets}
    )
    found = target_rows(project(study, draws=DRAWS))
    assert found is not None
    return found


def chart(rows: pd.DataFrame, language: Language = "en", notice: str | None = None) -> FanChart:
    titles = {"one": "One", "other": "Other $x^2$"}
    return target_fans(
        rows, {"T-A": "A cap"}, titles, draws=DRAWS, seed=1, notice=notice, language=language
    )


def test_a_panel_for_each_target_and_scenario_up_to_2030(rows: pd.DataFrame) -> None:
    drawn = chart(rows)
    assert [(one.target, one.scenario) for one in drawn.panels] == [
        ("T-A", "one"), ("T-A", "other"), ("T-B", "one"), ("T-B", "other"),
    ]  # fmt: skip
    for one in drawn.panels:
        assert one.years["year"].tolist() == list(range(2024, 2031))
        assert one.years["assumed"].tolist() == [False, False] + [True] * 5


def test_figures_are_those_of_the_table(rows: pd.DataFrame) -> None:
    one = chart(rows).panels[0]
    where = (rows["target"] == "T-A") & (rows["scenario"] == "one") & (rows["control"] == "current")
    told = rows[where & (rows["year"] <= 2030)]
    for drawn, column in (("p5", "projected_p5"), ("p95", "projected_p95"), ("limit", "limit")):
        assert one.years[drawn].tolist() == told[column].tolist()
    assert one.base == pytest.approx(0.05, rel=1e-12)
    assert one.years["prints"].tolist() == [0.055] * 7
    stated = float(told[told["year"] == 2025]["probability_met_stated"].iloc[0])
    assert f"{stated:.0%}" in one.verdict.replace(" ", "")
    assert "✓" in one.verdict  # a mark beside the colour


def test_without_stated_decimals_the_limit_prints_as_itself(rows: pd.DataFrame) -> None:
    assert chart(rows).panels[2].years["prints"].tolist() == [90.0] * 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_the_reader_s_language(rows: pd.DataFrame, language: Language) -> None:
    words = chart(rows, language).words
    assert set(words.keys) == {"fan", "median", "limit", "prints", "base", "assumed"}
    if language != "en":
        assert words.title != chart(rows).words.title
    assert words.rows == {"T-A": "A cap", "T-B": "T-B"}
    assert words.units == {"T-A": "tCO2e/m2", "T-B": "kWh/m2"}


def test_the_picture_is_the_same_bytes_each_time(rows: pd.DataFrame) -> None:
    first, second = (png(draw_targets(chart(rows, notice="Nobody's $advice$"))) for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")
