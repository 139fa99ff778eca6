"""The plan of a session: which items, one main impact each, who answers, and whether time suffices.

What was typed is kept while other pages are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from climrisk.domain.elicitation.question import Question, question_about
from climrisk.domain.item import Item
from climrisk.errors import WorkshopError
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say, session, word
from climrisk.ui.workshop.rooms import attempt
from climrisk.workshop.plan import ITEM_STEPS, SESSION_STEPS, SessionPlan, Step, read_plan

__all__ = ["fill", "show"]

FIRST_ITEMS: Final = 7
"""Items that the template of 120 minutes holds."""
KEEP: Final = "plan_kept"
ITEMS: Final = "plan_items"
FILLED: Final = "filled_with_plan"


def fill(session: str, kept: Mapping[str, Any]) -> None:
    """Fill the fields with the plan of a session, once."""
    if st.session_state.get(FILLED) == session:
        return
    for key in [one for one in st.session_state if str(one).startswith(("plan_", "plan "))]:
        del st.session_state[key]
    st.session_state[KEEP], st.session_state[FILLED] = dict(kept), session


def show() -> SessionPlan | None:
    """Show the plan's fields and return the plan, None while it has faults."""
    here = session()
    ready, waiting = _askable(here.history.now.items)
    st.subheader(say("room.plan.heading"))
    _texts()
    if waiting:
        listed = ", ".join(waiting)
        st.warning(plain(say("room.plan.not_ready", items=listed)), icon=":material/pending:")
    titles = {
        name: f"{name} {one.title.best(language())}" for name, one in here.history.now.items.items()
    }
    first = [name for name in _kept("items", ready[:FIRST_ITEMS]) if name in ready]
    st.session_state.setdefault(ITEMS, first)
    chosen = st.multiselect(
        say("room.plan.items"), ready, format_func=titles.__getitem__, key=ITEMS,
        placeholder=say("app.field.choose"),
    )  # fmt: skip
    _keep("items", chosen)
    groups = [one.strip() for one in str(_kept("groups", "")).split(",") if one.strip()]
    stated = [_question(name, here.history.now.items[name], titles[name], groups)
              for name in chosen]  # fmt: skip
    if not chosen:
        st.info(say("room.plan.no_items"))
        return None
    plan = _plan([one for one in stated if one is not None], groups)
    if plan is not None:
        _time(plan)
    return plan


def _askable(items: Any) -> tuple[list[str], list[str]]:
    ready, waiting = [], []
    for name, item in items.items():
        try:
            question_about(name, item)
            ready.append(name)
        except WorkshopError:
            waiting.append(name)
    return ready, waiting


def _texts() -> None:
    left, right = st.columns(2)
    for column, names in ((left, ("title", "holder", "groups")), (right, ("purpose", "contact"))):
        for name in names:
            _text(column, name)
    with right:
        days, interval = st.columns(2)
    _keep("retain_days", int(days.number_input(
        say("room.plan.retain_days"), 1, 3650, int(_kept("retain_days", 180)), key="plan_retain",
    )))  # fmt: skip
    odds = ("p10-p90", "p5-p95")
    _keep("interval", interval.selectbox(
        say("room.plan.interval"), odds, index=odds.index(_kept("interval", odds[0])),
        format_func=lambda one: say(f"workshop.question.{one}"), key="plan_interval",
    ))  # fmt: skip


def _text(column: Any, name: str) -> None:
    before = _kept(name, say(f"room.plan.default.{name}") if name in ("title", "purpose") else "")
    typed = column.text_input(
        say(f"room.plan.{name}"), before, key=f"plan_{name}", max_chars=200
    )  # fmt: skip
    _keep(name, typed)


def _question(name: str, item: Item, title: str, groups: list[str]) -> Question | None:
    with st.container(border=True):
        _heading(name, title)
        impact, who, minutes = st.columns([4.4, 1.9, 1.5])
        lines = {key: f"{word('line', one.line)} ({say(f'channel.{one.channel}')})"
                 for key, one in item.impact.items()}  # fmt: skip
        listed = list(lines)
        before = _kept(f"impact {name}", listed[0])
        asked = impact.selectbox(
            say("room.plan.impact"), listed, format_func=lines.__getitem__,
            index=listed.index(before) if before in listed else 0, key=f"plan impact {name}",
        )  # fmt: skip
        known = [one for one in _kept(f"who {name}", []) if one in groups]
        answering = who.multiselect(
            say("room.plan.who"), groups, default=known, key=f"plan who {name}",
            placeholder=say("room.plan.everybody"), disabled=not groups,
        )  # fmt: skip
        time = minutes.number_input(
            say("room.plan.minutes"), 0, 240, int(_kept(f"minutes {name}", 0)),
            key=f"plan minutes {name}", help=say("room.plan.minutes_about"),
        )  # fmt: skip
    for key, one in (("impact", asked), ("who", answering), ("minutes", int(time))):
        _keep(f"{key} {name}", one)
    own = {"answered_by": tuple(answering), **({"minutes": int(time)} if time else {})}
    return attempt(lambda: question_about(name, item, asked, **own))


def _heading(name: str, title: str) -> None:
    """Show an item, and let it be asked earlier or later: the plan is in the order of asking."""
    order = st.session_state[ITEMS]
    place = order.index(name)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(title)}**", width="stretch")
        for step, way, icon in ((-1, "earlier", "arrow_upward"), (1, "later", "arrow_downward")):
            st.button(
                say(f"room.plan.{way}"), key=f"plan {way} {name}", icon=f":material/{icon}:",
                type="tertiary", disabled=not 0 <= place + step < len(order),
                on_click=_swap, args=(place, place + step),
            )  # fmt: skip


def _swap(place: int, other: int) -> None:
    order = list(st.session_state[ITEMS])
    order[place], order[other] = order[other], order[place]
    st.session_state[ITEMS] = order
    _keep("items", order)


def _plan(questions: list[Question], groups: list[str]) -> SessionPlan | None:
    money = session().history.now.settings.money
    steps = _steps()
    stated = {
        **{name: _kept(name, "") for name in ("title", "purpose", "holder", "contact")},
        "retain_days": _kept("retain_days", 180),
        "interval": _kept("interval", "p10-p90"),
        "currency": money.currency,
        "price_year": money.price_year,
        "questions": questions,
        "groups": groups,
        **steps,
    }
    missing = [say(f"room.plan.{name}") for name in ("title", "purpose", "holder")
               if not str(stated[name]).strip()]  # fmt: skip
    if missing:
        st.info(plain(say("room.plan.missing", fields=", ".join(missing))))
        return None
    return attempt(lambda: read_plan(stated))


def _steps() -> dict[str, Any]:
    available = st.number_input(
        say("room.plan.available"), 10, 1440, int(_kept("minutes", 120)), step=5,
        key="plan_available",
    )  # fmt: skip
    before = st.toggle(say("room.plan.before"), bool(_kept("before", False)), key="plan_before")
    _keep("minutes", int(available))
    _keep("before", before)
    with st.expander(say("room.plan.steps"), key="steps_part"):
        session_steps = _timed(SESSION_STEPS)
        item_steps = _timed(ITEM_STEPS)
    return {
        "minutes": int(available),
        "round_one_before": before,
        "session_steps": session_steps,
        "item_steps": item_steps,
    }


def _timed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    timed = []
    for column, step in zip(st.columns(len(steps)), steps, strict=True):
        minutes = column.number_input(
            say(f"workshop.step.{step.name}"), 0, 240, int(_kept(f"step {step.name}",
            step.minutes)), key=f"plan step {step.name}",
        )  # fmt: skip
        _keep(f"step {step.name}", int(minutes))
        timed.append(Step(name=step.name, minutes=int(minutes)))
    return tuple(timed)


def _time(plan: SessionPlan) -> None:
    needed, fitting = plan.minutes_needed, len(plan.items_that_fit)
    said = say("room.plan.needed", needed=f"{needed:g}", available=f"{plan.minutes:g}",
               fit=fitting, total=len(plan.questions))  # fmt: skip
    if fitting == len(plan.questions):
        st.success(plain(said), icon=":material/schedule:")
    else:
        st.warning(plain(said), icon=":material/schedule:")


def _kept(name: str, default: Any) -> Any:
    return st.session_state.setdefault(KEEP, {}).get(name, default)


def _keep(name: str, value: Any) -> None:
    st.session_state.setdefault(KEEP, {})[name] = value
