"""The clean view on the wall: what everybody may see at each phase, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from climrisk.domain.text import Words
from climrisk.workshop.phase import State
from climrisk.workshop.reveal import Reveal
from climrisk.workshop.seat import audience
from climrisk.workshop.store.answers import reveal
from climrisk.workshop.store.boards import board
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.sessions import view_session
from climrisk.workshop.store.timers import Timer, running_timer
from climrisk.workshop.store.votes import VoteCount, vote_count

__all__ = ["AudienceItem", "AudienceView", "audience_view"]


@dataclass(frozen=True)
class AudienceItem:
    """One item on the wall.

    Parameters
    ----------
    item : str
        Its id.
    title : Words
        Its title.
    state : State
        Its phase and round.
    answered, expected : int
        People who have answered in this round, and who are asked.
    reveal : Reveal or None
        The last revealed round; None before the first.
    votes : VoteCount or None
        The quick vote, once shown.
    """

    item: str
    title: Words
    state: State
    answered: int
    expected: int
    reveal: Reveal | None
    votes: VoteCount | None


@dataclass(frozen=True)
class AudienceView:
    """The whole wall: no drafts, no notes, no names, no numbers of people.

    Parameters
    ----------
    title, join_code : str
        Of the session.
    people : int
        How many have joined.
    items : tuple of AudienceItem
        In the plan's order.
    timer : Timer or None
        Label and seconds left.
    """

    title: str
    join_code: str
    people: int
    items: tuple[AudienceItem, ...]
    timer: Timer | None


def audience_view(store: Store, session: str) -> AudienceView:
    """Return what the wall shows.

    Raises
    ------
    WorkshopError
        There is no such session.
    """
    view, seat = view_session(store, session), audience(session)
    items = []
    for one in board(store, session):
        question = view.plan.question(one.item)
        assert question is not None
        items.append(
            AudienceItem(
                item=one.item,
                title=question.title,
                state=one.state,
                answered=one.answered,
                expected=one.expected,
                reveal=reveal(store, seat, one.item) if one.state.revealed_round else None,
                votes=vote_count(store, session, one.item) if one.vote == "shown" else None,
            )
        )
    timer = running_timer(store, session)
    return AudienceView(view.plan.title, view.join_code, view.people, tuple(items), timer)
