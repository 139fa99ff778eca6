"""The log of approvals in a run folder: lines are added, never changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from climrisk.domain.approval import Approval
from climrisk.errors import RunFolderError

__all__ = ["append_approval", "read_approvals"]

LOG: Final = "approvals.jsonl"


def read_approvals(folder: Path) -> tuple[Approval, ...]:
    """Return the approvals of a run, oldest first; none where nobody approved anything.

    Raises
    ------
    RunFolderError
        If a line of the log is not what climrisk writes.
    """
    file = folder / LOG
    if not file.exists():
        return ()
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise RunFolderError(f"{file}: cannot be read") from None
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(Approval.model_validate_json(line))
        except ValidationError:
            raise RunFolderError(f"{file}:{number}: no approval that climrisk wrote") from None
    return tuple(found)


def append_approval(folder: Path, approval: Approval) -> None:
    """Add one approval to the log of a run, on the disk before this returns.

    Raises
    ------
    RunFolderError
        If the log cannot be written or holds a line that climrisk did not write.
    """
    read_approvals(folder)
    line = approval.model_dump_json(by_alias=True) + "\n"
    try:
        with (folder / LOG).open("a", encoding="utf-8") as log:
            log.write(line)
            log.flush()
            os.fsync(log.fileno())
    except OSError as error:
        raise RunFolderError(f"{folder / LOG}: cannot be written: {error.strerror}") from error
