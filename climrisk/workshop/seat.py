"""Who acts: the facilitator, one participant by number, or the audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from climrisk.errors import AccessRefusedError

__all__ = ["FACILITATOR", "Role", "Seat", "audience", "facilitator_only", "participant_only"]

Role = Literal["facilitator", "participant", "audience"]

FACILITATOR = 0
"""Number of the facilitator; participants count from 1."""


@dataclass(frozen=True)
class Seat:
    """A place in a session, as the store gives it out; it stays on the server.

    Parameters
    ----------
    session : str
        Id of the session.
    role : {"facilitator", "participant", "audience"}
        What may be done.
    number : int
        The participant's number, 0 for the others.
    group : str
        The group that the participant belongs to, empty where there is none.
    """

    session: str
    role: Role
    number: int = FACILITATOR
    group: str = ""

    @property
    def who(self) -> str:
        """The pseudonym that logs keep, such as `participant 7`."""
        return f"participant {self.number}" if self.role == "participant" else self.role


def audience(session: str) -> Seat:
    """Return the seat of the clean view on the wall, which needs no code."""
    return Seat(session, "audience")


def facilitator_only(seat: Seat) -> None:
    """Refuse everybody but the facilitator.

    Raises
    ------
    AccessRefusedError
        The seat is another one.
    """
    if seat.role != "facilitator":
        raise AccessRefusedError("only the facilitator may do this")


def participant_only(seat: Seat) -> None:
    """Refuse everybody but participants.

    Raises
    ------
    AccessRefusedError
        The seat is another one.
    """
    if seat.role != "participant":
        raise AccessRefusedError("only a participant may do this")
