"""Briefing: the board's paper of a run, looked at, approved and taken away."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from climrisk import __version__
from climrisk.domain.approval import Approval
from climrisk.errors import ClimriskError
from climrisk.io.approvals import append_approval, read_approvals
from climrisk.io.briefing_file import read_brand_files, read_briefing
from climrisk.names import LANGUAGES, Language
from climrisk.report.brand import brand_of
from climrisk.report.briefing import Paper, paper
from climrisk.report.formats import FORMATS
from climrisk.report.run_data import RunData, open_run
from climrisk.ui.briefing_run import run_folders, write_shown
from climrisk.ui.faults import say_refusal
from climrisk.ui.parts import notice
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session

__all__ = ["page"]

HEIGHT: Final = 820
MIME: Final = "application/octet-stream"


def page() -> None:
    """Show the paper of a run with its approval, and offer it in every format."""
    st.title(say("app.page.briefing"))
    notice()
    _offer_run()
    folders = run_folders(session().history.now, Path.cwd())
    if not folders:
        st.info(plain(say("app.briefing.no_run")))
        return
    run, made = _chosen(folders)
    _status(run, made)
    _approval(run, made)
    _download(run, made)
    if st.toggle(say("app.briefing.preview"), key="briefing_preview"):
        st.iframe(_written(run, made, "html").decode(), height=HEIGHT)


def _offer_run() -> None:
    here = session()
    if not st.button(say("app.briefing.make", draws=f"{here.draws:,}"), icon=":material/add:"):
        return
    bar = st.progress(0.0)

    def progress(done: int, total: int) -> None:
        bar.progress(done / total)

    try:
        write_shown(here.history.now, here.folder, here.draws, Path.cwd(), progress)
    except ClimriskError as error:
        say_refusal(error)
        return
    bar.empty()


def _chosen(folders: list[Path]) -> tuple[RunData, Paper]:
    """Return the chosen run and its paper in the chosen language."""
    left, middle, right = st.columns(3)
    names = {folder.name: folder for folder in folders}
    run = left.selectbox(say("app.briefing.run"), list(names), key="briefing_run")
    before = ["", *(name for name in names if name != run)]
    since = middle.selectbox(
        say("app.briefing.since"),
        before,
        format_func=lambda name: name or say("app.briefing.no_since"),
        key="briefing_since",
    )
    language: Language = right.selectbox(
        say("app.briefing.language"),
        LANGUAGES,
        index=LANGUAGES.index(session().language),
        format_func=lambda name: say(f"brief.language.{name}"),
        key="briefing_language",
    )
    opened = open_run(names[run])
    earlier = open_run(names[since]) if since else None
    log = read_approvals(opened.folder)
    return opened, paper(opened, language, since=earlier, approvals=log)


def _status(run: RunData, made: Paper) -> None:
    stamp = made.document.stamp
    show = st.warning if stamp.is_draft else st.success
    show(plain(stamp.status))
    for line in made.obstacles:
        st.markdown(f"- {plain(line)}")
    st.caption(plain(f"{run.folder.name} · {stamp.run}"))


def _approval(run: RunData, made: Paper) -> None:
    """Offer to approve what the paper says now; the name is the reader's own."""
    if not made.document.stamp.is_draft:
        return
    with st.form("briefing_approval", border=False):
        name = st.text_input(say("app.briefing.name"), max_chars=120, key="briefing_name")
        asked = st.form_submit_button(
            say("app.briefing.approve"), disabled=bool(made.obstacles), icon=":material/check:"
        )
    if not asked:
        return
    if not name.strip():
        st.error(say("app.briefing.needs_name"))
        return
    append_approval(
        run.folder,
        Approval(
            name=name,
            date=datetime.now(UTC).date(),
            language=made.document.language,
            content=made.content,
            climrisk=__version__,
        ),
    )
    st.rerun()


def _download(run: RunData, made: Paper) -> None:
    left, right = st.columns(2, vertical_alignment="bottom")
    ending = left.selectbox(
        say("app.briefing.format"), list(FORMATS), format_func=str.upper, key="briefing_format"
    )
    if not right.button(say("app.briefing.write"), width="stretch"):
        return
    name = f"briefing-{made.document.language}.{ending}"
    right.download_button(
        say("app.file.download"),
        _written(run, made, ending),
        name,
        MIME,
        icon=":material/download:",
        width="stretch",
    )


def _written(run: RunData, made: Paper, ending: str) -> bytes:
    stated = read_briefing(run.folder, run.study).brand
    brand = brand_of(stated, read_brand_files(run.folder, stated))
    return FORMATS[ending](made.document, brand, ())
