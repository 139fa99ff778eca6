"""Studies as they were edited: undo and redo."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from climrisk.domain.study import Study

__all__ = ["History"]

KEPT: Final = 200
"""Steps that can be undone."""


@dataclass
class History:
    """The study of one person's session, and the way to it.

    Parameters
    ----------
    now : Study
        The study as it stands.
    opened : Study
        The study as its folder states it.
    revision : int
        Counts every change of `now`; fields keyed by it show the study, not what was typed before.
    """

    now: Study
    opened: Study
    revision: int = 0
    _past: list[tuple[str, Study]] = field(default_factory=list)
    _future: list[tuple[str, Study]] = field(default_factory=list)

    def edit(self, what: str, study: Study) -> None:
        """Put another study in place of the present one; what was undone is forgotten."""
        self._past = [*self._past, (what, self.now)][-KEPT:]
        self._future = []
        self._turn_to(study)

    def undo(self) -> None:
        """Take back the last edit, if there is one."""
        if self._past:
            what, before = self._past.pop()
            self._future.append((what, self.now))
            self._turn_to(before)

    def redo(self) -> None:
        """Do again what was undone last, if anything was."""
        if self._future:
            what, after = self._future.pop()
            self._past.append((what, self.now))
            self._turn_to(after)

    def _turn_to(self, study: Study) -> None:
        self.now = study
        self.revision += 1

    def saved(self) -> None:
        """Take the study as it stands for the one in the folder."""
        self.opened = self.now

    @property
    def undoable(self) -> str | None:
        """What the last edit was."""
        return self._past[-1][0] if self._past else None

    @property
    def redoable(self) -> str | None:
        """What was undone last."""
        return self._future[-1][0] if self._future else None

    @property
    def changed(self) -> bool:
        """Whether the folder states something else."""
        return self.now != self.opened
