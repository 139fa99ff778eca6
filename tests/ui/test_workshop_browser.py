"""A whole workshop in Chromium: a facilitator, three participants on phones, a ballot on paper.

Run with `pytest -m browser`; needs playwright (extra `browser`) and /usr/bin/chromium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from climrisk.io.study import read_study
from tests.ui.chromium import LAPTOP, PHONE, TOO_WIDE, device, press, typed
from tests.ui.served import Server, serving

pytestmark = pytest.mark.browser

HOSTILE = '<script>document.title = "taken"</script> =HYPERLINK("x") \u202egnp.exe'


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Server]:
    """A server with a database and a folder of its own."""
    with serving(tmp_path) as server:
        yield server


def started(page: Any) -> str:
    """Plan and start a session; return its join code."""
    press(page, "Save as a new folder")
    page.get_by_text("came with climrisk").wait_for(state="detached")
    typed(page, "Who holds the answers and names", "Risk office")
    page.get_by_text("7 of 7 items fit").wait_for()
    typed(page, "A PIN for the facilitator", "4711-room")
    press(page, "Start the session")
    page.get_by_text("Leave").wait_for()
    return str(page.locator('[data-testid="stPopover"] strong').first.inner_text())


def joined(page: Any, name: str) -> None:
    typed(page, "Your name", name)
    page.get_by_text("I have read this and take part").click()
    page.wait_for_timeout(800)
    press(page, "Join")
    page.get_by_text("I have written it down").wait_for()
    assert re.fullmatch(r"\d+-\w{5}-\w{5}", page.locator("code").first.inner_text())
    press(page, "I have written it down")


def answered(page: Any, factor: float) -> None:
    for label, value in (("Low: ", 0.01), ("High: ", 0.09), ("Best: ", 0.03)):
        typed(page, label, f"{value * factor:g}")
    typed(page, "Likelihood, best", "0.3")
    typed(page, "Your reason", HOSTILE)
    press(page, "Send my answer")
    page.get_by_text("Nobody sees it before").wait_for()


def test_from_the_start_to_a_committed_register_and_a_new_matrix(
    room: Server, chromium: Any
) -> None:
    address, folder = room.address, room.folder
    desk = device(chromium, LAPTOP, f"{address}/workshop")
    code = started(desk)
    people = [device(chromium, PHONE, f"{address}/?join={code}") for _ in range(3)]
    for number, phone in enumerate(people):
        joined(phone, f"{HOSTILE} {number}")
        assert phone.get_by_text("Financial impact").count() == 0
    people[0].reload()
    people[0].get_by_text("You are participant 1").wait_for()

    assert "-" not in people[0].url.partition("?")[2], "no return code in the address"
    press(desk, "Open private round 1")
    desk.get_by_text("1, 2, 3", exact=True).first.wait_for()
    for number, phone in enumerate(people):
        answered(phone, 1 + 0.2 * number)
        assert phone.evaluate(TOO_WIDE) <= 0
    press(desk, "Reveal round 1")
    desk.get_by_text("at least 4").wait_for()
    desk.get_by_text("People and ballots").click()
    press(desk, "Enter this ballot")
    answered(desk, 2.0)
    desk.get_by_text("Items", exact=True).click()
    press(desk, "Reveal round 1")
    desk.get_by_text("Commit to the register").wait_for()
    wall = device(chromium, LAPTOP, f"{address}/?wall={code}&lang=zh-Hant")
    wall.get_by_text("第1輪：4個意見").wait_for()
    people[0].get_by_text("Round 1: 4 voices").wait_for()
    before = read_study(folder / "my-study")
    desk.get_by_role("button", name="Commit", exact=True).click()
    desk.get_by_text("Committed. The register").wait_for()
    after = read_study(folder / "my-study")
    changed = [name for name, item in after.items.items() if item != before.items[name]]
    assert changed == ["O-ADP-1"]
    assert {page.title() for page in (desk, wall, *people)} & {"taken"} == set()
    desk.get_by_role("link", name="Matrix").click()
    desk.locator(".js-plotly-plot").first.wait_for()
    assert desk.locator('[data-testid="stException"]').count() == 0
