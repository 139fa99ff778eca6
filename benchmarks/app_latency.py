"""From an edit to the new picture, in Chromium on the served app, and how fast pages open.

Usage: python benchmarks/app_latency.py [--draws 20000] [--edits 10] [--pace 1]
                                        [--study lx-technology-2023]

Needs playwright (extra `browser`) and /usr/bin/chromium. Edits are typed into the register and
applied; the matrix below is simulated anew. The clock starts with the press and stops when other
points stand in the browser and the page has run to its end. Undo turns back to results that are
held. People look for about so many seconds as the pace says before they press the next thing, and
five times as long before they open other pages; meanwhile the app works ahead. With a pace of 0 all
follows at once, which no hand does. `app_load.py` has the load of a whole room.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from app_load import Server, served
from workshop_load import told

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
PAGES = (
    "matrix", "financial", "register", "scenarios", "measures", "emissions", "assumptions",
)  # fmt: skip
PATIENCE = 120_000
PICTURES = """JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map(
    p => (p.data || []).map(d => [d.x, d.y])))"""
"""Every point that the page draws."""
IS_DONE = "!document.querySelector('[data-testid=stStatusWidget]')"


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--draws", type=int, default=20_000)
    words.add_argument("--edits", type=int, default=10)
    words.add_argument("--pace", type=float, default=1.0)
    words.add_argument("--study", default="lx-technology-2023")
    chosen = words.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'w.sqlite'}"
        with (
            served(Path(folder), url, draws=chosen.draws, study=chosen.study) as server,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.set_default_timeout(PATIENCE)
            for name, taken in measured(page, server, chosen.edits, chosen.pace).items():
                passed, used = np.array(taken).T
                told(name, passed)
                print(f"  processor time of the server: p50 {1000 * np.median(used):.0f} ms")
            browser.close()


def measured(
    page: Any, server: Server, edits: int, pace: float
) -> dict[str, list[tuple[float, float]]]:
    """Return seconds by what was done, on the clock and of the server's processor time."""
    page.goto(f"{server.address}/register")
    settled(page)
    found: dict[str, list[tuple[float, float]]] = {
        name: [] for name in ("number typed to its curve", "edit applied to the matrix",
                              "undone to the matrix", "page opened")
    }  # fmt: skip
    for number in range(edits):
        field = page.get_by_label("1 in 20 above (P95)").first
        value = float(field.input_value()) * (1.01 + 0.001 * number)
        field.fill(f"{value:.6g}")
        enter = partial(field.press, "Enter")
        page.wait_for_timeout(1000 * pace)
        found["number typed to its curve"].append(timed(page, server, enter))
        apply = page.get_by_role("button", name="Apply").first
        page.wait_for_timeout(1000 * pace)
        found["edit applied to the matrix"].append(timed(page, server, apply.click))
        if number % 2:
            undo = page.get_by_role("button", name="Undo")
            page.wait_for_timeout(1000 * pace)
            found["undone to the matrix"].append(timed(page, server, undo.click))
    page.wait_for_timeout(5000 * pace)
    for name in PAGES:
        link = page.locator(f'a[href$="/{name}"]').first
        started, used = time.perf_counter(), server.seconds
        link.dispatch_event("click")
        page.wait_for_url(f"**/{name}*")
        settled(page)
        found["page opened"].append((time.perf_counter() - started, server.seconds - used))
    return found


def timed(page: Any, server: Server, action: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds from an action until other points are drawn and the page has run.

    On the clock, and of the server's processor time.
    """
    before = page.evaluate(PICTURES)
    started, used = time.perf_counter(), server.seconds
    action()
    page.wait_for_function(f"before => {PICTURES} !== before", arg=before, polling=20)
    page.wait_for_function(IS_DONE, polling=20)
    passed = time.perf_counter() - started
    settled(page)
    return passed, server.seconds - used


def settled(page: Any) -> None:
    """Wait until the page has run to its end."""
    page.wait_for_selector("h1")
    page.wait_for_timeout(200)
    page.wait_for_function(IS_DONE)


if __name__ == "__main__":
    main()
