"""From an edit to the new picture, in Chromium on the served app, and how fast pages open.

Usage: python benchmarks/app_latency.py [--draws 20000] [--edits 10] [--study lx-technology-2023]

Needs playwright (extra `browser`) and /usr/bin/chromium. Edits are typed into the register and
applied; the matrix below is simulated anew. The clock starts with the press and stops when other
points stand in the browser and the page has run to its end. Undo turns back to results that are
held. `app_load.py` has the load of a whole room.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from app_load import served
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
    words.add_argument("--study", default="lx-technology-2023")
    chosen = words.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'w.sqlite'}"
        with (
            served(Path(folder), url, draws=chosen.draws, study=chosen.study) as address,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.set_default_timeout(PATIENCE)
            for name, seconds in measured(page, address, chosen.edits).items():
                told(name, np.array(seconds))
            browser.close()


def measured(page: Any, address: str, edits: int) -> dict[str, list[float]]:
    """Return seconds by what was done."""
    page.goto(f"{address}/register")
    settled(page)
    found: dict[str, list[float]] = {
        name: [] for name in ("number typed to its curve", "edit applied to the matrix",
                              "undone to the matrix", "page opened")
    }  # fmt: skip
    for number in range(edits):
        field = page.get_by_label("1 in 20 above (P95)").first
        value = float(field.input_value()) * (1.01 + 0.001 * number)
        field.fill(f"{value:.6g}")
        enter = partial(field.press, "Enter")
        found["number typed to its curve"].append(timed(page, enter))
        apply = page.get_by_role("button", name="Apply").first
        found["edit applied to the matrix"].append(timed(page, apply.click))
        if number % 2:
            undo = page.get_by_role("button", name="Undo")
            found["undone to the matrix"].append(timed(page, undo.click))
    for name in PAGES:
        link = page.locator(f'a[href$="/{name}"]').first
        started = time.perf_counter()
        link.dispatch_event("click")
        page.wait_for_url(f"**/{name}*")
        settled(page)
        found["page opened"].append(time.perf_counter() - started)
    return found


def timed(page: Any, action: Any) -> float:
    """Return the seconds from an action until other points are drawn and the page has run."""
    before = page.evaluate(PICTURES)
    started = time.perf_counter()
    action()
    page.wait_for_function(f"before => {PICTURES} !== before", arg=before, polling=20)
    page.wait_for_function(IS_DONE, polling=20)
    passed = time.perf_counter() - started
    settled(page)
    return passed


def settled(page: Any) -> None:
    """Wait until the page has run to its end."""
    page.wait_for_selector("h1")
    page.wait_for_timeout(200)
    page.wait_for_function(IS_DONE)


if __name__ == "__main__":
    main()
