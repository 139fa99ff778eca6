"""A statement in fields: its form, its numbers, and back to the plain data of the study's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from climrisk.domain.base import Provenance
from climrisk.errors import Fault, InvalidStudyError
from climrisk.ui.state import say, words

__all__ = ["FORMS", "form_of", "number", "restated", "show_fields", "stated_in_fields"]

FORMS: Final[dict[str, tuple[str, ...]]] = {
    "constant": ("value",),
    "pair": ("p5", "p95"),
    "three": ("p5", "p50", "p95"),
    "pert": ("low", "mode", "high"),
    "mean_cv": ("mean", "cv"),
}


def form_of(plain: Any) -> str | None:
    """Return the form of a statement, None where the fields have none for it."""
    numbers = set(_numbers(plain))
    return next((form for form, names in FORMS.items() if set(names) == numbers), None)


def restated(plain: Any, form: str, texts: Mapping[str, str]) -> Any:
    """Return a statement in a form with the numbers that texts state; its source is kept.

    Raises
    ------
    InvalidStudyError
        Naming every text that is no number.
    """
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name in FORMS[form]:
        try:
            found[name] = number(name, texts[name])
        except InvalidStudyError as error:
            faults += error.faults
    if faults:
        raise InvalidStudyError(faults)
    about = (
        {key: one for key, one in plain.items() if key in Provenance.model_fields}
        if (isinstance(plain, Mapping))
        else {}
    )
    return found["value"] if form == "constant" and not about else {**found, **about}


def number(field: str, text: str) -> float:
    """Return the number that somebody typed.

    Raises
    ------
    InvalidStudyError
        If the text is no finite number.
    """
    try:
        value = float(text.strip())
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        found = f"found {text.strip()[:40]!r}"
        raise InvalidStudyError([Fault(field, 0, "", found, "allowed: a number such as 0.25")])
    return value


def show_fields(plain: Any, key: str) -> None:
    """Show a statement in fields; `stated_in_fields` tells what they state."""
    own = form_of(plain)
    st.segmented_control(
        say("app.statement.form"),
        list(FORMS),
        default=_by_default(own),
        format_func=words("app.statement", FORMS).__getitem__,
        key=f"{key} form",
    )
    form, before = _form(own, key), _texts(plain)
    for column, name in zip(st.columns(len(FORMS[form])), FORMS[form], strict=True):
        column.text_input(
            say(f"app.statement.field.{name}"),
            before.get(name, ""),
            key=f"{key} {form} {name}",
            max_chars=40,
        )


def stated_in_fields(plain: Any, key: str) -> Any:
    """Return what the fields of a statement state now; the statement where none is shown.

    What has no form here, such as a pool, stays as it is until its fields are filled in.

    Raises
    ------
    InvalidStudyError
        Naming every field that holds no number.
    """
    form, before = _form(form_of(plain), key), _texts(plain)
    texts = {
        name: st.session_state.get(f"{key} {form} {name}", before.get(name, ""))
        for name in FORMS[form]
    }
    nothing_typed = not before and not any(texts.values())
    return plain if texts == before or nothing_typed else restated(plain, form, texts)


def _form(own: str | None, key: str) -> str:
    return st.session_state.get(f"{key} form") or _by_default(own)


def _by_default(own: str | None) -> str:
    return own or "three"


def _texts(plain: Any) -> dict[str, str]:
    """Return the numbers of a statement as its fields print them; none where it has no form."""
    if form_of(plain) is None:
        return {}
    return {name: repr(one) for name, one in _numbers(plain).items()}


def _numbers(plain: Any) -> dict[str, float]:
    if isinstance(plain, int | float):
        return {"value": float(plain)}
    if not isinstance(plain, Mapping):
        return {}
    return {key: one for key, one in plain.items() if key not in Provenance.model_fields}
