"""A whole workshop in Chromium: a facilitator, three participants on phones, a ballot on paper.

Run with `pytest -m browser`; needs playwright (extra `browser`) and /usr/bin/chromium.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from climrisk.io.study import read_study

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip
PATIENCE = 120_000
"""Milliseconds that a step may take on a busy machine."""
PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1280, "height": 720}
HOSTILE = '<script>document.title = "taken"</script> =HYPERLINK("x") \u202egnp.exe'


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Serve the app from an empty folder; return its address and the folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "from climrisk.cli.main import main; main()"
    command = [sys.executable, "-c", start, "app", "--no-browser", "--port", str(port)]
    own = {
        "CLIMRISK_APP_DRAWS": "100",
        "CLIMRISK_DATABASE_URL": f"sqlite:///{tmp_path / 'data' / 'w.sqlite'}",
    }
    with subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **own}) as server:
        found = f"http://127.0.0.1:{port}"
        _wait_for(f"{found}/_stcore/health")
        yield found, tmp_path
        server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"nothing answers at {address}")


@pytest.fixture
def chromium() -> Iterator[Any]:
    """A browser."""
    api = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no {CHROMIUM}")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def device(chromium: Any, size: dict[str, int], address: str) -> Any:
    """Open an address on a device of its own."""
    page = chromium.new_context(viewport=size).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    settled(page)
    return page


def settled(page: Any) -> None:
    page.wait_for_selector("h1")
    page.wait_for_timeout(500)
    page.wait_for_selector('[data-testid="stStatusWidget"]', state="detached")


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=False).first.click()
    settled(page)


def typed(page: Any, label: str, text: str) -> None:
    field = page.get_by_label(label).first
    field.wait_for()
    field.fill(text)
    page.keyboard.press("Tab")
    settled(page)


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
    served: tuple[str, Path], chromium: Any
) -> None:
    address, folder = served
    desk = device(chromium, PROJECTOR, f"{address}/workshop")
    code = started(desk)
    people = [device(chromium, PHONE, f"{address}/?join={code}") for _ in range(3)]
    for number, phone in enumerate(people):
        joined(phone, f"{HOSTILE} {number}")
        assert phone.get_by_text("Financial impact").count() == 0
    press(desk, "Open private round 1")
    for number, phone in enumerate(people):
        answered(phone, 1 + 0.2 * number)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    press(desk, "Reveal round 1")
    desk.get_by_text("at least 4").wait_for()
    desk.get_by_text("People and ballots").click()
    press(desk, "Enter this ballot")
    answered(desk, 2.0)
    desk.get_by_text("Items", exact=True).click()
    press(desk, "Reveal round 1")
    desk.get_by_text("Commit to the register").wait_for()
    wall = device(chromium, PROJECTOR, f"{address}/?wall={code}&lang=zh-Hant")
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
