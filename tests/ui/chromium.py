"""What tests do in Chromium: open a device, wait until a page has run, press and type."""

from __future__ import annotations

from typing import Any

PATH = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
"""The last one leaves no name but this computer's own."""
PATIENCE = 120_000
"""Milliseconds that a step may take on a busy machine."""
LAPTOP = {"width": 1280, "height": 720}
OLD_PROJECTOR = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
SMALLEST = """Math.min(...[...document.querySelectorAll(
    'main p, main li, main button, main input, main td, main th, .js-plotly-plot text'
)].filter(e => (e.value || e.textContent).trim() && e.getBoundingClientRect().width)
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
"""Size [px] of the smallest words on a page."""


def device(chromium: Any, size: dict[str, int], address: str) -> Any:
    """Open an address on a device of its own."""
    page = chromium.new_context(viewport=size).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    settled(page)
    return page


def settled(page: Any) -> None:
    """Wait until the page has run to its end."""
    page.wait_for_selector("h1")
    page.wait_for_timeout(400)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_selector('[data-testid="stStatusWidget"]', state="detached")


def press(page: Any, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=False).first.click()
    settled(page)


def typed(page: Any, label: str, text: str) -> None:
    """Fill in a field and leave it."""
    field = page.get_by_label(label).first
    field.wait_for()
    field.fill(text)
    page.keyboard.press("Tab")
    settled(page)


def faults(page: Any) -> list[str]:
    """Return what a page says went wrong."""
    told = page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]')
    return [str(text) for text in told.all_inner_texts()]
