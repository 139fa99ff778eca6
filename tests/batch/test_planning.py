from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.batch.planning import plan_batch, read_batch
from climrisk.domain.batch import Batch
from climrisk.engine.kernels import kernel_name
from climrisk.errors import InvalidStudyError
from climrisk.io.run_folder import input_hash, run_key
from climrisk.io.study import read_study
from tests.small_study import edited, small_study

WRONG = """\
study: shop
draws: 10
scenarios: [net_zero_2051]
horizon: long
vary:
  scenarios.*.drivers.warmin: {scale: [1, 2]}
  register.R-1.likelihood: {scale: [1, 2]}
  register.R-1.impact.loss.share: {scale: [1, 40]}
  settings.discount_rate: [0.05, 7]
  register.R-1.links[1].driver: nowhere
cases:
  odd: {register.R-9.likelihood: 0.1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small_study(tmp_path / "shop")
    return tmp_path


def faults(folder: Path, text: str) -> list[str]:
    file = folder / "batch.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidStudyError) as found:
        read_batch(file)
    return str(found.value).splitlines()


def test_all_faults_are_told_at_once_with_their_lines(folder: Path) -> None:
    found = faults(folder, WRONG)
    expected = [
        "batch.yaml:3: scenarios[1]: unknown scenario 'net_zero_2051'; ",
        "batch.yaml:4: horizon: unknown horizon 'long'; allowed: short, medium",
        "batch.yaml:6: vary.scenarios.*.drivers.warmin: no 'warmin' in 'scenarios.*.drivers.warmin'"
        "; did you mean 'warming'? allowed: ",
        "batch.yaml:8: vary.register.R-1.impact.loss.share: x40: register.R-1.impact.loss.share: "
        "found p5 0.4",
        "batch.yaml:9: vary.settings.discount_rate: 7: settings.discount_rate: found 7; allowed: ",
        "batch.yaml:10: vary.register.R-1.links[1].driver: nowhere: items.R-1.links.0.driver: "
        "unknown driver 'nowhere'; ",
        "batch.yaml:12: cases.odd.register.R-9.likelihood: no 'R-9' in 'register.R-9.likelihood'; "
        "did you mean 'R-1'? allowed: R-1, O-1",
    ]
    expected[3] = expected[3].removesuffix("found p5 0.4") + "found p95 4"
    assert len(found) == len(expected)
    for line, begins in zip(found, expected, strict=True):
        assert line.startswith(begins), line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("draws: 10\n", "batch.yaml:1: study: missing; needed: Study folder"),
        ("study: shop\ndraws: many\n", "batch.yaml:2: draws: found text 'many'; allowed: a whole"),
        (
            "study: shop\ndraws: 1\ndesing: grid\n",
            "batch.yaml:3: desing: unknown key 'desing'; did you mean 'design'? allowed: schema",
        ),
        (
            "study: shop\ndraws: 1\nvary:\n  a: {scale: [1, -2]}\n",
            "batch.yaml:4: vary.a.scale[2]: found number -2; allowed: a number of at least 0",
        ),
        ("study: nowhere\ndraws: 1\n", "batch.yaml:1: study: {folder}/nowhere: no such folder"),
        ("study: [shop\n", "batch.yaml:"),
        ("", "batch.yaml:1: draws: missing; needed: Monte Carlo draws"),
        (
            "study: shop\ndraws: 1\nvary: {settings.simulation.draws: 5}\n",
            "batch.yaml:3: vary.settings.simulation.draws: no 'simulation' in",
        ),
        (
            "study: shop\ndraws: 1\nvary: {register.R-1.insurance.limit: {scale: 2}}\n",
            "batch.yaml:3: vary.register.R-1.insurance.limit: no 'limit' in",
        ),
        (
            "study: shop\ndraws: 1\nvary: {register.R-1.title: {scale: 2}}\n",
            "batch.yaml:3: vary.register.R-1.title: x2: found no number",
        ),
    ],
)
def test_each_fault_says_what_was_found_and_what_is_allowed(
    folder: Path, text: str, message: str
) -> None:
    found = faults(folder, text)
    assert found[0].startswith(message.format(folder=folder)), found


def test_a_fault_of_a_study_is_told_with_its_own_line(folder: Path) -> None:
    edited(folder / "shop" / "study.yaml", ("appetite: {value: 10}", "appetite: {value: -10}"))
    (found,) = faults(folder, "study: shop\ndraws: 1\n")
    assert found.startswith("batch.yaml:1: study: study.yaml:14: appetite: found -10")


def test_a_fault_of_a_combination_names_the_run(folder: Path) -> None:
    text = "study: shop\ndraws: 1\nvary:\n  settings.end_year: [2030, 2029]\n"
    found = faults(folder, f"{text}  settings.horizons.medium.years: [[2027, 2030]]\n")
    assert any("years" in line for line in found)


def test_no_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidStudyError, match=r"nowhere\.yaml: no such file; allowed: a ba"):
        read_batch(tmp_path / "nowhere.yaml")


def test_a_batch_of_python_needs_no_file(folder: Path) -> None:
    batch = Batch(study="shop", draws=5, vary={"settings.discount_rate": [0.05, 0.1]})
    plan = plan_batch(batch, folder)
    (study,) = plan.studies
    assert [run.name for run in study.runs] == ["base", "r1", "r2"]
    assert study.runs[1].key == study.base.key != study.runs[2].key
    wrong = Batch(study="shop", draws=5, vary={"settings.discount_rat": 0.1})
    with pytest.raises(InvalidStudyError, match=r"^batch: vary\.settings\.discount_rat: no 'disc"):
        plan_batch(wrong, folder)


def test_the_key_of_an_unvaried_run_is_that_of_its_run_folder(folder: Path) -> None:
    (study,) = plan_batch(Batch(study="shop", draws=5, seed=7), folder).studies
    read = read_study(folder / "shop")
    assert study.base.key == run_key(input_hash(read), 5, 7, kernel_name(), ("current_policies",))


def test_several_studies_have_plain_names_of_their_own(folder: Path) -> None:
    small_study(folder / "two" / "shop")
    small_study(folder / "氣候 study")
    names = ("shop", "two/shop", "氣候 study", "lx-technology-2023")
    plan = plan_batch(Batch(study=names, draws=5), folder)
    groups = [one.group for one in plan.studies]
    assert groups == ["study-1", "study-2", "study-3", "lx-technology-2023"]


def test_a_range_is_held_against_the_study_at_both_ends(folder: Path) -> None:
    text = "study: shop\ndraws: 1\ndesign: sobol\npoints: 4\nvary:\n"
    (found,) = faults(folder, f"{text}  discount_rate: {{low: 0.1, high: 1.5}}\n")
    assert found.startswith("batch.yaml:6: vary.discount_rate: 1.5: settings.discount_rate: found")
