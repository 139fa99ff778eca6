"""Faults and refusals on a page, in the reader's language where it is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from climrisk.errors import ClimriskError, Fault, InvalidStudyError
from climrisk.ui.safe import plain
from climrisk.ui.state import say, tell

__all__ = ["say_refusal", "told_as_sentences", "told_fault"]


def told_fault(fault: Fault) -> str:
    """Return where a fault is, what stands there, and what may."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    said = say("chart.separator").join(map(tell, filter(None, (fault.found, fault.allowed))))
    return ": ".join(filter(None, (place, fault.field, said)))


def say_refusal(error: ClimriskError) -> None:
    """Show every fault of an error, or what else it says, line by line."""
    if isinstance(error, InvalidStudyError):
        lines = [told_fault(fault) for fault in error.faults]
    else:
        lines = [tell(line) for line in str(error).splitlines()]
    st.error("\n".join(f"- {plain(line)}" for line in lines))


@contextmanager
def told_as_sentences() -> Iterator[None]:
    """Show what goes wrong as a sentence, never as a traceback."""
    try:
        yield
    except ClimriskError as error:
        st.error(plain(tell(str(error))))
