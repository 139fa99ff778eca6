"""`climrisk targets` and `climrisk recalculate`, as their readers see them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from climrisk.io.recalculation_log import LOG
from climrisk.paths import find_study
from tests.command_line import call
from tests.small_study import edited, small_study

LX = "lx-technology-2023"
INVENTORY = """\
source_id,site,year,quantity,unit,scope,category,note
electricity,all,2023,1000000,kWh,2,,
electricity,all,2024,950000,kWh,2,,
electricity,all,2025,900000,kWh,2,,
flights,all,2023,12.5,tCO2e,3,6,
lpg,all,2023,3,t,1,,
"""
TARGETS = """\
schema: 1
targets:
  T-CUT:
    title: "Half of it [red]soon[/red]"
    kind: reduce_by
    metric: purchased electricity
    unit: tCO2e
    scope: "2"
    base_year: 2023
    target_year: 2030
    reduction: 0.5
    milestones: {2025: 650, 2027: 500}
    pathway: {form: absolute_contraction, rate: 0.042, source: a rate of our own}
  T-NONE: {title: Scope 3, kind: none, metric: scope 3, source: "report, page 3"}
"""


def own_study(tmp_path: Path) -> Path:
    folder = small_study(tmp_path / "study")
    (folder / "inventory.csv").write_text(INVENTORY, encoding="utf-8")
    (folder / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    study = folder / "study.yaml"
    stated = f"{study.read_text(encoding='utf-8')}\nemissions: {{factors: [hk_default]}}\n"
    study.write_text(stated, encoding="utf-8")
    return folder


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def cells(text: str, first: str) -> list[list[str]]:
    """Return the cells of the line that begins with a name, and of the two below it."""
    lines = [re.split(r" {2,}", line.rstrip()) for line in text.splitlines()]
    at = next(place for place, line in enumerate(lines) if line[0] == first)
    return lines[at : at + 3]


def test_eighty_columns_hold_every_table_of_lx() -> None:
    for words in (("targets", LX), ("recalculate", LX, "--factors", "china_provincial_2022")):
        out = call(*words, env={"COLUMNS": "80"}).out
        rules = [line for line in out.splitlines() if "──" in line]
        assert len(rules) >= 3
        assert max(map(len, rules)) <= 80
        assert "…" not in out
        assert "electricity_per_person" in out or words[0] == "recalculate"


def test_targets_of_lx() -> None:
    found = call("targets", LX, env={"COLUMNS": "80"})
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("Illustration by climrisk from the 2023 report")
    assert cells(found.out, "1+2, location-based")[0][1:] == ["1,332.08"]
    assert cells(found.out, "avoided")[0][1:] == ["not part of any total", "17,052.70"]
    assert cells(found.out, "all energy")[0][1:] == ["all", "2,324,663 kWh"]
    assert cells(found.out, "ghg_per_person")[0][2:] == ["1.16542", "1.17", "1.17"]
    first, second, third = cells(found.out, "T-GHG")
    assert first[1:] == ["– base year, at the cap", "0.04", "0.04", "0.0425271", "2023 to"]
    assert second == ["not exceed", "as stated", "0.0425271", "2025"]
    assert third == ["tCO2e/m2", "– base year"]
    waste = cells(found.out, "T-WASTE")
    assert [waste[0][1], waste[1][1]] == ["– no status", "– no status"]
    assert "a matter of rounding, not a breach" in found.out
    assert "one step of the last decimal is 25% of the limit" in found.out
    assert "as seen from 31 December 2023" in found.out
    assert "factors not verified against their source: petrol of hk_default" in found.out
    assert "the issuer states no factors" in found.out


def test_targets_of_a_study_with_gaps_milestones_and_a_path(tmp_path: Path) -> None:
    found = call("targets", own_study(tmp_path), env={"COLUMNS": "250"})
    text = in_one_line(found.out)
    assert found.code == 0, found.err
    first, second, _ = cells(found.out, "T-CUT")
    assert "T-CUT: Half of it [red]soon[/red]" in text
    assert first[1:] == ["✗ off track", "700", "350", "630", "2023 to"]
    assert second[1:3] == ["✗ off track", "700"]
    assert "T-CUT: milestone 2025: 650 tCO2e; met" in text
    assert "T-CUT: milestone 2027: 500 tCO2e; no data yet" in text
    assert "T-CUT: pathway, absolute contraction (" in text
    assert "tCO2e; a rate of our own): 2023: 700, 2024: 670.6" in text
    budget = 7 * (700 + 700 * (1 - 0.042 * 7)) / 2
    over = (700 + 2 * 665 + 630) / 2 - (700 + 2 * 670.6 + 641.2) / 2
    assert f"budget of the pathway, 2023 to 2030, trapezoid: {budget:,.2f} tCO2e" in text
    assert f"; {-over:,.2f} under it by 2025" in text
    assert "T-NONE: the company states that it has none (report, page 3)" in text
    assert "flights: no row for 2024, 2025" in text
    assert "scope 3: nothing stated, which is not zero" in text
    before = in_one_line(call("targets", tmp_path / "study", "--year", "2023").out)
    assert "no emission factor, left out of totals: lpg" in before
    assert "scope 3, category 6 12.50" in before


def test_blank_targets_differ_from_none(tmp_path: Path) -> None:
    folder = own_study(tmp_path)
    (folder / "targets.yaml").unlink()
    found = call("targets", folder)
    assert "targets: blank; targets.yaml states none, and not that there are none" in found.out
    (folder / "inventory.csv").unlink()
    assert call("targets", folder).code == 0


def test_a_year_or_a_set_that_is_not_there_is_refused(tmp_path: Path) -> None:
    folder = own_study(tmp_path)
    found = call("targets", folder, "--year", "2020")
    assert found.code == 2
    assert "no row of 2020; allowed: 2023, 2024, 2025" in in_one_line(found.err)
    found = call("recalculate", folder, "--factors", "china_grid_2032")
    assert found.code == 2
    assert "did you mean 'china_grid_2022'?" in in_one_line(found.err.replace("│", ""))


def test_recalculate_lx() -> None:
    name, total, difference, share = "china_provincial_2022", "943.69", "-388.39", "-29.2%"
    found = call("recalculate", LX, "--factors", name, env={"COLUMNS": "300"})
    assert (found.code, found.err) == (0, "")
    assert cells(found.out, "reported")[0][2] == "1,332.08"
    assert cells(found.out, "by the study's factors")[0][2:] == ["1,332.08", "-0.003"]
    row, factors, _ = cells(found.out, "recalculated")
    assert row[2:] == [total, difference]
    assert factors == [name]
    assert share in row[1]
    assert "A change of factors is not a reduction" in found.out
    assert "beyond the policy's threshold of 5%: the base year is to be restated" in found.out
    assert "not logged: this study comes with climrisk" in found.out
    assert not (find_study(LX) / LOG).exists()


def test_a_recalculation_is_logged_in_the_study(tmp_path: Path) -> None:
    folder = own_study(tmp_path)
    for expected in (1, 2):
        found = call("recalculate", folder, "--factors", "ipcc_2006_fuels")
        assert (found.code, found.out.count(f"logged in {LOG}")) == (0, 1)
        lines = (folder / LOG).read_text(encoding="utf-8").splitlines()
        assert len(lines) == expected
    assert "no recalculation policy" in found.out
    event = json.loads(lines[0])
    assert event["to"] == ["ipcc_2006_fuels"]
    assert event["after"] == event["before"] == 700.0  # electricity keeps its own factor
    assert str(tmp_path) not in lines[0]
    same = call("recalculate", folder, "--factors", "hk_default")
    assert "not logged: the study uses these factors already" in same.out
    policy = "emissions: {recalculation_threshold: {value: 0.5}, factors"
    edited(folder / "study.yaml", ("emissions: {factors", policy))
    again = call("recalculate", folder, "--factors", "china_grid_2021")
    assert "within the policy's threshold of 50%: the base year stays" in again.out
