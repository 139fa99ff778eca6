"""The way of one item through a session: private rounds, reveals, discussion and commit.

    planned -> private 1 -> revealed 1 -> discussion 1 -> private 2 -> revealed 2 -> committed
                  ^-- close without reveal     |               (reopen: back to discussion)

Every private round has its own number. A further round after a reopened commit is round 3: what was
seen in round 2 is never edited, and nobody's later answer is shown before the next reveal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from climrisk.errors import WorkshopError
from climrisk.workshop.plan import LEAST_ANSWERS

__all__ = ["MOVES", "PHASES", "Phase", "State", "moved"]

Phase = Literal["planned", "private", "revealed", "discussion", "committed"]

PHASES: Final[tuple[Phase, ...]] = get_args(Phase)

MOVES: Final[dict[Phase, tuple[Phase, ...]]] = {
    "planned": ("private",),
    "private": ("revealed", "planned"),
    "revealed": ("discussion", "committed"),
    "discussion": ("private", "committed"),
    "committed": ("discussion",),
}
"""Where the facilitator can take an item from each phase."""


@dataclass(frozen=True)
class State:
    """Where one item stands.

    Parameters
    ----------
    phase : str
        One of `PHASES`.
    round : int
        The last private round that was opened, from 1; 0 before the first.
    """

    phase: Phase = "planned"
    round: int = 0

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.phase == "private"

    @property
    def revealed_round(self) -> int:
        """The last round that may be shown; 0 where none may."""
        shown = self.phase in ("revealed", "discussion", "committed")
        return self.round if shown else max(self.round - 1, 0)


def moved(state: State, phase: Phase, answers: int) -> State:
    """Return where an item stands after the facilitator moved it.

    Parameters
    ----------
    state : State
        Where it stands.
    phase : str
        Where it is to go.
    answers : int
        People whose answer with a view stands, the current round included.

    Raises
    ------
    WorkshopError
        There is no such way, or too few answers for a reveal.
    """
    ways = MOVES[state.phase]
    if state.phase == "private" and state.round > 1:
        ways = ("revealed",)  # once something was shown, an item is never `planned` again
    if phase not in ways:
        raise WorkshopError(f"from {state.phase} to {phase}; allowed: {' or '.join(ways)}")
    if phase == "revealed" and answers < LEAST_ANSWERS:
        raise WorkshopError(
            f"{answers} answers; allowed: a reveal with at least {LEAST_ANSWERS}, "
            "so that nobody can tell who said what"
        )
    if phase == "planned":
        return State("planned", 0)
    return State(phase, state.round + 1 if phase == "private" else state.round)
