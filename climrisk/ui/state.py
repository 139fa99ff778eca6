"""What one person's session holds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from climrisk.analysis.kept_memory import draws_within
from climrisk.domain.study import Study
from climrisk.i18n import translate
from climrisk.i18n.catalogue import known_word
from climrisk.i18n.told import retold
from climrisk.io.study import read_study
from climrisk.names import CURRENT, LANGUAGES, Language
from climrisk.paths import bundled, find_study
from climrisk.ui.history import History

__all__ = [
    "Session",
    "interactive_draws",
    "language",
    "move_to",
    "projector",
    "remember",
    "say",
    "served_study",
    "session",
    "tell",
    "word",
    "words",
]

DEFAULT_STUDY: Final = "lx-technology-2023"
INTERACTIVE_DRAWS: Final = 20_000
"""Draws of a picture that follows an edit; the final run takes the study's own number."""
MEMORY: Final = 500_000_000
"""Bytes that a study's draws may take while it is edited, shared by all sessions."""
KEY: Final = "climrisk"


@dataclass
class Session:
    """What one person's session holds.

    Attributes
    ----------
    folder : Path
        Folder of the study.
    history : History
        The study and its edits.
    draws : int
        Draws of the results that are shown.
    quick : int
        Draws of a picture that follows an edit.
    revision : int
        Of the history, at which the number of draws was chosen.
    """

    folder: Path
    history: History
    draws: int = INTERACTIVE_DRAWS
    quick: int = INTERACTIVE_DRAWS
    revision: int = 0

    @classmethod
    def opened(cls, folder: Path) -> Session:
        """Return a session of the study in a folder."""
        study = read_study(folder)
        draws = interactive_draws(study)
        return cls(folder, History(study, study), draws, draws)

    def show_final(self, draws: int) -> None:
        """Show the results of a final run of the study as it stands, until it is edited."""
        self.draws, self.revision = draws, self.history.revision

    def follow_edits(self) -> None:
        """Go back to quick results where the study was edited: memory holds no more of an edit."""
        if self.revision != self.history.revision:
            self.draws, self.revision = self.quick, self.history.revision

    @property
    def bundled(self) -> bool:
        """Whether the study came with climrisk, so that it is saved elsewhere."""
        return self.folder.resolve().is_relative_to(bundled("data").resolve())

    @property
    def language(self) -> Language:
        """Language of the pages."""
        return language()

    @property
    def projector(self) -> bool:
        """Whether texts are large enough for a room."""
        return projector()

    @property
    def scenario(self) -> str:
        """The scenario that the pages show."""
        listed = self.history.now.settings.scenarios
        chosen = str(st.session_state.get("scenario", ""))
        return chosen if chosen in listed else listed[0]

    @property
    def horizon(self) -> str:
        """The horizon that the pages show: the last one by default."""
        listed = list(self.history.now.settings.horizons)
        chosen = str(st.session_state.get("horizon", ""))
        return chosen if chosen in listed else listed[-1]

    @property
    def control(self) -> str:
        """The controls that the pages show."""
        return str(st.session_state.get("control", CURRENT))


def interactive_draws(study: Study) -> int:
    """Return the draws of a picture that follows an edit.

    As many as the environment says in `CLIMRISK_APP_DRAWS`; by default `INTERACTIVE_DRAWS`, or as
    many as `MEMORY` holds.
    """
    stated = os.environ.get("CLIMRISK_APP_DRAWS", "")
    return int(stated) if stated else draws_within(study, MEMORY, INTERACTIVE_DRAWS)


def session() -> Session:
    """Return this person's session; opens the study of the command line the first time."""
    if KEY not in st.session_state:
        made = _made().get(st.query_params.get("study", ""))
        st.session_state[KEY] = Session.opened(made or find_study(served_study()))
    found: Session = st.session_state[KEY]
    found.follow_edits()
    return found


def move_to(folder: Path) -> None:
    """Go on with a study that was saved under a new name; a page loaded anew finds it again."""
    st.session_state[KEY] = Session.opened(folder)
    _made()[folder.name] = folder


@st.cache_resource(show_spinner=False)
def _made() -> dict[str, Path]:
    """Hold the folders that this server's pages made: no address opens any other."""
    return {}


def projector() -> bool:
    """Return whether this person's texts are large enough for a room."""
    return bool(st.session_state.get("projector", False))


def served_study() -> str:
    """Return the study that the server was started with."""
    return sys.argv[1] if len(sys.argv) > 1 else DEFAULT_STUDY


def language() -> Language:
    """Return the language of this person's pages."""
    chosen: Language = st.session_state.get("language", LANGUAGES[0])
    return chosen


def remember() -> None:
    """Write language, size and folder into the address: a page loaded anew has them still."""
    here: Session | None = st.session_state.get(KEY)
    own = "" if here is None or here.folder != _made().get(here.folder.name) else here.folder.name
    spoken = "" if language() == LANGUAGES[0] else language()
    stated = {"lang": spoken, "large": "1" if projector() else "", "study": own}
    for name, value in stated.items():
        if st.query_params.get(name, "") == value:
            continue
        if value:
            st.query_params[name] = value
        else:
            del st.query_params[name]


def words(group: str, names: Iterable[str]) -> dict[str, str]:
    """Return the text of each name of a group, in the language of the session."""
    return {name: say(f"{group}.{name}") for name in names}


def tell(sentence: str) -> str:
    """Return what an error says, in the language of the session where it is known."""
    return retold(sentence, language())


def word(group: str, name: str) -> str:
    """Return a name in the language of the session, or as the study states it."""
    return known_word(group, name, language())


def say(key: str, **values: object) -> str:
    """Return a text of the catalogue in the language of the session."""
    return translate(key, language(), **values)
