from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from climrisk.domain.scenario import Scenario
from climrisk.domain.study import Study
from climrisk.io.study import read_study
from climrisk.io.workbook.plain import plain_files
from climrisk.io.workbook.proposal import carry_out, propose
from climrisk.io.workbook.sheets import CSV_COLUMNS
from climrisk.io.workbook.texts import file_text
from climrisk.names import LANGUAGES, Language
from climrisk.paths import find_study
from tests.small_study import edited, small_study
from tests.strategies import studies
from tests.workbooks import LX, exported


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.*")}


def written(study: Study, folder: Path) -> Path:
    """Write a study that lives in memory as a folder with scenarios of its own."""
    (folder / "scenarios").mkdir(parents=True)
    for name, content in plain_files(study).items():
        (folder / name).write_text(file_text(content, CSV_COLUMNS.get(name, ())), encoding="utf-8")
    for name, scenario in study.scenarios.items():
        (folder / "scenarios" / f"{name}.yaml").write_text(of(scenario), encoding="utf-8")
    return folder


def of(scenario: Scenario) -> str:
    plain = scenario.model_dump(by_alias=True, exclude_none=True)
    del plain["schema"]
    return file_text(plain).replace("response: heavy_rain", "response: heavy_rain_frequency")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unedited_workbook_changes_nothing(tmp_path: Path, language: Language) -> None:
    folder = find_study(LX)
    before = bytes_of(folder)
    proposal = propose(exported(LX, tmp_path / "book.xlsx", language), folder)
    assert proposal.changes == ()
    carry_out(proposal)
    assert bytes_of(folder) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_folder_holds_an_equal_study(tmp_path: Path, language: Language) -> None:
    book = exported(LX, tmp_path / "book.xlsx", language)
    carry_out(propose(book, tmp_path / LX))
    assert read_study(tmp_path / LX) == read_study(LX)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(study=studies(), language=st.sampled_from(LANGUAGES))
def test_any_study_comes_back(
    tmp_path_factory: pytest.TempPathFactory, study: Study, language: Language
) -> None:
    place = tmp_path_factory.mktemp("any")
    folder = written(study, place / "before" / "study")
    book = exported(folder, place / "book.xlsx", language)
    assert propose(book, folder).changes == ()
    (place / "after").mkdir()
    carry_out(propose(book, place / "after" / "study"))
    assert read_study(place / "after" / "study") == read_study(folder)
    assert bytes_of(place / "after" / "study").keys() == bytes_of(folder).keys()


@pytest.mark.parametrize(
    "amount",
    [
        "0.30000000000000004",
        "{p5: 1.0000000000000002, p95: 12345678.901234567}",
        "{p25: 0.1, p50: 0.25, p75: 0.6}",
        "{family: weibull, shape: 1.5, scale: 2}",
        "{truncate: {p5: 1, p95: 9}, low: 0.5, high: 20}",
        "{values: [1, 2.5], probabilities: [0.25, 0.75]}",
        "{mixture: [{weight: 0.3, p5: 1, p95: 2}, {weight: 0.7, mean: 4, cv: 0.5}]}",
        "{pool: [{p5: 1, p95: 2, who: A}, {low: 1, mode: 2, high: 9, who: B}], method: log,"
        " weights: [1, 2], basis: assumption, source: 'three people: a, b, c', verified: false}",
    ],
)
def test_any_quantity_comes_back(tmp_path: Path, amount: str) -> None:
    folder = with_amount(tmp_path / "study", amount)
    book = exported(folder, tmp_path / "book.xlsx")
    (tmp_path / "again").mkdir()
    carry_out(propose(book, tmp_path / "again" / "study"))
    assert read_study(tmp_path / "again" / "study") == read_study(folder)


def with_amount(folder: Path, amount: str) -> Path:
    small_study(folder)
    edited(folder / "register.yaml", ("amount: {p5: 0.2, p95: 3}", f"amount: {amount}"))
    return folder


def test_labels_stay_words(tmp_path: Path) -> None:
    folder = with_amount(tmp_path / "study", "{label: some, source: our own view}")
    with (folder / "study.yaml").open("a", encoding="utf-8") as stream:
        stream.write("labels:\n  amount:\n    some: {p5: 1, p95: 4}\n    'a lot': 7\n")
    book = exported(folder, tmp_path / "book.xlsx")
    assert propose(book, folder).changes == ()
    (tmp_path / "again").mkdir()
    carry_out(propose(book, tmp_path / "again" / "study"))
    text = (tmp_path / "again" / "study" / "register.yaml").read_text(encoding="utf-8")
    assert "{label: some, source: our own view}" in text
    again = read_study(tmp_path / "again" / "study")
    assert again.items == read_study(folder).items


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@x", "'quoted", "1e3", "true", "null", "2024-01-01", "  spaced ",
        "two\nlines", "a: b # c", "", '""', "tab\there", "_x0041_", "0123", "{a: 1}", "凌雄",
    ],
)  # fmt: skip
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    folder = small_study(tmp_path / "study")
    study = read_study(folder)
    items = dict(study.register_)
    name, item = next((name, item) for name, item in items.items() if item.frame)
    frame = item.frame.model_copy(update={"plan_contains": text})
    items[name] = item.model_copy(update={"frame": frame})
    changed = study.model_copy(update={"register_": items})
    (folder / "register.yaml").write_text(
        file_text(plain_files(changed)["register.yaml"]), encoding="utf-8"
    )
    assert read_study(folder).items[name].frame.plan_contains == text
    assert propose(exported(folder, tmp_path / "book.xlsx"), folder).changes == ()


def test_the_largest_seed_comes_back(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")
    with (folder / "study.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"simulation: {{draws: 1000, seed: {2**64 - 1}}}\n")
    assert propose(exported(folder, tmp_path / "book.xlsx"), folder).changes == ()


def test_a_scenario_of_ones_own_travels_as_text(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")
    source = (find_study(LX).parents[1] / "scenarios" / "ndcs.yaml").read_text(encoding="utf-8")
    (folder / "scenarios").mkdir(exist_ok=True)
    own = folder / "scenarios" / "ours.yaml"
    own.write_text(source.replace("id: ndcs", "id: ours") + "\n\n# the end\n", encoding="utf-8")
    book = exported(folder, tmp_path / "book.xlsx")
    assert propose(book, folder).changes == ()
    carry_out(propose(book, tmp_path / "again"))
    again = tmp_path / "again" / "scenarios" / "ours.yaml"
    assert again.read_bytes() == own.read_bytes()
