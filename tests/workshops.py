"""A session of the LX study with four participants and more, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from climrisk.domain.elicitation.estimate import Estimate, read_estimate
from climrisk.domain.elicitation.question import Question, question_about
from climrisk.domain.study import Study
from climrisk.io.study import read_study
from climrisk.workshop.calibration import SeedQuestion
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.answers import submit
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.moves import move_item
from climrisk.workshop.store.people import join
from climrisk.workshop.store.sessions import create_session

__all__ = [
    "ITEM",
    "ONGOING",
    "PIN",
    "ROOT",
    "Clock",
    "Room",
    "answer",
    "lx_study",
    "plan",
    "question",
    "room",
    "seeds",
]

ROOT = Path(__file__).resolve().parent.parent
ITEM, ONGOING = "R-ACU-1", "R-POL-1"
PIN = "4711-facilitator"


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@dataclass(frozen=True)
class Room:
    """A session with its people."""

    store: Store
    facilitator: Seat
    join_code: str
    people: tuple[Seat, ...]
    return_codes: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.facilitator.session

    def all_answer(self, item: str = ITEM, round_: int = 1, **changed: Any) -> None:
        asked = ONGOING if item == ONGOING else ITEM
        for place, seat in enumerate(self.people):
            given = answer(asked, 1.0 + 0.1 * place, **changed)
            submit(self.store, seat, item, given, f"{item}-{round_}-{place}")

    def move(self, *phases: Any, item: str = ITEM) -> None:
        for phase in phases:
            move_item(self.store, self.facilitator, item, phase)


@cache
def lx_study() -> Study:
    return read_study("lx-technology-2023")


@cache
def question(item: str = ITEM) -> Question:
    return question_about(item, lx_study().items[item])


def plan(**stated: Any) -> SessionPlan:
    return SessionPlan.model_validate(
        {
            "title": "Board workshop",
            "purpose": "to size climate risks for the board",
            "holder": "Risk office",
            "currency": "CNY",
            "price_year": 2023,
            "questions": [question(ITEM), question(ONGOING)],
            **stated,
        }
    )


def answer(item: str = ITEM, factor: float = 1.0, **changed: Any) -> Estimate:
    asked = question(item)
    given: dict[str, Any] = {
        "low": 0.01 * factor,
        "best": 0.02 * factor,
        "high": 0.05 * factor,
        "likelihood": None if asked.likelihood is None else 0.3 * factor,
        "reason": "seen in 2018",
    }
    return read_estimate({**given, **changed}, asked, "p10-p90")


def seeds() -> tuple[SeedQuestion, ...]:
    return tuple(
        SeedQuestion(
            name=f"seed.{number}",
            subject={"en": f"Fact {number}"},  # type: ignore[arg-type]  # read as Words
            unit="t",
            year=2023,
            truth=100.0 * number,
            source="annual report",
        )
        for number in range(1, 11)
    )


def room(store: Store, people: int = 5, study: str = "lx-technology-2023", **stated: Any) -> Room:
    made = create_session(store, plan(**stated), study, PIN, seeds())
    joined = [
        join(store, made.seat.session, f"Person {number}", "", f"join-{number}")
        for number in range(1, people + 1)
    ]
    return Room(
        store,
        made.seat,
        made.join_code,
        tuple(one.seat for one in joined),
        tuple(one.return_code for one in joined),
    )
