"""The final run: the study's own number of draws, in the background."""

from __future__ import annotations

import streamlit as st

from climrisk.ui.final_run import FinalRun
from climrisk.ui.parts import keep
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session

__all__ = ["show"]

KEY = "final_run"
MOST_DRAWS = 5_000_000


def show() -> None:
    """Offer a final run, or show how far it is."""
    with st.container(border=True):
        run = st.session_state.get(KEY)
        if run is None:
            _offer()
        else:
            _watch()


def _offer() -> None:
    here = session()
    st.markdown(plain(say("app.final.shown", draws=f"{here.draws:,}")))
    draws = st.number_input(
        say("app.final.draws"), 1000, MOST_DRAWS, 200_000, step=10_000, key="final_draws"
    )
    start, quick = st.columns(2)
    if start.button(say("app.final.start"), icon=":material/play_arrow:", width="stretch"):
        run = FinalRun(here.history.now, int(draws))
        run.start()
        st.session_state[KEY] = run
        st.rerun()
    if here.draws != here.quick and quick.button(say("app.final.quick"), width="stretch"):
        here.draws = here.quick
        st.rerun()


@st.fragment(run_every=0.5)
def _watch() -> None:
    run: FinalRun = st.session_state[KEY]
    if run.running:
        st.progress(run.share, say("app.simulating", draws=f"{run.draws:,}"))
        if st.button(say("app.final.stop"), icon=":material/stop:"):
            run.stop()
        return
    del st.session_state[KEY]
    here = session()
    if run.results is not None and run.study == here.history.now:
        keep(run.draws, run.results)
        here.show_final(run.draws)
    st.rerun()
