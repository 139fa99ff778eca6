"""The workshop's pages without a browser: roles, the plan, answers, reveals, commits."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from climrisk.i18n import translate
from climrisk.io.study import read_study
from climrisk.ui import state
from climrisk.ui.state import Session
from climrisk.ui.workshop import kept_seat, rooms
from climrisk.ui.workshop.opening import groups
from climrisk.workshop import codes
from climrisk.workshop.serving import Serving, read_serving
from climrisk.workshop.store.access import resume
from climrisk.workshop.store.answers import own_answers, submit
from climrisk.workshop.store.boards import board
from climrisk.workshop.store.database import ENVIRONMENT, Store, database_url
from climrisk.workshop.store.notes import load_draft
from climrisk.workshop.store.people import renew_return_code
from climrisk.workshop.store.privacy import events
from climrisk.workshop.store.sessions import create_session, view_session
from climrisk.workshop.store.timers import running_timer
from tests.workshops import ITEM, ONGOING, PIN, ROOT, Room, answer, question, room
from tests.workshops import plan as lx_plan

HOSTILE = '<script>alert(1)</script> ![x](http://example.org/x.png) =HYPERLINK("x")'
TIMEOUT = 120


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study of one's own, a copy of the bundled one."""
    folder = tmp_path / "my-study"
    shutil.copytree(ROOT / "data" / "lx-technology-2023", folder)
    return folder


@pytest.fixture
def store(tmp_path: Path, study: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv(ENVIRONMENT, f"sqlite:///{tmp_path / 'w.sqlite'}")
    monkeypatch.setattr(codes, "COST", 2**4)
    monkeypatch.setattr(sys, "argv", ["app.py", str(study)])
    state._made.clear()
    opened = rooms._opened(database_url())
    yield opened
    opened.close()


@pytest.fixture
def lx_room(store: Store) -> Room:
    return room(store, people=4, study="my-study")


@pytest.fixture(autouse=True)
def _no_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that keeps nothing; without one, Streamlit's cookies are not even texts."""
    monkeypatch.setattr(kept_seat, "sent", {}.get)


def whole_app() -> None:
    from climrisk.ui.main import main

    main()


def one_page(name: str) -> None:
    from climrisk.ui.main import page_of

    page_of(name)()


def opened(name: str = "", **state: Any) -> AppTest:
    shown: Callable[..., None] = one_page if name else whole_app
    app = AppTest.from_function(shown, args=(name,) if name else (), default_timeout=TIMEOUT)
    for key, value in {"language": "en", **state}.items():
        app.session_state[key] = value
    return app


def desk_of(made: Room, study: Path) -> AppTest:
    app = opened("workshop", climrisk=Session.opened(study))
    app.run()
    app.segmented_control(key="starting").set_value("open").run()
    app.text_input(key="open_pin").set_value(PIN)
    return pressed(app, "Enter")


def pressed(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label.startswith(label)).click().run()


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.title, app.subheader, app.info, app.success, app.warning, app.error)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def test_a_link_to_join_shows_the_notice_and_nothing_of_the_study(lx_room: Room) -> None:
    app = opened()
    app.query_params["join"] = lx_room.join_code
    app.run()
    assert not app.exception
    assert "Why you are asked" in said(app)
    assert "climrisk" not in app.session_state, "the study was not even opened"
    for name in ("overview", "register", "workshop"):
        assert translate(f"app.page.{name}", "en") not in {one.value for one in app.title}


def test_who_came_to_join_never_sees_another_page(lx_room: Room) -> None:
    app = opened()
    app.query_params["join"] = lx_room.join_code
    app.run()
    app.query_params.clear()
    app.run()
    assert app.session_state["arrival"] == "join"
    assert "climrisk" not in app.session_state


def test_the_network_sees_the_study_only_with_the_key(
    store: Store, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = Serving("http://192.0.2.7:8501", "K3QMA9TRXW")
    monkeypatch.setattr(sys, "argv", ["app.py", str(study), *served.as_arguments()])
    app = opened()
    app.run()
    assert app.title[0].value == "Join a workshop"
    assert "climrisk" not in app.session_state
    door = opened("facilitator")
    door.run()
    door.text_input(key="door_key").set_value("wrong-key")
    pressed(door, "Open the study")
    assert "operator" not in door.session_state
    door.text_input(key="door_key").set_value("k3qma-9trxw")
    pressed(door, "Open the study")
    assert door.session_state["operator"] is True


def test_arguments_of_the_script_come_back_as_they_were() -> None:
    served = Serving("http://192.0.2.7:8501", "K3QMA9TRXW")
    assert read_serving(["/study", *served.as_arguments()]) == served
    assert not read_serving(["/study"]).address
    assert not Serving().opens("")


def test_a_wrong_code_is_a_sentence(store: Store) -> None:
    app = opened("join", arrival="join", arrival_code="NOSUCH")
    app.run()
    assert not app.exception
    assert "wrong code" in said(app)


def test_joining_shows_a_return_code_once_that_brings_back(lx_room: Room) -> None:
    app = opened("join", arrival="join", arrival_code=lx_room.join_code)
    app.run()
    app.checkbox(key="join_agree").check().run()
    pressed(app, "Join")
    code = str(app.code[0].value)
    pressed(app, "I have written it down")
    assert not app.code
    back = opened("join", arrival="join", arrival_code=lx_room.join_code)
    back.run()
    back.text_input(key="join_return").set_value(code).run()
    pressed(back, "Come back in")
    assert back.session_state["seat"] == app.session_state["seat"]


def answering(made: Room, place: int = 0) -> AppTest:
    app = opened("join", arrival="join", seat=made.people[place])
    return app.run()


def fill(app: AppTest, **typed: str) -> None:
    for name, text in typed.items():
        kind = app.text_area if name == "reason" else app.text_input
        next(one for one in kind if str(one.key).endswith(f" 1 {name}")).set_value(text)
    app.run()


def test_an_answer_is_drafted_refused_and_stored(lx_room: Room) -> None:
    lx_room.move("private")
    app = answering(lx_room)
    assert "Period: 2024" in said(app).replace("\\", "")
    fill(app, low="0.5", high="0.1", best="x", reason=HOSTILE)
    place = f"answer {ITEM} 1"
    assert "0.5" in str(load_draft(lx_room.store, lx_room.people[0], place))
    pressed(app, "Send my answer")
    assert "found 'x'" in app.error[0].value.replace("\\", "")
    assert not own_answers(lx_room.store, lx_room.people[0], ITEM)
    fill(app, low="0.01", high="0.1", best="0.03", likelihood="0.3")
    pressed(app, "Send my answer")
    assert not app.exception
    assert own_answers(lx_room.store, lx_room.people[0], ITEM)[0].estimate.reason == HOSTILE
    assert load_draft(lx_room.store, lx_room.people[0], place) is None
    assert "<script" not in said(app).replace("\\<script", "")


def test_a_draft_comes_back_in_another_browser(lx_room: Room) -> None:
    lx_room.move("private")
    app = answering(lx_room)
    fill(app, low="0.0123")
    again = answering(lx_room)
    assert any(one.value == "0.0123" for one in again.text_input)


def test_nothing_of_others_before_the_reveal_and_no_names_after(lx_room: Room) -> None:
    lx_room.move("private")
    lx_room.all_answer(reason="only mine 4711")
    app = answering(lx_room)
    pressed_before = said(app)
    assert pressed_before.count("only mine 4711") == 1
    assert not app.get("plotly_chart")
    lx_room.move("revealed")
    app.run()
    assert len(app.get("plotly_chart")) == 2
    assert "Person" not in said(app)
    assert "climrisk" not in app.session_state, "the study was not even opened"


def test_plan_with_missing_texts_waits_and_then_starts(study: Path, store: Store) -> None:
    app = opened("workshop", climrisk=Session.opened(study))
    app.run()
    assert "Still needed" in said(app)
    app.text_input(key="plan_holder").set_value("Risk office").run()
    assert "120 minutes needed, 120 available: 7 of 7 items fit" in said(app).replace("\\", "")
    app.text_input(key="new_pin").set_value("short")
    pressed(app, "Start the session")
    assert "a PIN of 5 signs" in app.error[0].value.replace("\\", "")
    app.text_input(key="new_pin").set_value("long-enough")
    pressed(app, "Start the session")
    assert not app.exception
    assert app.session_state["desk"].seat.role == "facilitator"


def test_a_bundled_study_is_copied_before_a_session_starts(store: Store) -> None:
    app = opened("workshop", climrisk=Session.opened(ROOT / "data" / "lx-technology-2023"))
    app.run()
    app.text_input(key="plan_holder").set_value("Risk office").run()
    start = next(one for one in app.button if one.label == "Start the session")
    assert start.disabled


def test_a_wrong_pin_opens_nothing(lx_room: Room, study: Path) -> None:
    app = opened("workshop", climrisk=Session.opened(study))
    app.run()
    app.segmented_control(key="starting").set_value("open").run()
    app.text_input(key="open_pin").set_value("not-the-pin")
    pressed(app, "Enter")
    assert "wrong code" in app.error[0].value
    assert "desk" not in app.session_state


def test_from_private_round_to_the_register(lx_room: Room, study: Path) -> None:
    app = desk_of(lx_room, study)
    pressed(app, "Open private round 1")
    pressed(app, "Reveal round 1")
    assert "at least 4" in app.error[0].value.replace("\\", "")
    lx_room.all_answer()
    pressed(app, "Reveal round 1")
    assert len(app.get("plotly_chart")) == 2
    before = (study / "register.yaml").read_text(encoding="utf-8")
    pressed(app, "Commit")
    assert not app.exception
    after = (study / "register.yaml").read_text(encoding="utf-8")
    assert after != before
    assert app.session_state["climrisk"].history.now == read_study(study)
    assert "Committed" in said(app)
    pressed(app, "Reopen the item")
    assert any(one.label == "Open private round 2" for one in app.button)


def test_a_file_that_changed_is_shown_not_overwritten(lx_room: Room, study: Path) -> None:
    lx_room.move("private")
    lx_room.all_answer()
    lx_room.move("revealed")
    app = desk_of(lx_room, study)
    file = study / "register.yaml"
    changed = file.read_text(encoding="utf-8").replace("owner:", "owner: Somebody else #", 1)
    file.write_text(changed, encoding="utf-8")
    pressed(app, "Commit")
    assert "Somebody else" in app.code[-1].value
    assert file.read_text(encoding="utf-8") == changed
    pressed(app, "Take over what the file says now")
    pressed(app, "Commit")
    assert "Somebody else" in file.read_text(encoding="utf-8")
    assert "Committed" in said(app)


def test_every_part_of_the_desk_runs_in_chinese(lx_room: Room, study: Path) -> None:
    lx_room.move("private")
    app = desk_of(lx_room, study)
    app.session_state["language"] = "zh-Hant"
    for part in ("people", "notes", "warm_up", "out", "items"):
        app.segmented_control(key="desk_part").set_value(part).run()
        assert not app.exception
        assert not app.error


def test_the_wall_shows_counts_then_what_is_revealed(lx_room: Room) -> None:
    lx_room.move("private")
    lx_room.all_answer(reason="only mine 4711")
    app = opened("wall", arrival="wall", arrival_code=lx_room.join_code)
    app.run()
    assert "4 of 4 have answered" in said(app)
    assert "4711" not in said(app)
    lx_room.move("revealed")
    app.run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 2


def test_a_rehearsal_reveals_and_stores_nothing(study: Path, store: Store) -> None:
    app = opened("workshop", climrisk=Session.opened(study))
    app.run()
    app.text_input(key="plan_holder").set_value("Risk office").run()
    pressed(app, "Open private round 1")
    pressed(app, "Reveal round 1")
    assert not app.exception
    assert app.get("plotly_chart")
    with store.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM estimate").scalar()
    assert count == 0


def test_the_next_item_comes_up_once_one_is_answered(lx_room: Room) -> None:
    for item in (ITEM, ONGOING):
        lx_room.move("private", item=item)
    app = opened("join", seat=lx_room.people[0]).run()
    assert not any(one.key == "onward" for one in app.button)
    submit(lx_room.store, lx_room.people[0], ITEM, answer(ITEM), "t1")
    app.run()
    app.button(key="onward").click().run()
    assert app.session_state["seat_item"] == ONGOING
    submit(lx_room.store, lx_room.people[0], ONGOING, answer(ONGOING), "t2")
    app.run()
    assert not any(one.key == "onward" for one in app.button)


def test_the_plan_of_a_running_session_changes_and_what_was_asked_stays(
    lx_room: Room, study: Path
) -> None:
    lx_room.move("private")
    app = desk_of(lx_room, study)
    app.segmented_control(key="desk_part").set_value("plan").run()
    assert not app.exception
    assert app.multiselect(key="plan_items").value == [ITEM, ONGOING]
    app.multiselect(key="plan_items").set_value([ITEM, ONGOING, "R-MKT-1"]).run()
    app.text_input(key="plan_title").set_value("Renamed").run()
    pressed(app, "Change the plan")
    assert not app.exception
    plan = view_session(lx_room.store, lx_room.id).plan
    assert plan.title == "Renamed"
    assert [one.item for one in plan.questions] == [ITEM, ONGOING, "R-MKT-1"]
    assert plan.question(ITEM) == lx_plan().question(ITEM)
    app.multiselect(key="plan_items").set_value([ONGOING]).run()
    pressed(app, "Change the plan")
    assert "already asked" in said(app)
    assert len(view_session(lx_room.store, lx_room.id).plan.questions) == 3


def test_names_are_destroyed_at_the_desk_after_a_second_word(lx_room: Room, study: Path) -> None:
    app = desk_of(lx_room, study)
    app.segmented_control(key="desk_part").set_value("people").run()
    destroy = next(one for one in app.button if one.label == "Destroy the names")
    assert destroy.disabled
    app.checkbox(key="destroy_sure").check().run()
    pressed(app, "Destroy the names")
    assert "4 names destroyed" in said(app)
    assert view_session(lx_room.store, lx_room.id).is_anonymised
    app.run()
    assert "names of this session are destroyed" in said(app)


def test_behind_a_proxy_only_operators_see_the_study(
    lx_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIMRISK_APP_USER_HEADER", "X-Forwarded-Email")
    monkeypatch.setenv("CLIMRISK_APP_OPERATORS", "ana@example.com")
    app = opened().run()
    assert "climrisk" not in app.session_state
    assert app.title[0].value == translate("room.join.title", "en")


def phases(made: Room) -> dict[str, str]:
    return {one.item: one.state.phase for one in board(made.store, made.id)}


def test_all_items_open_at_once_for_answers_before_the_meeting(lx_room: Room, study: Path) -> None:
    app = desk_of(lx_room, study)
    pressed(app, "Open 2 items")
    assert not app.exception
    assert phases(lx_room) == {ITEM: "private", ONGOING: "private"}
    assert not [one for one in app.button if one.key == "open_several"]


def test_a_group_of_items_opens_at_once(store: Store, study: Path) -> None:
    questions = [question(name) for name in (ITEM, "O-ADP-1", ONGOING)]
    made = room(store, people=0, study="my-study", questions=questions)
    app = desk_of(made, study)
    app.button_group(key="open_groups").set_value(["kinds.risk"]).run()
    assert app.multiselect(key="open_items").value == [ITEM, ONGOING]
    pressed(app, "Open 2 items")
    assert phases(made) == {ITEM: "private", "O-ADP-1": "planned", ONGOING: "private"}


def test_groups_are_kinds_and_categories_of_several_items(study: Path) -> None:
    register = dict(read_study(study).items)
    register["R-ACU-2"] = register[ITEM]
    assert groups([ITEM, "O-ADP-1", ONGOING, "R-ACU-2", "gone"], register) == {
        "kinds.risk": [ITEM, ONGOING, "R-ACU-2"],
        "kinds.opportunity": ["O-ADP-1"],
        "category.acute": [ITEM, "R-ACU-2"],
    }


def test_the_desk_tells_who_has_not_answered_and_names_only_on_request(
    lx_room: Room, study: Path
) -> None:
    app = desk_of(lx_room, study)
    assert not [one for one in app.toggle if one.key == "desk_names"], "nothing is open"
    lx_room.move("private")
    submit(lx_room.store, lx_room.people[1], ITEM, answer(ITEM, reason="only mine 4711"), "t")
    app.run()
    assert "1, 3, 4" in plainly(app)
    assert "Person" not in said(app)
    assert "4711" not in said(app)
    assert looks(lx_room) == 0
    for _ in range(3):
        app.toggle(key="desk_names").set_value(True).run()
    assert "Person 1 (1), Person 3 (3), Person 4 (4)" in plainly(app)
    assert looks(lx_room) == 1, "once, however often the page is drawn"


def plainly(app: AppTest) -> str:
    return said(app).replace("\\", "")


def looks(made: Room) -> int:
    """Count how often the names were read, as the trail tells it."""
    return [one.kind for one in events(made.store, made.facilitator)].count("names exported")


def test_the_timer_is_paused_and_given_more_time_at_the_desk(lx_room: Room, study: Path) -> None:
    app = desk_of(lx_room, study)
    app.text_input(key="timer_label").set_value("Discussion")
    app.button(key="timer_start").click().run()
    app.button(key="timer_pause").click().run()
    stands = running_timer(lx_room.store, lx_room.id)
    assert stands is not None
    assert stands.is_paused
    app.button(key="timer_more_5").click().run()
    longer = running_timer(lx_room.store, lx_room.id)
    assert longer is not None
    assert longer.seconds == stands.seconds + 300
    assert "paused" in said(app)
    app.button(key="timer_continue").click().run()
    app.button(key="timer_stop").click().run()
    assert running_timer(lx_room.store, lx_room.id) is None
    assert not app.error


def test_the_order_of_asking_is_changed_while_the_session_runs(lx_room: Room, study: Path) -> None:
    lx_room.move("private")
    app = desk_of(lx_room, study)
    app.segmented_control(key="desk_part").set_value("plan").run()
    assert app.button(key=f"plan earlier {ITEM}").disabled
    app.button(key=f"plan later {ITEM}").click().run()
    assert app.multiselect(key="plan_items").value == [ONGOING, ITEM]
    pressed(app, "Change the plan")
    assert not app.exception
    assert list(phases(lx_room)) == [ONGOING, ITEM]


def test_a_session_of_another_study_is_found_and_opened_with_its_pin(
    store: Store, study: Path
) -> None:
    made = create_session(store, lx_plan(), "my-study", PIN, folder=study)
    room(store, people=0, study="somewhere-else")
    app = opened("workshop", climrisk=Session.opened(ROOT / "data" / "lx-technology-2023"))
    app.run()
    app.segmented_control(key="starting").set_value("open").run()
    for told in ("my-study", "somewhere-else", "nothing asked yet"):
        assert told in plainly(app)
    app.selectbox(key="open_session").select(made.seat.session)
    app.text_input(key="open_pin").set_value("not-the-pin")
    pressed(app, "Enter")
    assert "wrong code" in app.error[0].value
    assert app.session_state["climrisk"].folder != study
    app.text_input(key="open_pin").set_value(PIN)
    pressed(app, "Enter")
    assert not app.exception
    assert app.session_state["climrisk"].folder == study
    assert app.session_state["desk"].seat == made.seat


def test_a_session_whose_study_is_not_here_says_so(store: Store, study: Path) -> None:
    room(store, people=0, study="somewhere-else")
    app = opened("workshop", climrisk=Session.opened(study))
    app.run()
    app.segmented_control(key="starting").set_value("open").run()
    app.text_input(key="open_pin").set_value(PIN)
    pressed(app, "Enter")
    told = app.error[0].value.replace("\\", "")
    assert "somewhere-else of this session is not on this computer" in told
    assert "desk" not in app.session_state


def test_a_page_loaded_anew_finds_the_seat_that_the_browser_kept(
    lx_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    lx_room.move("private")
    kept: dict[str, str] = {}
    monkeypatch.setattr(kept_seat, "sent", kept.get)
    name = f"climrisk_seat_{lx_room.join_code}"
    code = lx_room.return_codes[2]
    first = opened("join", arrival="join", arrival_code=lx_room.join_code).run()
    first.text_input(key="join_return").set_value(code.lower())
    pressed(first, "Come back in")
    number, _, secret = code.partition("-")
    assert first.session_state["seat_cookie"] == (name, f"{number}-{secret.replace('-', '')}")
    kept[name] = first.session_state["seat_cookie"][1]
    again = opened("join", arrival="join", arrival_code=lx_room.join_code).run()
    assert again.session_state["seat"] == lx_room.people[2]
    assert "You are participant 3" in [one.label for one in again.expander]
    assert secret not in str(again.query_params)
    again.session_state["answer left by 3"] = "0.5"
    again.button(key="leave_seat").click().run()
    assert "seat" not in again.session_state
    assert "answer left by 3" not in again.session_state
    assert again.session_state["seat_cookie"] == (name, "")


def test_a_kept_code_that_is_void_is_forgotten_and_tried_once(
    lx_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"climrisk_seat_{lx_room.join_code}"
    monkeypatch.setattr(kept_seat, "sent", {name: lx_room.return_codes[0]}.get)
    renewed = renew_return_code(lx_room.store, lx_room.facilitator, 1)
    app = opened("join", arrival="join", arrival_code=lx_room.join_code).run()
    for _ in range(6):
        app.run()
    assert app.session_state["seat_cookie"] == (name, "")
    assert resume(lx_room.store, lx_room.id, renewed) == lx_room.people[0]


def test_a_participants_list_says_what_an_item_waits_for(lx_room: Room) -> None:
    lx_room.move("private")
    app = opened("join", seat=lx_room.people[0]).run()
    assert "waiting for you" in app.selectbox[1].options[0]
    submit(lx_room.store, lx_room.people[0], ITEM, answer(ITEM), "t1")
    app.run()
    before = app.selectbox[1]
    assert "waiting" not in before.options[0]
    assert before.value == ITEM


def test_the_trail_is_told_in_chinese(lx_room: Room, study: Path) -> None:
    lx_room.move("private")
    app = desk_of(lx_room, study)
    app.session_state["language"], app.session_state["desk_part"] = "zh-Hans", "out"
    app.run()
    assert not app.exception
    trail = app.dataframe[-1].value.drop(columns=["项目", "时间（UTC）"])
    assert not re.search("[a-z]{2,}", trail.to_string(header=False, index=False))


def test_a_changed_answer_begins_with_what_was_given(lx_room: Room) -> None:
    lx_room.move("private")
    seat = lx_room.people[0]
    submit(lx_room.store, seat, ITEM, answer(ITEM), "t1")
    app = opened("join", seat=seat).run()
    pressed(app, "Change my answer")
    typed = {one.label.partition(":")[0]: one.value for one in app.text_input[::-1]}
    given = answer(ITEM).as_given()
    assert [float(typed[name] or "nan") for name in ("Low", "Best", "High")] == [
        given[name] for name in ("low", "best", "high")
    ]
    pressed(app, "Send my answer")
    assert not app.exception
    assert not app.error
    assert own_answers(lx_room.store, seat, ITEM)[0].estimate == answer(ITEM)


def test_a_percentage_is_refused_with_how_to_write_it(lx_room: Room) -> None:
    lx_room.move("private")
    app = opened("join", seat=lx_room.people[0]).run()
    next(one for one in app.text_input if one.label == "Likelihood, best").set_value("30%")
    pressed(app, "Send my answer")
    assert "Write 30% as 0.3" in app.error[0].value.replace("\\", "")


def test_a_page_loaded_anew_finds_the_folder_that_it_made(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["app.py", "lx-technology-2023"])
    monkeypatch.chdir(tmp_path)
    app = opened("workshop").run()
    app.text_input(key="own_folder").set_value("found-again").run()
    pressed(app, "Save as a new folder")
    assert app.session_state["climrisk"].folder == tmp_path / "found-again"
    anew = opened("workshop")
    anew.query_params["study"] = "found-again"
    anew.run()
    assert anew.session_state["climrisk"].folder == tmp_path / "found-again"
    for name in ("my-study", "../my-study", str(tmp_path / "my-study")):
        other = opened("workshop")
        other.query_params["study"] = name
        other.run()
        assert other.session_state["climrisk"].folder.name == "lx-technology-2023"


def test_who_loads_the_desk_anew_goes_on_with_the_session(lx_room: Room, study: Path) -> None:
    app = opened("workshop", climrisk=Session.opened(study)).run()
    assert [one.label for one in app.text_input] == ["The facilitator's PIN"]


def test_the_address_remembers_language_and_size(lx_room: Room) -> None:
    app = opened("wall", arrival="wall", arrival_code=lx_room.join_code, language="zh-Hans").run()
    assert app.query_params["lang"] in ("zh-Hans", ["zh-Hans"])
    assert app.query_params["large"] in ("1", ["1"])
    app.session_state["language"] = "en"
    app.run()
    assert "lang" not in app.query_params
