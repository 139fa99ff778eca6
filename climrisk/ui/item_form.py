"""One item in fields: words, likelihood and sizes, drawn and read back as they are typed."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Final

import streamlit as st

from climrisk.analysis.incremental import INTERACTIVE
from climrisk.charts import distribution_table
from climrisk.domain.study import Study
from climrisk.errors import InvalidStudyError
from climrisk.io.register_entry import entry, with_entry
from climrisk.ui import item_card
from climrisk.ui.faults import say_refusal
from climrisk.ui.parts import HALF, labels_of, results, show
from climrisk.ui.safe import plain as as_text
from climrisk.ui.state import say, session, word, words
from climrisk.ui.statement import stated_in_fields

__all__ = ["show_form"]

Place = tuple[str, ...]
CONFIDENCES: Final = ("very_low", "low", "medium", "high", "very_high")
LONGEST: Final = 2000


def show_form(item_id: str) -> None:
    """Show the fields of an item; what they state is drawn at once and applied on request."""
    history = session().history
    before = entry(history.now, "items", item_id)
    key = f"form {item_id} {history.revision}"
    try:
        after = _filled(before, key)
        made = with_entry(history.now, "items", item_id, after)
    except InvalidStudyError as error:
        say_refusal(error)
        return
    changed = made != history.now
    if st.button(say("app.apply"), type="primary", disabled=not changed, key=f"{key} apply"):
        history.edit(item_id, made)
        st.rerun()
    _read_back(made, item_id)


def _filled(before: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return an item's plain data with what the fields state."""
    after = copy.deepcopy(dict(before))
    _words(after, key)
    with_faults: list[InvalidStudyError] = []
    for place in _statements(before):
        st.markdown(f"**{as_text(_heading(before, place))}**")
        holder = after
        for step in place[:-1]:
            holder = holder[step]
        try:
            holder[place[-1]] = stated_in_fields(holder[place[-1]], f"{key} {'.'.join(place)}")
        except InvalidStudyError as error:
            with_faults.append(error)
    if with_faults:
        raise InvalidStudyError([fault for error in with_faults for fault in error.faults])
    return after


def _heading(item: Mapping[str, Any], place: Place) -> str:
    """Return what a statement is about: the likelihood, or the line of an impact."""
    about = say("term.likelihood")
    if place[0] == "impact":
        about = word("line", str(item["impact"][place[1]]["line"]))
    return f"{about} · {word('statement_of', place[-1])}"


def _words(after: dict[str, Any], key: str) -> None:
    language = session().language
    titles = dict(after["title"])
    titles[language] = st.text_input(
        say("app.column.title"), titles.get(language, ""), key=f"{key} title", max_chars=200
    )
    after["title"] = {name: text for name, text in titles.items() if text}
    owner, confidence = st.columns(2)
    named = owner.text_input(
        say("app.fact.owner"), after.get("owner", ""), key=f"{key} owner", max_chars=200
    )
    sure = confidence.selectbox(
        say("app.fact.confidence"), CONFIDENCES, key=f"{key} confidence",
        index=CONFIDENCES.index(after["confidence"]) if "confidence" in after else None,
        format_func=words("app.confidence", CONFIDENCES).__getitem__,
        placeholder=say("app.field.choose"),
    )  # fmt: skip
    source = st.text_input(
        say("app.fact.source"), after.get("source", ""), key=f"{key} source", max_chars=LONGEST
    )
    stated = {"owner": named, "confidence": sure, "source": source}
    for name, value in stated.items():
        if value:
            after[name] = value
        else:
            after.pop(name, None)


def _statements(item: Mapping[str, Any]) -> Iterator[Place]:
    """Yield where an item's likelihood and sizes stand in its plain data."""
    for name in ("probability", "rate"):
        if name in item.get("occurrence", {}):
            yield "occurrence", name
    for impact, stated in item.get("impact", {}).items():
        for name in ("amount", "share"):
            if name in stated:
                yield "impact", impact, name


def _read_back(made: Study, item_id: str) -> None:
    """Draw every distribution as the fields state it now."""
    labels = labels_of(results(*INTERACTIVE))
    stated = list(item_card.quantities(made.items[item_id]))
    for column, (title, unit, quantity) in zip(st.columns(2) * len(stated), stated, strict=False):
        with column:
            chart = distribution_table(quantity, labels, title=title, unit=unit)
            show(chart, f"read back {item_id} {title}", HALF)
