"""The app in Chromium: every page, no outside host, editing by keyboard, sizes for a room.

Run with `pytest -m browser`; needs playwright (extra `browser`) and /usr/bin/chromium.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip
PATHS = ("", "matrix", "financial", "register", "scenarios", "measures", "emissions", "assumptions")
PATIENCE = 120_000
"""Milliseconds that a simulation may take on a busy machine."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app from an empty folder and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "from climrisk.cli.main import main; main()"
    command = [sys.executable, "-c", start, "app", "--no-browser", "--port", str(port)]
    environment = {**os.environ, "CLIMRISK_APP_DRAWS": "100"}
    folder = tmp_path_factory.mktemp("empty")
    with subprocess.Popen(command, cwd=folder, env=environment) as server:
        found = f"http://127.0.0.1:{port}"
        _wait_for(f"{found}/_stcore/health")
        yield found
        server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"nothing answers at {address}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser."""
    api = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no {CHROMIUM}")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def settled(page: Any) -> None:
    """Wait until the page has run to its end."""
    page.wait_for_selector("h1", timeout=PATIENCE)
    page.wait_for_timeout(500)
    page.wait_for_selector('[data-testid="stStatusWidget"]', state="detached", timeout=PATIENCE)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_every_page_shows_no_error_and_asks_no_outside_host(
    address: str, chromium: Any, language: str, size: tuple[int, int]
) -> None:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    for path in PATHS:
        page.goto(f"{address}/{path}?lang={language}")
        settled(page)
        assert page.locator('[data-testid="stException"]').count() == 0
        assert page.locator('[data-testid="stAlertContentError"]').count() == 0
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size[0]
    strange = [url for url in outside if not url.startswith((address, "data:", "blob:"))]
    assert not strange
    page.close()


def test_a_number_is_typed_applied_and_undone_by_keyboard(address: str, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/register")
    settled(page)
    field = page.get_by_label("1 in 20 above (P95)").first
    field.focus()
    before = field.input_value()
    page.keyboard.press("Control+A")
    page.keyboard.type("2.5")
    page.keyboard.press("Enter")
    settled(page)
    apply = page.get_by_role("button", name="Apply").first
    apply.focus()
    page.keyboard.press("Enter")
    page.get_by_text("changed, not saved").wait_for(timeout=PATIENCE)
    undo = page.get_by_role("button", name="Undo")
    undo.focus()
    page.keyboard.press("Enter")
    page.get_by_text("changed, not saved").wait_for(state="detached", timeout=PATIENCE)
    settled(page)
    assert page.get_by_label("1 in 20 above (P95)").first.input_value() == before
    page.close()


def test_large_text_is_20_pixels_on_the_page(address: str, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/matrix")
    settled(page)
    page.get_by_text("Large text").click()
    settled(page)
    sizes = page.evaluate(
        "[...document.querySelectorAll('main p, .js-plotly-plot text')]"
        ".filter(e => e.textContent.trim() && e.getBoundingClientRect().width)"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert sizes
    assert min(sizes) >= 20
    page.close()
