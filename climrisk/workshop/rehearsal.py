"""A rehearsal with simulated participants, which no store accepts.

Simulated answers are of a type of their own that is no `Estimate`; the store takes estimates alone,
so a rehearsal can neither be saved nor slip into a real session.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from climrisk.domain.elicitation.estimate import Estimate, read_estimate
from climrisk.domain.elicitation.question import Question
from climrisk.domain.quantities import Scale
from climrisk.domain.quantities.scales import from_scale, to_scale
from climrisk.errors import WorkshopError
from climrisk.workshop.phase import Phase, State, moved
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.reveal import Reveal, revealed

__all__ = ["Rehearsal", "SimulatedAnswer"]

_CENTRES: Final[dict[Scale, float]] = {"log": 1.0, "logit": 0.05, "identity": 0.0}
_BETWEEN_PEOPLE: Final = 0.6
_WITHIN_PERSON: Final = 0.5
_SECOND_ROUND: Final = 0.5
"""How far people move towards the group after the discussion; invented, like all of it."""


@dataclass(frozen=True)
class SimulatedAnswer:
    """An answer that nobody gave.

    Parameters
    ----------
    invented : Estimate
        The numbers.
    """

    invented: Estimate


@dataclass(frozen=True)
class Rehearsal:
    """A session in memory with simulated participants.

    Parameters
    ----------
    plan : SessionPlan
        What is rehearsed.
    people : int
        Simulated participants, 1 or more.
    seed : int
        Fixes what they say.
    states : tuple of State
        Where each item stands, in the plan's order.
    """

    plan: SessionPlan
    people: int = 8
    seed: int = 1
    states: tuple[State, ...] = ()

    def state(self, item: str) -> State:
        """Return where an item stands."""
        place = self._place(item)
        return self.states[place] if self.states else State()

    def moved(self, item: str, phase: Phase) -> Rehearsal:
        """Return the rehearsal with one item moved on.

        Raises
        ------
        WorkshopError
            There is no such item or way, or there are too few people for a reveal.
        """
        states = list(self.states or (State(),) * len(self.plan.questions))
        place = self._place(item)
        states[place] = moved(states[place], phase, self.people)
        return replace(self, states=tuple(states))

    def answers(self, item: str, round_: int) -> dict[int, SimulatedAnswer]:
        """Return what the simulated participants say in a round."""
        place = self._place(item)
        question = self.plan.questions[place]
        noise = np.random.default_rng([self.seed, place]).standard_normal((2, self.people))
        share = _SECOND_ROUND if round_ > 1 else 1.0
        return {
            number: SimulatedAnswer(self._answer(question, noise[:, number - 1] * share))
            for number in range(1, self.people + 1)
        }

    def revealed(self, item: str) -> Reveal:
        """Return what a real session would show of the last revealed round.

        Raises
        ------
        WorkshopError
            Nothing is revealed yet.
        """
        round_ = self.state(item).revealed_round
        if round_ == 0:
            raise WorkshopError(f"{item}: nothing is revealed yet")
        said = {number: one.invented for number, one in self.answers(item, round_).items()}
        question = self.plan.questions[self._place(item)]
        return revealed(question, self.plan.interval, round_, said, b"rehearsal")

    def _place(self, item: str) -> int:
        for place, question in enumerate(self.plan.questions):
            if question.item == item:
                return place
        raise WorkshopError(f"{item}: not part of this session")

    def _answer(
        self, question: Question, noise: np.ndarray[tuple[int], np.dtype[np.float64]]
    ) -> Estimate:
        low, best, high = _around(question.severity_scale, float(noise[0]))
        answer: dict[str, object] = {"low": low, "best": best, "high": high}
        if question.likelihood is not None:
            answer["likelihood"] = _around(question.likelihood_scale, float(noise[1]))[1]
        return read_estimate(answer, question, self.plan.interval)


def _around(scale: Scale, noise: float) -> list[float]:
    centre = to_scale(_CENTRES[scale], scale) + _BETWEEN_PEOPLE * noise
    marks = centre + _WITHIN_PERSON * np.array([-1.0, 0.0, 1.0])
    return [float(value) for value in from_scale(marks, scale)]
