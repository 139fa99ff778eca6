"""What can go wrong, as a user meets it.

ClimriskError
├── InvalidStudyError      faults in the user's files, all at once
├── RunFolderError         a run folder that exists, is incomplete or cannot be written
├── MissingExtraError      an optional dependency is not installed
├── QuestionRefusedError   a question that has no answer for this study
├── AmountOverflowError    amounts too large to be added exactly
├── BatchError             a batch that cannot begin or go on; what is finished is kept
└── WorkshopError          a step of a workshop that cannot be taken
    ├── AnswerRefusedError     an answer with faults, all at once
    ├── AccessRefusedError     a wrong or locked code, or something not yet revealed
    └── DatabaseError          the database cannot be reached; never tells its address
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "AccessRefusedError",
    "AmountOverflowError",
    "AnswerRefusedError",
    "BatchError",
    "ClimriskError",
    "DatabaseError",
    "Fault",
    "InvalidStudyError",
    "MissingExtraError",
    "QuestionRefusedError",
    "RunFolderError",
    "WorkshopError",
]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend in a user's file.

    Parameters
    ----------
    file : str
        File name relative to the study folder.
    line : int
        Line number from 1; 0 where the whole file is meant.
    field : str
        Dotted path of the field, as the user wrote it; empty where the whole file is meant.
    found : str
        What stands there.
    allowed : str
        What may stand there, or the cure.
    """

    file: str
    line: int
    field: str
    found: str
    allowed: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        message = f"{self.found}; {self.allowed}" if self.allowed else self.found
        return f"{place}: {self.field}: {message}" if self.field else f"{place}: {message}"


class ClimriskError(Exception):
    """Base of every error that climrisk raises on purpose; its text is for the user."""


class InvalidStudyError(ClimriskError):
    """A study, scenario or data file cannot be used.

    Parameters
    ----------
    faults : iterable of Fault
        Everything that was found, not only the first.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class RunFolderError(ClimriskError):
    """A run folder exists already, is incomplete, or cannot be written."""


class MissingExtraError(ClimriskError):
    """A feature needs an optional dependency.

    Parameters
    ----------
    feature : str
        What was asked for.
    extra : str
        The extra to install.
    """

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an extra: pip install 'climrisk[{extra}]'")


class QuestionRefusedError(ClimriskError):
    """A question has no answer for this study; the text says why and what to ask instead."""


class AmountOverflowError(ClimriskError):
    """An amount is not finite or too large to be added exactly."""


class BatchError(ClimriskError):
    """A batch, or one of its runs, cannot begin or go on; runs that are finished are kept."""


class WorkshopError(ClimriskError):
    """A step of a workshop that cannot be taken; the text says why and what to do."""


class AnswerRefusedError(WorkshopError):
    """An answer cannot be taken as it was given.

    Parameters
    ----------
    faults : iterable of Fault
        Everything that was found; `file` is the item's id, or the sheet and cell of a ballot.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class AccessRefusedError(WorkshopError):
    """A code is wrong or locked, a role may not do this, or it is not revealed yet."""


class DatabaseError(WorkshopError):
    """The database cannot be reached or refused to work; its address is never told."""
