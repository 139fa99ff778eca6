"""Changes that somebody saved from a page, kept in the same log as those of a workshop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from climrisk.domain.edit import Path
from climrisk.workshop.store.changes import Intent, intend, settle
from climrisk.workshop.store.database import Store

__all__ = ["EDITOR", "keep_saved"]

EDITOR = "editor"
"""Whoever edits the study outside a session; the log keeps no name."""


def keep_saved(
    store: Store, study: str, changes: Sequence[tuple[str, Path, Any, Any]]
) -> tuple[str, ...]:
    """Write down changes of files that were saved already, and return a batch for each file.

    Parameters
    ----------
    store : Store
    study : str
        Name of the study.
    changes : sequence of (str, path, Any, Any)
        File, place, old and new value of each.
    """
    files = dict.fromkeys(file for file, *_ in changes)
    batches = []
    for file in files:
        places = [(path, old, new) for name, path, old, new in changes if name == file]
        batch = intend(store, Intent(study, file, EDITOR, "edit", places, "", ""))
        settle(store, batch, "applied")
        batches.append(batch)
    return tuple(batches)
