"""What several pages show alike: results with progress, pictures with their words, choices."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st
import xarray as xr

from climrisk.charts import ChartTable, Look, StudyLabels, figure, study_labels
from climrisk.domain.study import Study
from climrisk.names import CONTROLS
from climrisk.ui.cache import Results
from climrisk.ui.figures import figures_in_words
from climrisk.ui.pictures import Pictures, content_of
from climrisk.ui.safe import plain
from climrisk.ui.state import projector, say, session

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = [
    "choices", "expect", "hash_of", "keep", "labels_of", "look", "look_ahead", "notice",
    "picture_ahead", "pictures", "results", "show", "words_and_figures",
]  # fmt: skip

PATIENCE: Final = 0.5
"""Seconds after which a bar says how far a simulation is."""
PAGE: Final = 900
HALF: Final = 430
"""Widths [px] of a picture and of half a page on the narrowest screen, 1024 pixels wide."""
QUIET: Final = {"displayModeBar": False, "displaylogo": False, "responsive": True}


@st.cache_resource(show_spinner=False)
def _held() -> Results:
    return Results()


def results(*outputs: str) -> xr.Dataset:
    """Return the results of the study as it stands, with a bar where it takes time."""
    here = session()
    place, started = st.empty(), time.perf_counter()

    def progress(done: int, total: int) -> None:
        if time.perf_counter() - started > PATIENCE:
            place.progress(done / total, say("app.simulating", draws=f"{here.draws:,}"))

    if _held().is_empty:
        place.info(say("app.first_time"), icon=":material/hourglass_top:")
    wanted = frozenset({"differences", *outputs})
    found = _held().of(here.history.now, here.draws, wanted, progress)
    place.empty()
    return found


def keep(draws: int, found: xr.Dataset) -> None:
    """Hold the results of a final run for every session."""
    everything = frozenset({"differences", "inputs", "measures", "emissions", "models"})
    _held().keep(session().history.now, draws, everything, found)


def expect(study: Study, then: Callable[[xr.Dataset], object]) -> None:
    """Simulate a study that is likely to be asked for next, behind the page; then do the rest.

    Parameters
    ----------
    study : Study
        Such as one with an edit that is not applied yet.
    then : callable
        Is given its results, in another thread: it may not ask for the session.
    """
    _held().begin(study, session().draws, then)


def look_ahead() -> None:
    """Simulate what other pages need, once a page is drawn and nobody waits."""
    here = session()
    _held().complete(here.history.now, here.draws)


def hash_of(study: Study) -> str:
    """Return the input hash of a study."""
    return _held().hash_of(study)


def labels_of(found: xr.Dataset) -> StudyLabels:
    """Return titles and units in the language of the session."""
    here = session()
    return study_labels(here.history.now, found, here.language)


def look(width: int = PAGE) -> Look:
    """Return how pictures are drawn in this session."""
    dark = st.context.theme.type == "dark"
    return Look("dark" if dark else "light", projector(), width)


def show(chart: ChartTable, key: str, width: int = PAGE) -> None:
    """Show a picture with its alternative text, and its words and figures under it."""
    drawn = picture_ahead(width)(chart)
    st.plotly_chart(drawn, theme=None, key=key, config=QUIET, alt=chart.alt)
    words_and_figures(chart.alt, chart.data, key)


def picture_ahead(width: int = PAGE) -> Callable[[ChartTable], Figure]:
    """Return what draws a chart table as this session shows it, once, outside it as well."""
    held, shown = pictures(), look(width)
    return lambda chart: held.of((content_of(chart), shown), lambda: figure(chart, shown))


@st.cache_resource(show_spinner=False)
def pictures() -> Pictures:
    """Return the pictures that were drawn for any session."""
    return Pictures()


@st.fragment
def words_and_figures(alt: str, data: Any, key: str) -> None:
    """Offer a picture in words, and the figures behind it; sent once somebody opens them.

    An expander without a key snaps shut once something above it comes or goes, and one whose state
    is not stated once its label is in another language.
    """
    name = f"words of {key}"
    st.session_state[name] = st.session_state.get(name, False)
    part = st.expander(say("app.in_words"), key=name, on_change="rerun")
    if part.open:
        with part:
            st.markdown(plain(alt))
            st.dataframe(figures_in_words(pd.DataFrame(data)), hide_index=True)


def notice() -> None:
    """Show the study's notice and how many items are not assessed."""
    study = session().history.now
    if study.settings.notice is not None:
        st.info(plain(study.settings.notice.best(session().language)), icon=":material/info:")
    waiting = study.not_assessed
    if waiting:
        names = ", ".join(waiting)
        st.warning(
            plain(say("app.not_assessed", count=len(waiting), total=len(study.items), items=names)),
            icon=":material/pending:",
        )


def choices(*wanted: str) -> None:
    """Offer the scenario, horizon and controls that a page depends on."""
    here = session()
    study = here.history.now
    language = here.language
    titles = {name: one.title.best(language) for name, one in study.scenarios.items()}
    offered: dict[str, tuple[Iterable[str], dict[str, str]]] = {
        "scenario": (study.settings.scenarios, titles),
        "horizon": (study.settings.horizons, _horizons()),
        "control": (CONTROLS, {name: say(f"control.{name}") for name in CONTROLS}),
    }
    for column, name in zip(st.columns(len(wanted)), wanted, strict=True):
        options, words = offered[name]
        _chooser(column, name, list(options), words)


def _chooser(column: Any, name: str, options: list[str], words: dict[str, str]) -> None:
    chosen = getattr(session(), name)
    picked = column.selectbox(
        say(f"app.choose.{name}"),
        options,
        index=options.index(chosen),
        format_func=lambda one: words.get(one, one),
        key=f"widget_{name}",
    )
    st.session_state[name] = picked  # a widget's own value is forgotten where it is not shown


def _horizons() -> dict[str, str]:
    here = session()
    words = {}
    for name, one in here.history.now.settings.horizons.items():
        first, last = one.years
        known = name in ("short", "medium", "long")
        words[name] = f"{say(f'horizon.{name}') if known else name} {first}–{last}"
    return words
