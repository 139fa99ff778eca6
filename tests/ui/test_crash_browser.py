"""Kill -9 of the served app during a workshop: whatever people saw acknowledged is there after.

Run with `pytest -m browser`; needs playwright (extra `browser`) and /usr/bin/chromium.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from climrisk.io.save import save_as
from climrisk.io.study import read_study
from climrisk.io.study_file import StudyFile
from climrisk.paths import find_study
from climrisk.workshop.store.answers import own_answers
from climrisk.workshop.store.changes import changes
from climrisk.workshop.store.database import Store, open_store
from climrisk.workshop.store.sessions import view_session
from tests.ui.chromium import LAPTOP, PHONE, device, press, settled, typed
from tests.ui.served import database, serving
from tests.workshops import ITEM, ONGOING, PIN, Room, lx_study, room

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL"),
]
STUDY = "my-study"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The database that the served app uses, open in the test as well."""
    save_as(lx_study(), find_study("lx-technology-2023"), tmp_path, STUDY)
    return open_store(database(tmp_path))


def at_desk(chromium: Any, address: str) -> Any:
    """Go on with the session as its facilitator."""
    desk = device(chromium, LAPTOP, f"{address}/workshop")
    desk.get_by_text("Go on with a session").click()
    field = desk.get_by_label("The facilitator's PIN")
    field.wait_for()
    field.fill(PIN)
    press(desk, "Enter")
    desk.get_by_text("Leave").wait_for()
    return desk


def _choose(desk: Any, item: str) -> None:
    desk.get_by_role("combobox", name="Item").focus()  # a click that scrolls shuts the list
    desk.wait_for_timeout(400)
    desk.keyboard.press("ArrowDown")
    desk.get_by_role("option", name=item).click()
    settled(desk)


def test_an_acknowledged_answer_survives(store: Store, tmp_path: Path, chromium: Any) -> None:
    made = room(store, people=1, study=STUDY)
    made.move("private")
    with serving(tmp_path, STUDY) as server:
        phone = device(chromium, PHONE, f"{server.address}/?join={made.join_code}")
        _come_back(phone, made.return_codes[0])
        for label, value in (("Low: ", "0.01"), ("High: ", "0.09"), ("Best: ", "0.03")):
            typed(phone, label, value)
        typed(phone, "Likelihood, best", "0.3")
        press(phone, "Send my answer")
        phone.get_by_text("Nobody sees it before").wait_for()
        server.kill()
    assert len(own_answers(store, made.people[0], ITEM)) == 1
    with serving(tmp_path, STUDY) as server:
        again = device(chromium, PHONE, f"{server.address}/?join={made.join_code}")
        _come_back(again, made.return_codes[0])
        again.get_by_text("Nobody sees it before").wait_for()
        assert again.get_by_text("best 0.03").count() > 0


def _come_back(phone: Any, code: str) -> None:
    phone.get_by_role("tab", name="I have a return code").click()
    typed(phone, "Your return code", code)
    press(phone, "Come back in")
    phone.get_by_role("heading", name="Board workshop").wait_for()


def test_a_commit_survives_within_and_after(store: Store, tmp_path: Path, chromium: Any) -> None:
    made = _revealed(store)
    before = read_study(tmp_path / STUDY)
    with serving(tmp_path, STUDY, dies=True) as server:
        desk = at_desk(chromium, server.address)
        desk.get_by_role("button", name="Commit", exact=True).click()
        server.process.wait(timeout=120)
    within = read_study(tmp_path / STUDY)
    assert within.items[ITEM] != before.items[ITEM]
    assert not changes(store, STUDY)
    with serving(tmp_path, STUDY) as server:
        desk = at_desk(chromium, server.address)
        desk.get_by_text("Committed. The register").wait_for()
        _choose(desk, ONGOING)
        desk.get_by_role("button", name="Commit", exact=True).click()
        desk.get_by_text("Committed. The register").wait_for()
        server.kill()
    after = read_study(tmp_path / STUDY)
    assert after.items[ITEM] == within.items[ITEM]
    assert after.items[ONGOING] != before.items[ONGOING]
    committed = [one.path[1] for one in changes(store, STUDY)]
    assert set(committed) == {ITEM, ONGOING}
    states = view_session(store, made.id).states
    assert {states[item].phase for item in (ITEM, ONGOING)} == {"committed"}
    assert StudyFile(tmp_path / STUDY).text().count("workshop of") >= 2


def _revealed(store: Store) -> Room:
    made = room(store, people=4, study=STUDY)
    for item in (ITEM, ONGOING):
        made.move("private", item=item)
        made.all_answer(item)
        made.move("revealed", item=item)
    return made
