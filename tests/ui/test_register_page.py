"""Editing in the app: typed statements are drawn and applied, undone, redone and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from climrisk.domain.study import Study
from climrisk.errors import InvalidStudyError
from climrisk.io.study import read_study
from climrisk.ui.history import History
from climrisk.ui.safe import plain
from climrisk.ui.statement import form_of, number, restated
from climrisk.workshop.store.changes import changes
from climrisk.workshop.store.database import ENVIRONMENT, open_store

Opened = Callable[..., AppTest]


def fields(app: AppTest, ending: str) -> Any:
    """Return the text field whose key ends so."""
    return next(one for one in app.text_input if one.key and one.key.endswith(ending))


def button(app: AppTest, ending: str) -> Any:
    """Return the button whose key ends so."""
    return next(one for one in app.button if one.key and one.key.endswith(ending))


def opened(app: AppTest) -> History:
    """Return the history of a page's session."""
    found: History = app.session_state["climrisk"].history
    return found


@pytest.fixture
def edited(open_page: Opened) -> AppTest:
    """The register with the likelihood of R-MKT-1 typed anew and applied."""
    app = open_page("register")
    app.selectbox(key="widget_edited").set_value("R-MKT-1").run()
    fields(app, "occurrence.probability three p95").set_value("0.5").run()
    assert not app.exception
    assert not app.error
    return button(app, " apply").click().run()


def test_a_typed_number_reaches_the_study(edited: AppTest) -> None:
    assert not edited.exception
    occurrence = opened(edited).now.items["R-MKT-1"].occurrence
    assert occurrence is not None
    assert occurrence.likelihood is not None
    assert "0.5" in occurrence.likelihood.in_words()
    assert opened(edited).changed


def test_titles_are_typed_in_the_language_of_the_page(open_page: Opened, lx: Study) -> None:
    app = open_page("register")
    name, before = app.selectbox(key="widget_edited").value, opened(app).now
    title = before.items[name].title
    fields(app, " title en").set_value("Typed in English").run()
    app.selectbox(key="widget_language").set_value("zh-Hant").run()
    assert fields(app, " title zh-Hant").value == title.best("zh-Hant")
    button(app, " apply").click().run()
    made = opened(app).now.items[name].title
    assert made.best("en") == "Typed in English"
    assert [made.best(one) for one in ("zh-Hant", "zh-Hans")] == [
        title.best(one) for one in ("zh-Hant", "zh-Hans")
    ]


def test_fields_stay_where_they_are_until_the_study_states_something_else(
    open_page: Opened,
) -> None:
    app = open_page("register")
    fields(app, " owner").set_value("Applied office").run()
    key = fields(app, " owner").key
    button(app, " apply").click().run()
    assert fields(app, " owner").key == key
    assert button(app, " apply").disabled
    fields(app, " source").set_value("typed, not applied").run()
    assert not button(app, " apply").disabled
    next(one for one in app.button if one.label == "Undo").click().run()
    assert fields(app, " owner").key != key
    assert fields(app, " owner").value != "Applied office"


def test_undo_and_redo(edited: AppTest, lx: Study) -> None:
    after = opened(edited).now
    next(one for one in edited.button if one.label == "Undo").click().run()
    assert opened(edited).now == lx
    next(one for one in edited.button if one.label == "Redo").click().run()
    assert opened(edited).now == after


def test_what_is_no_number_is_told_and_nothing_changes(open_page: Opened, lx: Study) -> None:
    app = open_page("register")
    app.selectbox(key="widget_edited").set_value("R-MKT-1").run()
    fields(app, "occurrence.probability three p95").set_value("a lot").run()
    assert "found 'a lot'; allowed: a number" in app.error[0].value.replace("\\", "")
    assert opened(app).now == lx


def test_an_impossible_statement_is_refused_with_the_reason(open_page: Opened) -> None:
    app = open_page("register")
    app.selectbox(key="widget_edited").set_value("R-MKT-1").run()
    fields(app, "occurrence.probability three p95").set_value("1.5").run()
    assert "allowed" in app.error[0].value


def test_a_fault_in_the_text_names_its_line(open_page: Opened) -> None:
    app = open_page("register")
    area = next(one for one in app.text_area if "text items" in (one.key or ""))
    area.set_value(area.value.replace("owner:", "ownr:")).run()
    next(one for one in app.button if "text items" in (one.key or "")).click().run()
    said = app.error[0].value.replace("\\", "")
    assert "unknown key 'ownr'; did you mean 'owner'?" in said


def test_a_study_that_came_with_climrisk_is_saved_under_a_new_name(
    edited: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = opened(edited).now
    monkeypatch.chdir(tmp_path)
    edited.text_input(key="new_folder").set_value("ours").run()
    next(one for one in edited.button if one.label == "Save as a new folder").click().run()
    assert not edited.error
    saved = read_study(tmp_path / "ours")
    assert saved.items == wanted.items
    assert edited.session_state["climrisk"].folder.name == "ours"
    kept = (tmp_path / "ours" / "register.yaml").read_text(encoding="utf-8")
    assert "# Ten items and the directions of their effects" in kept


def test_what_is_saved_stands_in_the_change_log(
    edited: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ENVIRONMENT, f"sqlite:///{tmp_path / 'w.sqlite'}")
    edited.text_input(key="new_folder").set_value("ours").run()
    next(one for one in edited.button if one.label == "Save as a new folder").click().run()
    edited.selectbox(key="widget_edited").set_value("R-MKT-1").run()
    fields(edited, " owner").set_value("Somebody else").run()
    button(edited, " apply").click().run()
    next(one for one in edited.button if one.label == "Save").click().run()
    assert not edited.exception
    assert not edited.error
    assert read_study(tmp_path / "ours").items["R-MKT-1"].owner == "Somebody else"
    store = open_store(f"sqlite:///{tmp_path / 'w.sqlite'}")
    (line,) = changes(store, "ours")
    store.close()
    assert line.path == ("items", "R-MKT-1", "owner")
    assert (line.new, line.who, line.kind) == ("Somebody else", "editor", "edit")
    assert "Somebody else" in edited.dataframe[-1].value.to_string()


def test_a_name_that_leads_elsewhere_is_refused(
    edited: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("../ours", "", ".ours", "a/b", "a\\b"):
        edited.text_input(key="new_folder").set_value(name)
        next(one for one in edited.button if one.label == "Save as a new folder").click().run()
        assert "allowed: letters, digits" in edited.error[0].value.replace("\\", ""), name
        assert not any(tmp_path.iterdir()), name


def test_two_hundred_steps_can_be_undone(lx: Study) -> None:
    history = History(lx, lx)
    for step in range(250):
        history.edit(str(step), lx.model_copy(update={"name": str(step)}))
    steps = 0
    while history.undoable is not None:
        history.undo()
        steps += 1
    assert steps == 200
    assert history.now.name == "49"
    history.redo()
    assert history.now.name == "50"
    history.edit("other", lx)
    assert history.redoable is None


@pytest.mark.parametrize(
    ("stated", "form"),
    [
        (3.0, "constant"),
        ({"p5": 1, "p95": 2, "source": "x"}, "pair"),
        ({"low": 1, "mode": 2, "high": 3}, "pert"),
        ({"family": "gamma", "shape": 1, "scale": 2}, None),
        ({"pool": []}, None),
    ],
)
def test_form_of_a_statement(stated: Any, form: str | None) -> None:
    assert form_of(stated) == form


def test_a_statement_in_another_form_keeps_its_source() -> None:
    stated = {"p5": 1, "p95": 2, "source": "x", "basis": "assumption"}
    texts = {"low": "1", "mode": "2", "high": "3"}
    assert restated(stated, "pert", texts) == {
        "low": 1.0, "mode": 2.0, "high": 3.0, "source": "x", "basis": "assumption",
    }  # fmt: skip
    assert restated(2.0, "constant", {"value": "0.5"}) == 0.5


@pytest.mark.parametrize("text", ["", "nan", "inf", "1,5", "1e999", "x" * 100])
def test_what_is_no_finite_number(text: str) -> None:
    with pytest.raises(InvalidStudyError, match=r"p5: found .*; allowed: a number such as 0\.25"):
        number("p5", text)


def test_plain_words_hold_no_markup() -> None:
    assert plain("a*b_c [d](e) <f> `g` $h$ :i:") == (r"a\*b\_c \[d\]\(e\) \<f\> \`g\` \$h\$ \:i\:")
    assert plain("氣候\u202e\n風險") == "氣候 風險"


def test_a_pool_stays_as_it_is_until_its_fields_are_typed(open_page: Opened) -> None:
    app = open_page("register")
    app.selectbox(key="widget_edited").set_value("R-REP-1").run()
    assert not app.error
    assert button(app, " apply").disabled
    for name, text in (("p5", "0.01"), ("p50", "0.05"), ("p95", "0.2")):
        fields(app, f"occurrence.probability three {name}").set_value(text)
    app.run()
    assert not app.error
    assert not button(app, " apply").disabled
