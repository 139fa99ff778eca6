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
from climrisk.names import LANGUAGES, Language
from climrisk.ui import item_card
from climrisk.ui.effect import expect_effect
from climrisk.ui.faults import say_refusal, told_as_sentences
from climrisk.ui.parts import HALF, labels_of, results, show
from climrisk.ui.safe import plain as as_text
from climrisk.ui.state import say, session, word, words
from climrisk.ui.statement import show_fields, stated_in_fields

__all__ = ["show_form"]

Place = tuple[str, ...]
CONFIDENCES: Final = ("very_low", "low", "medium", "high", "very_high")
LONGEST: Final = 2000
MADE: Final = "made"
"""What the fields were last, and the study that they make, in a session's state."""
FIELDS: Final = "fields"
"""The item that the fields show, what it states in the study, and by what they are known."""
APPLIED: Final = "applied"
"""Whether the form was applied and the rest of the page does not show it yet."""


@st.fragment
def show_form(item_id: str) -> None:
    """Show the fields of an item; what they state is drawn at once and applied on request.

    Only the form is drawn anew while somebody types, and the whole page once it is applied.
    """
    if st.session_state.pop(APPLIED, False):
        st.rerun()
    with told_as_sentences():
        _show(item_id)


def _show(item_id: str) -> None:
    history = session().history
    before = entry(history.now, "items", item_id)
    key = _fields(item_id, before)
    _show_words(before, key)
    for place in _statements(before):
        st.markdown(f"**{as_text(_heading(before, place))}**")
        show_fields(_at(before, place), _key(key, place))
    try:
        made = _made(item_id, key)
    except InvalidStudyError as error:
        say_refusal(error)
        return
    changed = made != history.now
    st.button(
        say("app.apply"), type="primary", disabled=not changed, key=f"{key} apply",
        on_click=_apply, args=(item_id, key),
    )  # fmt: skip
    _read_back(made, item_id)
    if changed:
        expect_effect(made)


def _fields(item_id: str, before: dict[str, Any]) -> str:
    """Return by what the fields are known: the same ones until they show another state.

    New fields take the focus away, and what was typed.
    """
    held = st.session_state.get(FIELDS)
    if held is None or held[:2] != (item_id, before):
        held = item_id, before, f"form {item_id} {session().history.revision}"
        st.session_state[FIELDS] = held
    return str(held[2])


def _apply(item_id: str, key: str) -> None:
    """Apply what the fields state when the button is pressed: later than they were drawn."""
    history = session().history
    try:
        history.edit(item_id, _made(item_id, key))
    except InvalidStudyError:
        return  # the fields are shown again, with their faults
    st.session_state[FIELDS] = item_id, entry(history.now, "items", item_id), key
    st.session_state[APPLIED] = True


def _made(item_id: str, key: str) -> Study:
    """Return the study that the fields make; the same one as long as they state the same."""
    now = session().history.now
    after = _filled(entry(now, "items", item_id), key)
    held: tuple[str, dict[str, Any], Study] | None = st.session_state.get(MADE)
    if held is None or held[:2] != (key, after):
        held = key, after, with_entry(now, "items", item_id, after)
        st.session_state[MADE] = held
    return held[2]


def _filled(before: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return an item's plain data with what the fields state."""
    after = copy.deepcopy(dict(before))
    _fill_in_words(after, key)
    with_faults: list[InvalidStudyError] = []
    for place in _statements(before):
        holder = _at(after, place[:-1])
        try:
            holder[place[-1]] = stated_in_fields(holder[place[-1]], _key(key, place))
        except InvalidStudyError as error:
            with_faults.append(error)
    if with_faults:
        raise InvalidStudyError([fault for error in with_faults for fault in error.faults])
    return after


def _at(plain: Mapping[str, Any], place: Place) -> Any:
    """Return what stands at a place of an item's plain data."""
    found: Any = plain
    for step in place:
        found = found[step]
    return found


def _key(key: str, place: Place) -> str:
    return f"{key} {'.'.join(place)}"


def _heading(item: Mapping[str, Any], place: Place) -> str:
    """Return what a statement is about: the likelihood, or the line of an impact."""
    about = say("term.likelihood")
    if place[0] == "impact":
        about = word("line", str(item["impact"][place[1]]["line"]))
    return f"{about} · {word('statement_of', place[-1])}"


def _show_words(before: Mapping[str, Any], key: str) -> None:
    shown = session().language
    for one in LANGUAGES:
        if one != shown and _title(key, one) in st.session_state:  # else forgotten with its field
            st.session_state[_title(key, one)] = st.session_state[_title(key, one)]
    st.text_input(
        say("app.column.title"), before["title"].get(shown, ""), key=_title(key, shown),
        max_chars=200,
    )  # fmt: skip
    owner, confidence = st.columns(2)
    owner.text_input(
        say("app.fact.owner"), before.get("owner", ""), key=f"{key} owner", max_chars=200
    )
    confidence.selectbox(
        say("app.fact.confidence"), CONFIDENCES, key=f"{key} confidence",
        index=CONFIDENCES.index(before["confidence"]) if "confidence" in before else None,
        format_func=words("app.confidence", CONFIDENCES).__getitem__,
        placeholder=say("app.field.choose"),
    )  # fmt: skip
    st.text_input(
        say("app.fact.source"), before.get("source", ""), key=f"{key} source", max_chars=LONGEST
    )


def _title(key: str, language: Language) -> str:
    """Return the key of a title's field: each language has a title of its own."""
    return f"{key} title {language}"


def _fill_in_words(after: dict[str, Any], key: str) -> None:
    stated = after["title"]
    titles = {one: st.session_state.get(_title(key, one), stated.get(one, "")) for one in LANGUAGES}
    after["title"] = {name: text for name, text in titles.items() if text}
    for name in ("owner", "confidence", "source"):
        value = st.session_state.get(f"{key} {name}", after.get(name))
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
