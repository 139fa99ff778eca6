"""`climrisk explain`: any figure of any table; a key that is not enough says what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from climrisk.i18n.numerals import significant
from tests.command_line import call

RUN = ("--draws", 300, "--seed", 5, "--no-picture", "--quiet", "--scenario", "net_zero_2050")
PLACE = "scenario=net_zero_2050/control=current/horizon=long"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "lx"
    assert call("run", "lx-technology-2023", *RUN, "--out", folder).code == 0
    return folder


def explained(run: Path, key: str, *words: object) -> list[str]:
    found = call("explain", run, key, *words)
    assert (found.code, found.err) == (0, "")
    return found.out.splitlines()


def test_a_tail_figure_has_parts_inputs_drivers_and_a_story(run: Path) -> None:
    key = f"summary.csv/{PLACE}/subject=total/channel=net/statistic=p5"
    lines = explained(run, key)
    table = pd.read_csv(run / "summary.csv", dtype=str, keep_default_na=False)
    place = (table["scenario"] == "net_zero_2050") & (table["control"] == "current")
    place &= (table["horizon"] == "long") & (table["subject"] == "total")
    place &= (table["channel"] == "net") & (table["statistic"] == "p5")
    (row,) = table[place].to_dict("records")
    assert lines[0] == f"p5 = {row['value']} {row['unit']}"
    assert f"  Monte Carlo standard error: {significant(float(row['standard_error']))}" in lines
    assert any("Illustration by climrisk" in line for line in lines)
    shares = [int(line.split("(")[1].rstrip("%)")) for line in lines if line.endswith("%)")]
    assert abs(sum(shares) - 100) <= len(shares)
    assert any(line.startswith("R-POL-1 Customers default") for line in lines)
    assert any("carbon_price on credit_loss (difference)" in line for line in lines)
    assert any("assumption" in line for line in lines)
    story = next(n for n, line in enumerate(lines) if line.startswith("story of draw"))
    assert "2031-2050" in lines[story]
    assert lines[story + 1].startswith("  2031: net ")


def test_a_draw_may_be_named(run: Path) -> None:
    key = f"summary/{PLACE}/subject=R-POL-1/channel=net/statistic=mean"
    lines = explained(run, key, "--draw", 17)
    assert any(line.startswith("story of draw 17 in net_zero_2050") for line in lines)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (f"matrix/{PLACE}/item=R-TEC-1/likelihood", "material year"),
        (
            "annual/scenario=base_year/control=residual/year=2030/subject=measures/"
            "channel=net/statistic=mean",
            "mean effect",
        ),
        (
            "exceedance/scenario=net_zero_2050/control=current/year=2030/subject=risks/basis=AEP/"
            "convention=probability/return_period=10",
            "return period|once in so many years",
        ),
        (f"differences/{PLACE}/against_scenario=base_year/statistic=mean", "sums: O-ADP-1"),
        (f"inputs/{PLACE}/rank=1", "share of the variance"),
        (
            "measures/scenario=net_zero_2050/measure=M-SITING/horizon=long/statistic=benefit/mean",
            "R-ACU-1 Rainstorms",
        ),
        (f"summary/{PLACE}/subject=carbon_cost/channel=net/statistic=p50", "fuel.coverage"),
        (
            "targets/target=T-WATER/scenario=net_zero_2050/control=current/year=2025/probability_met_stated",
            "water: its own growth, growth of employees",
        ),
        (
            "emissions/scenario=net_zero_2050/control=residual/year=2030/source=petrol/statistic=mean",
            "driver|measure M-VANS",
        ),
        ("emissions/source=ghg_total/year=2023", "as the company reports it"),
        (
            "abatement/scenario=net_zero_2050/measure=M-VANS/method=market/statistic=cost_per_tonne",
            "mean cost over mean tonnes",
        ),
    ],
)
def test_every_table_can_be_explained(run: Path, key: str, wanted: str) -> None:
    text = "\n".join(explained(run, key))
    assert any(part in text for part in wanted.split("|"))
    assert "no definition" not in text


def test_every_statistic_of_every_table_has_a_definition(run: Path) -> None:
    from climrisk.analysis.definitions import DEFINITIONS, EMISSION_DEFINITIONS
    from climrisk.cli.emission_explanation import EMISSION_FILES
    from climrisk.io.run_figures import VALUE_COLUMNS

    for name, columns in VALUE_COLUMNS.items():
        table = pd.read_csv(run / name, dtype=str, keep_default_na=False)
        stated = set(table["statistic"]) if "statistic" in table else set(columns)
        known = EMISSION_DEFINITIONS if name in EMISSION_FILES else DEFINITIONS
        assert stated <= set(known), name


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("summery/scenario=ndcs", "summery.csv: no such table; did you mean 'summary.csv'?"),
        ("matrix/item=R-TEC-1", "matrix.csv: found no column; allowed, one of: likelihood"),
        ("summary/scenaro=ndcs", "unknown column 'scenaro'; did you mean 'scenario'?"),
        ("summary/scenario=net_zero_250", "did you mean 'net_zero_2050'?"),
        ("matrix/item=R-TEC-1/impact_p95", "12 rows match; add one of"),
        (
            "summary/subject=R-CHR-1/channel=revenue",
            "channel: unknown value 'revenue'; allowed: asset_value",
        ),
        (
            "summary/subject=measures/statistic=probability/horizon=all",
            "horizon: unknown value 'all'; allowed: long, medium, short",
        ),
    ],
)
def test_a_key_that_names_no_single_figure_says_why(run: Path, key: str, message: str) -> None:
    found = call("explain", run, key)
    assert (found.code, found.out) == (1, "")
    assert message in found.err
    assert "Traceback" not in found.err


def test_the_record_says_what_dependence_does(run: Path) -> None:
    tied = json.loads((run / "run.json").read_text(encoding="utf-8"))["dependence"]
    assert {(one["first"], one["second"]) for one in tied["pairs"]} >= {("O-ADP-1", "R-ACU-1")}
    assert tied["sentence"].startswith("dependence ")
