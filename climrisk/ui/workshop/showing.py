"""A revealed round: ranges without names, the pool, disagreement, reasons."""

from __future__ import annotations

import streamlit as st

from climrisk.charts import voices_table
from climrisk.domain.elicitation.question import Question
from climrisk.i18n import significant
from climrisk.i18n.money import money_unit
from climrisk.ui.parts import PAGE, show
from climrisk.ui.safe import plain
from climrisk.ui.state import language, projector, say
from climrisk.ui.workshop.rooms import worded
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.pooling import Disagreement
from climrisk.workshop.reveal import Layer, Reveal
from climrisk.workshop.store.votes import VoteCount

__all__ = ["show_reveal", "show_votes"]

LARGE_PAGE = 780
PHONE = 350


def show_reveal(
    found: Reveal, question: Question, plan: SessionPlan, key: str, *, narrow: bool = False
) -> None:
    """Show what everybody may see of a round."""
    heard = say("room.reveal.heard", round=found.round, count=len(found.voices),
                no_view=found.no_view)  # fmt: skip
    st.markdown(plain(heard))
    unit = money_unit(plan.currency, language())
    title = worded(question, plan).title
    parts = [("severity", found.severity, say("app.unit.share") if question.measure == "share"
              else unit)]  # fmt: skip
    if found.likelihood is not None:
        rate = question.likelihood == "rate"
        unit = say("app.unit.rate" if rate else "room.unit.probability")
        parts.append(("likelihood", found.likelihood, unit))
    for name, layer, measured in parts:
        _flag(layer.disagreement)
        about = say("room.reveal.part", title=title, part=say(f"room.part.{name}"))
        _picture(found, layer, name, about, measured, plan, f"{key} {name}", _width(narrow))
    _reasons(found, key)


def _picture(
    found: Reveal, layer: Layer, name: str, title: str, unit: str, plan: SessionPlan, key: str,
    width: int,
) -> None:  # fmt: skip
    heard = [(getattr(one.estimate, name), one.is_own) for one in found.voices]
    told = [(stated, own) for stated, own in heard if stated is not None]
    chart = voices_table(
        [stated for stated, _ in told],
        layer.quantity,
        own=[own for _, own in told],
        interval=plan.interval,
        title=title,
        unit=unit,
        language=language(),
    )
    show(chart, key, width)


def _width(narrow: bool) -> int:
    """Return the width [px] of a picture; large words leave less of a screen 1024 pixels wide."""
    return PHONE if narrow else LARGE_PAGE if projector() else PAGE


def _flag(found: Disagreement) -> None:
    if not found.flag:
        return
    said = [say("workshop.disagreement.apart")] if found.apart else []
    if found.ratio is not None and found.ratio > 1:
        said.append(say("workshop.disagreement.ratio", ratio=significant(found.ratio)))
    st.warning(plain(" · ".join(said)), icon=":material/forum:")


def _reasons(found: Reveal, key: str) -> None:
    reasons = [one.estimate.reason for one in found.voices if one.estimate.reason.strip()]
    if reasons:
        with st.expander(say("room.reveal.reasons", count=len(reasons)), key=f"reasons {key}"):
            for reason in reasons:
                st.markdown(f"> {plain(reason)}")


def show_votes(count: VoteCount) -> None:
    """Show how a quick vote fell, marked as low evidence."""
    st.markdown(f"**{plain(say('workshop.low_evidence'))}** ({count.voters})")
    bands = [say(f"room.band.{band}") for band in range(1, len(count.impact) + 1)]
    st.dataframe(
        {
            say("room.vote.band"): bands,
            say("room.part.likelihood"): list(count.likelihood),
            say("room.part.severity"): list(count.impact),
        },
        hide_index=True,
    )
