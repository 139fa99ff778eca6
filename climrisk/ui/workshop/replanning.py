"""The plan of a session that runs: what was not asked yet may still change."""

from __future__ import annotations

from typing import Any

import streamlit as st

from climrisk.ui.safe import plain
from climrisk.ui.state import say
from climrisk.ui.workshop import planning
from climrisk.ui.workshop.rooms import done, rooms
from climrisk.workshop.phase import State
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.sessions import SessionView, replan

__all__ = ["kept_fields", "show", "with_asked"]


def show(seat: Seat, view: SessionView) -> None:
    """Show the plan's fields, and store them on request."""
    st.markdown(plain(say("room.replan.about")))
    planning.fill(view.id, kept_fields(view.plan))
    plan = planning.show()
    if plan is None:
        return
    asked = [item for item, state in view.states.items() if state != State()]
    wanted = with_asked(plan, view.plan, asked)
    if not st.button(say("room.replan.button"), type="primary", disabled=wanted == view.plan):
        return
    if done(lambda: replan(rooms(), seat, wanted)):
        st.rerun()


def with_asked(plan: SessionPlan, before: SessionPlan, asked: list[str]) -> SessionPlan:
    """Return a plan whose questions that people have seen stand as they were put to them."""
    seen = {one.item: one for one in before.questions if one.item in asked}
    questions = tuple(seen.get(one.item, one) for one in plan.questions)
    return plan.model_copy(update={"questions": questions})


def kept_fields(plan: SessionPlan) -> dict[str, Any]:
    """Return what the fields of the planning page hold for a plan."""
    kept: dict[str, Any] = {
        **{name: getattr(plan, name) for name in ("title", "purpose", "holder", "contact")},
        "retain_days": plan.retain_days,
        "interval": plan.interval,
        "groups": ", ".join(plan.groups),
        "minutes": plan.minutes,
        "before": plan.round_one_before,
        "items": [one.item for one in plan.questions],
    }
    for step in (*plan.session_steps, *plan.item_steps):
        kept[f"step {step.name}"] = step.minutes
    for one in plan.questions:
        kept[f"impact {one.item}"] = one.impact
        kept[f"who {one.item}"] = list(one.answered_by)
        kept[f"minutes {one.item}"] = one.minutes or 0
    return kept
