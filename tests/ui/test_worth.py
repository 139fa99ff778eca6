"""What is worth knowing first, on the Measures page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from climrisk.i18n import translate
from climrisk.names import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_worked_out_when_asked_for_and_kept(
    language: Language, open_page: Callable[..., AppTest]
) -> None:
    app = open_page("measures", language=language)
    assert not app.exception
    assert translate("app.worth.title", language) in [one.value for one in app.header]
    pictures = len(app.get("plotly_chart"))
    app.button(key="worth_button").click().run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == pictures + 2
    app.selectbox(key="widget_worth").select("M-VANS").run()
    assert not app.exception
    assert "worth_button" not in [one.key for one in app.button]
    assert len(app.get("plotly_chart")) == pictures + 2


def test_another_scenario_is_asked_again(open_page: Callable[..., AppTest]) -> None:
    app = open_page("measures")
    app.button(key="worth_button").click().run()
    app.selectbox(key="widget_scenario").select("current_policies").run()
    assert not app.exception
    assert "worth_button" in [one.key for one in app.button]
