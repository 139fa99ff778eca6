"""Every page runs without an exception, says its numbers and prints users' words as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from climrisk.analysis import analyse
from climrisk.analysis.outputs import OUTPUTS
from climrisk.domain.study import Study
from climrisk.i18n import translate
from climrisk.i18n.catalogue import known_word
from climrisk.paths import find_study
from climrisk.ui import outlook, parts
from climrisk.ui.history import History
from climrisk.ui.input_words import in_another_language
from climrisk.ui.main import PAGES
from climrisk.ui.pages.assumptions import AT_ONCE
from climrisk.ui.pages.matrix import clicked_item
from climrisk.ui.state import Session

Opened = Callable[..., AppTest]
HOSTILE = "<script>alert(1)</script> ![x](http://example.org/x.png) $x$ :red[a] [b](javascript:c)"


def everything(app: AppTest) -> str:
    """Return all Markdown of a page."""
    kinds = (app.markdown, app.title, app.subheader, app.caption, app.info, app.warning, app.error)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def pictures(app: AppTest) -> list[dict[str, Any]]:
    """Return what the browser draws."""
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def tables(app: AppTest) -> list[list[dict[str, str]]]:
    """Return the rows of every table of words, each cell by its head."""
    found = []
    for one in app.markdown:
        if not one.value.startswith("|"):
            continue
        lines = [
            [cell.strip().replace("\\", "") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in one.value.splitlines()
        ]
        found.append([dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]])
    return found


def with_figures(app: AppTest) -> AppTest:
    """Return a page on which the words and figures of every picture were opened."""
    for chart in app.get("plotly_chart"):
        app.session_state[f"words of {chart.proto.id.split('-', 2)[2]}"] = True
    return app.run()


@pytest.mark.parametrize("name", PAGES)
def test_page_runs_and_shows_the_notice(name: str, open_page: Opened) -> None:
    app = open_page(name)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == translate(f"app.page.{name}", "en")
    assert "not the company" in everything(app).replace("\\", "")


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("name", ["overview", "matrix", "register"])
def test_pages_speak_chinese(name: str, language: Any, open_page: Opened) -> None:
    app = open_page(name, language=language)
    assert not app.exception
    assert app.title[0].value == translate(f"app.page.{name}", language)
    for picture in pictures(app):
        assert "Noto Sans CJK" in picture["layout"]["font"]["family"]


def test_pictures_have_alternative_text(open_page: Opened) -> None:
    app = open_page("overview")
    drawn = pictures(app)
    assert len(drawn) == 2
    assert all(len(picture["layout"]["meta"]["alt"]) > 40 for picture in drawn)


def test_switching_the_language_keeps_the_choices(open_page: Opened) -> None:
    app = open_page("overview")
    app.selectbox(key="widget_scenario").set_value("current_policies").run()
    app.selectbox(key="widget_language").set_value("zh-Hant").run()
    assert not app.exception
    assert app.session_state["scenario"] == "current_policies"
    assert app.selectbox(key="widget_scenario").value == "current_policies"
    assert app.title[0].value == translate("app.page.overview", "zh-Hant")


def test_large_text_is_20_pixels_in_pictures(open_page: Opened) -> None:
    app = open_page("overview", projector=True)
    assert all(picture["layout"]["font"]["size"] == 20 for picture in pictures(app))


def test_a_clicked_point_opens_its_item(open_page: Opened) -> None:
    app = open_page("matrix")
    app.session_state["matrix"] = {"selection": {"points": [{"customdata": ["R-TEC-1"]}]}}
    app.run()
    assert not app.exception
    assert app.selectbox(key="widget_item").value == "R-TEC-1"
    assert any("R\\-TEC\\-1" in one.value for one in app.subheader)


def test_a_click_beside_the_points_opens_nothing() -> None:
    assert clicked_item({"selection": {"points": []}}) is None
    assert clicked_item({"selection": {"points": [{"x": 1}]}}) is None
    assert clicked_item(None) is None


def test_an_item_opens_by_keyboard_with_its_sources(open_page: Opened) -> None:
    app = open_page("matrix")
    app.selectbox(key="widget_item").set_value("R-ACU-1").run()
    assert any("R\\-ACU\\-1" in one.value for one in app.subheader)
    inputs = tables(app)[-1]
    assert {"occurrence › events a year", "link › 1"} <= {row["Input"] for row in inputs}
    assert all(row["Source"] for row in inputs)


def test_users_words_are_never_markup(lx: Study, open_page: Opened) -> None:
    item = lx.items["R-REP-1"]
    title = item.title.model_copy(update={"en": HOSTILE})
    hostile = item.model_copy(update={"title": title, "owner": HOSTILE, "source": HOSTILE})
    study = lx.model_copy(update={"register_": {**lx.register_, "R-REP-1": hostile}})
    app = open_page("matrix", study)
    app.selectbox(key="widget_item").set_value("R-REP-1").run()
    assert not app.exception
    said = everything(app)
    for markup in ("<script", "![x]", ":red[", "](http", "](javascript"):
        assert not re.search(r"(?<!\\)" + re.escape(markup), said)
    assert "\\<script\\>" in said
    for picture in pictures(app):
        picture["layout"].pop("meta")
        assert "<script" not in json.dumps(picture)


def test_assumptions_are_filtered_by_basis_and_words(open_page: Opened) -> None:
    app = open_page("assumptions")
    first = tables(app)[0]
    app.session_state["widget_basis"] = ["reported"]
    app.run()
    reported = tables(app)[0]
    assert 0 < len(reported) < len(first)
    assert {row["Basis"] for row in reported} == {"reported"}
    app.text_input(key="widget_words").set_value("subscription").run()
    assert 0 < len(tables(app)[0]) < len(reported)


def test_assumptions_show_more_until_something_else_is_asked_for(open_page: Opened) -> None:
    app = open_page("assumptions")
    assert len(tables(app)[0]) == AT_ONCE
    next(one for one in app.button if one.label == f"Show {AT_ONCE} more").click().run()
    assert len(tables(app)[0]) == 2 * AT_ONCE
    app.text_input(key="widget_words").set_value("settings").run()
    app.text_input(key="widget_words").set_value("").run()
    assert len(tables(app)[0]) == AT_ONCE


@pytest.mark.parametrize("name", ["matrix", "measures", "emissions", "assumptions"])
def test_words_that_are_not_translated_are_said_to_be_the_authors(
    name: str, open_page: Opened
) -> None:
    said = translate("app.own_language", "zh-Hans")
    assert said in [one.value for one in open_page(name, language="zh-Hans").caption]
    assert translate("app.own_language", "en") not in [one.value for one in open_page(name).caption]


def test_an_author_of_either_script_is_told_from_the_reader() -> None:
    assert in_another_language("LX 2023 ESG report", "zh-Hant")
    assert not in_another_language("年報第4.1節 (LX)", "zh-Hant")
    assert not in_another_language("15 %, 0.3-0.8", "zh-Hans")
    assert in_another_language("年報", "en")
    assert not in_another_language("annual report", "en")


def test_inputs_stand_in_the_readers_words(open_page: Opened) -> None:
    app = open_page("assumptions", language="zh-Hant")
    app.text_input(key="widget_words").set_value("2050年淨零排放").run()
    rows = tables(app)[0]
    assert rows
    assert all(row["輸入"].startswith("情景 › 2050年淨零排放 › ") for row in rows)
    assert not [row for row in rows if re.search("[a-z]{3,}", row["數值"])]


def test_a_study_with_nothing_assessed_says_so(lx: Study, open_page: Opened) -> None:
    waiting = {
        name: item.model_copy(update={"occurrence": None, "impact": {}, "links": ()})
        for name, item in lx.register_.items()
    }
    study = lx.model_copy(
        update={"register_": waiting, "measures": {}, "dependence": type(lx.dependence)()}
    )
    for name in ("overview", "matrix", "financial", "measures"):
        app = open_page(name, study)
        assert not app.exception
        assert "10 of 10 items not assessed" in everything(app).replace("\\", "")


def test_a_bad_year_is_told_on_request(open_page: Opened) -> None:
    app = open_page("financial")
    before = len(pictures(app))
    next(one for one in app.button if one.label == "Tell the story").click().run()
    assert not app.exception
    drawn = pictures(app)
    assert len(drawn) == before + 1
    assert "One bad draw" in json.dumps(drawn)


def test_targets_stand_beside_the_scenarios(open_page: Opened) -> None:
    app = open_page("scenarios")
    assert not app.exception
    table = next(one.value for one in app.markdown if one.value.startswith("|"))
    assert "Net Zero 2050 | Current policies" in table.replace("\\", "")
    assert len(re.findall(r"[✓▲✗] [<>]?\d+", table.replace("\\", ""))) == 12
    assert len(pictures(app)) == 4
    app.selectbox(key="widget_target").set_value("T-WATER").run()
    assert not app.exception
    assert "Water per unit area" in json.dumps(pictures(app)[1])


def test_overview_says_how_likely_the_targets_are(open_page: Opened) -> None:
    table = next(one.value for one in open_page("overview").markdown if one.value.startswith("|"))
    assert len(re.findall(r"[✓▲✗] ", table)) == 3
    assert "T\\-WASTE" in table


def test_emissions_are_projected_and_stated_by_source(open_page: Opened) -> None:
    app = open_page("emissions", language="zh-Hant")
    assert not app.exception
    projected, stated = (json.dumps(one, ensure_ascii=False) for one in pictures(app))
    assert "電力（範圍2）" in projected
    assert "1,332.1" in stated
    assert "電力" in {row["輸入"] for row in tables(app)[-1]}


def test_an_edited_item_leaves_the_projection_as_it_is(
    lx: Study, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    held = outlook.project
    monkeypatch.setattr(
        outlook, "project", lambda study, draws: calls.append(draws) or held(study, draws=draws)
    )
    outlook._projected.clear()
    open_page("emissions")
    item = lx.items["R-REP-1"].model_copy(update={"owner": "Somebody else"})
    edited = lx.model_copy(update={"register_": {**lx.register_, "R-REP-1": item}})
    open_page("emissions", edited)
    assert len(calls) == 1
    first = lx.inventory[0]
    more = first.model_copy(update={"quantity": 2 * first.quantity})
    grown = lx.model_copy(update={"inventory": (more, *lx.inventory[1:])})
    open_page("emissions", grown)
    assert len(calls) == 2


def test_a_final_run_holds_the_projection_of_its_draws(
    lx: Study, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts._held().keep(lx, 8, OUTPUTS, analyse(lx, draws=8))
    monkeypatch.setattr(outlook, "_projected", lambda *_: pytest.fail("projected again"))
    app = open_page(
        "emissions", climrisk=Session(find_study("lx-technology-2023"), History(lx, lx), 8)
    )
    assert not app.exception
    assert "8 draws" in json.dumps(pictures(app)[0])


def test_words_and_figures_are_sent_once_somebody_opens_them(open_page: Opened) -> None:
    app = open_page("overview")
    assert len(pictures(app)) == 2
    assert not app.dataframe
    opened = with_figures(app)
    assert len(opened.dataframe) == 2
    alts = [picture["layout"]["meta"]["alt"] for picture in pictures(opened)]
    told = everything(opened).replace("\\", "")
    assert all(alt in told for alt in alts)
    opened.selectbox(key="widget_language").set_value("zh-Hant").run()
    assert len(opened.dataframe) == 2


@pytest.mark.parametrize("name", ["overview", "financial", "scenarios", "measures", "emissions"])
def test_figures_behind_a_picture_have_heads_in_chinese(name: str, open_page: Opened) -> None:
    app = with_figures(open_page(name, language="zh-Hant"))
    heads = {str(head) for one in app.dataframe for head in one.value.columns}
    assert heads
    assert not [head for head in heads if re.search("[a-z]{2,}|_", head)]


def test_figures_tell_the_scenario_and_what_was_counted(open_page: Opened) -> None:
    found = with_figures(open_page("measures", language="zh-Hans")).dataframe[0].value
    assert {"效益", "成本"} <= set(found["内容"])
    assert not [name for name in found["内容"] if re.search("[a-z]", name)]
    listed = with_figures(open_page("financial")).dataframe
    told = {one for table in listed for one in table.value.get("Scenario", [])}
    assert {"Net Zero 2050", "Current policies"} <= told


def test_inputs_are_told_in_the_studys_own_words(open_page: Callable[..., AppTest]) -> None:
    app = open_page("assumptions", language="zh-Hans")
    told = "\n".join(one.value for one in app.markdown).replace("\\", "")
    assert "风险敞口 › 租出设备 › 数值" in told
    assert "leased_devices" not in told
    line = known_word("line", "warehousing and logistics", "zh-Hant")
    card = open_page("matrix", language="zh-Hant")
    told = "\n".join(one.value for one in card.markdown).replace("\\", "")
    assert f"影響 › {line} › " in told
    assert "› freight" not in told
