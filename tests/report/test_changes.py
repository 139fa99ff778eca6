"""What changed since an earlier run, and runs that cannot be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from climrisk.domain.study import Study
from climrisk.errors import RunFolderError
from climrisk.report.briefing import briefing
from climrisk.report.changes import Changes, compared
from climrisk.report.document import Document, State, Table
from climrisk.report.focus import chosen_world
from climrisk.report.printed_texts import printed_texts
from climrisk.report.run_data import RunData
from tests.charts.worlds import charted_study, four_items
from tests.report.run_folders import run_of
from tests.studies import always, cost, make_item


def changed_study() -> Study:
    """The four items, the policy risk three times as large, one item new and one gone."""
    items = four_items() | {"R-NEW-1": make_item(always(), {"loss": cost(1.0)})}
    del items["O-ENE-1"]
    items["R-POL-1"] = make_item(
        always(), {"price": cost(6.0)}, category="policy_legal", title="Carbon price"
    )
    return charted_study(items)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> RunData:
    return run_of(charted_study(four_items()), tmp_path_factory.mktemp("before") / "run")


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> RunData:
    return run_of(changed_study(), tmp_path_factory.mktemp("now") / "run")


@pytest.fixture(scope="module")
def changes(now: RunData, before: RunData) -> Changes:
    stated = briefing_of(now)
    return compared(now, before, chosen_world(now, stated))


def briefing_of(run: RunData) -> Any:
    from climrisk.io.briefing_file import read_briefing

    return read_briefing(run.folder, run.study)


def test_new_and_removed_items_and_movers(changes: Changes) -> None:
    assert changes.added == ["R-NEW-1"]
    assert changes.removed == ["O-ENE-1"]
    assert changes.movers()[0] == "R-POL-1"
    # a constant cost, which the flat driver of the earlier study's scenario moved by its ratio
    assert changes.moved("R-POL-1") < 0.0
    assert changes.is_noise("R-ACU-1")


def test_the_same_figures_count_as_no_change(before: RunData) -> None:
    same = compared(before, before, chosen_world(before, briefing_of(before)))
    assert (same.inputs_changed, same.added, same.removed, same.movers()) == (0, [], [], [])


def test_other_random_numbers_alone_are_said_to_be_just_that(before: RunData) -> None:
    texts = " ".join(text for _, text in printed_texts(briefing(before, "en", since=before)))
    assert "No stated figure changed; what differs is Monte Carlo error" in texts
    assert "Stated figures that changed" not in texts


def test_the_paper_tells_it(now: RunData, before: RunData) -> None:
    document = briefing(now, "en", since=before)
    texts = " ".join(text for _, text in printed_texts(document))
    assert "New items: R-NEW-1." in texts
    assert "Items no longer there: O-ENE-1." in texts
    assert "Largest changes of the expected effect a year: R-POL-1" in texts
    assert "No earlier run was given" not in texts
    assert trends(document)["R-POL-1"].text == "worse"
    assert trends(document)["R-NEW-1"].text == "new"
    assert trends(document)["R-ACU-1"].text == "no clear change"


def trends(document: Document) -> dict[str, State]:
    page = next(section for section in document.pages if section.name == "items")
    table = next(b for b in page.blocks if isinstance(b, Table) and b.name == "items")
    found = {}
    for row in table.rows:
        if isinstance(row[-1], State) and not isinstance(row[0], State):
            found[str(row[0][0]).split(" ")[0]] = row[-1]
    return found


def test_another_company_currency_and_horizons_are_refused_at_once(
    now: RunData, tmp_path: Path
) -> None:
    study = charted_study(four_items())
    plain = study.settings.model_dump(by_alias=True, exclude_none=True)
    plain["company"] = {"name": "Another company"}
    plain["money"] |= {"currency": "HKD", "price_year": 2020}
    plain["horizons"] = {"short": plain["horizons"]["short"]}
    settings = type(study.settings).model_validate(plain)
    other = run_of(study.model_copy(update={"settings": settings}), tmp_path / "other")
    with pytest.raises(RunFolderError, match="cannot be compared") as refused:
        briefing(now, "en", since=other)
    told = str(refused.value)
    for reason in ("company: found Another", "currency: found HKD", "price_year:", "horizons:"):
        assert reason in told
