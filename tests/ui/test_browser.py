"""The app in Chromium: every page in three languages and sizes, by keyboard, without a network.

Run with `pytest -m browser`; needs playwright (extra `browser`) and /usr/bin/chromium.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.chromium import (
    LAPTOP,
    OLD_PROJECTOR,
    PHONE,
    SMALLEST,
    TOO_WIDE,
    device,
    faults,
    press,
    settled,
    typed,
)
from tests.ui.served import Server

pytestmark = pytest.mark.browser

PATHS = (
    "matrix", "financial", "register", "scenarios", "measures", "emissions", "assumptions",
    "workshop",
)  # fmt: skip
HOSTILE = '<script>document.title="taken"</script><img src=x onerror=document.title="taken">'
RIGHT_TO_LEFT = "\u202egnp.exe\u2066"


@pytest.mark.parametrize(
    ("language", "size", "is_large"),
    [
        ("en", LAPTOP, True),
        ("zh-Hant", OLD_PROJECTOR, True),
        ("zh-Hans", LAPTOP, False),
        ("en", OLD_PROJECTOR, False),
        ("zh-Hant", PHONE, False),
    ],
)
def test_every_page_fits_and_asks_no_other_host(
    served: Server, chromium: Any, language: str, size: dict[str, int], is_large: bool
) -> None:
    page = device(chromium, size, f"{served.address}/?lang={language}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    if is_large:
        page.locator('[data-testid="stCheckbox"] label').last.click()
        settled(page)
    for path in ("", *PATHS):
        if path and is_large:
            _follow(page, path)
        elif path:
            page.goto(f"{served.address}/{path}?lang={language}")
            settled(page)
        assert not faults(page)
        assert page.evaluate(TOO_WIDE) <= 0, path
        if is_large:
            assert page.evaluate(SMALLEST) >= 20, path
    outside = [url for url in asked if not url.startswith((served.address, "data:", "blob:"))]
    assert not outside
    assert not served.asked_outside
    page.context.close()


def _follow(page: Any, path: str) -> None:
    """Follow the link of the navigation, so that the session stays."""
    page.locator(f'a[href$="/{path}"]').first.dispatch_event("click")
    page.wait_for_url(f"**/{path}*")
    settled(page)


def test_a_number_is_typed_applied_and_undone_by_keyboard(served: Server, chromium: Any) -> None:
    page = device(chromium, LAPTOP, f"{served.address}/register")
    field = page.get_by_label("1 in 20 above (P95)").first
    field.focus()
    before = field.input_value()
    page.keyboard.press("Control+A")
    page.keyboard.type("2.5")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="Apply").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("changed, not saved").wait_for()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.get_by_text("changed, not saved").wait_for(state="detached")
    settled(page)
    assert page.get_by_label("1 in 20 above (P95)").first.input_value() == before
    page.context.close()


def test_switching_the_language_loses_nothing(served: Server, chromium: Any) -> None:
    page = device(chromium, LAPTOP, f"{served.address}/register")
    typed(page, "Risk owner", "Applied office")
    press(page, "Apply")
    page.get_by_text("changed, not saved").wait_for()
    typed(page, "Source", "typed, not applied")
    page.locator("button:enabled", has_text="Apply").first.wait_for()
    page.get_by_role("combobox", name="Language").focus()  # a click that scrolls shuts the list
    page.wait_for_timeout(400)
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="繁體中文").click()
    page.get_by_role("heading", name="登記冊").wait_for()
    settled(page)
    assert page.get_by_label("風險負責人").first.input_value() == "Applied office"
    assert page.get_by_label("來源").first.input_value() == "typed, not applied"
    page.get_by_text("已更改，未儲存").wait_for()
    page.context.close()


def test_hostile_words_stay_words(served: Server, chromium: Any) -> None:
    page = device(chromium, LAPTOP, f"{served.address}/register")
    typed(page, "Title", f"{HOSTILE}{RIGHT_TO_LEFT}")
    typed(page, "Risk owner", '=HYPERLINK("http://example.org")')
    press(page, "Apply")
    page.get_by_text("changed, not saved").wait_for()
    settled(page)
    page.get_by_text("Add an item").click()
    typed(page, "Id: a letter", "../../etc/passwd")
    long = f"kind: risk\ncategory: acute\ntitle: {'x' * 10_000}"
    page.get_by_label("Everything, as text (YAML)").locator("visible=true").fill(long)
    page.keyboard.press("Tab")
    settled(page)
    press(page, "Add")
    said = page.locator('[data-testid="stAlertContentError"]').first.inner_text()
    assert "etc/passwd" in said
    _follow(page, "matrix")
    page.locator(".js-plotly-plot").first.wait_for()
    assert "<script>" in page.locator("body").inner_text()
    assert RIGHT_TO_LEFT not in page.locator("body").inner_text()
    assert page.title() != "taken"
    assert page.locator("script:text('taken'), img[src=x]").count() == 0
    page.context.close()
