"""Before the reveal, nothing that can be read holds anybody else's answer; this tries all of it."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest

from climrisk.domain.elicitation.estimate import Range
from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop import store as store_package
from climrisk.workshop.audience import audience_view
from climrisk.workshop.portable import export_session
from climrisk.workshop.seat import Seat, audience
from climrisk.workshop.store import (
    changes,
    notes,
    people,
    privacy,
    sessions,
    timers,
    votes,
    waiting,
    warm_up,
)
from climrisk.workshop.store.answers import answered_rounds, own_answers, reveal, submit
from climrisk.workshop.store.boards import board
from climrisk.workshop.store.database import Store
from tests.workshops import ITEM, ONGOING, Room, answer

LOW, REASON = 0.0123456789, "only number four knows this"

Reader = Callable[[Store, Seat], Any]

READERS: dict[str, Reader] = {
    "answered_rounds": answered_rounds,
    "own_answers": lambda store, seat: own_answers(store, seat, ITEM),
    "reveal": lambda store, seat: reveal(store, seat, ITEM),
    "reveal_open_round": lambda store, seat: reveal(store, seat, ITEM, 1),
    "reveal_round_zero": lambda store, seat: reveal(store, seat, ITEM, 0),
    "reveal_weighted": lambda store, seat: reveal(store, seat, ITEM, weights={4: 1.0}),
    "board": lambda store, seat: board(store, seat.session),
    "audience_view": lambda store, seat: audience_view(store, seat.session),
    "view_session": lambda store, seat: sessions.view_session(store, seat.session),
    "list_sessions": lambda store, _: sessions.list_sessions(store),
    "vote_count": lambda store, seat: votes.vote_count(store, seat.session, ITEM),
    "events": privacy.events,
    "names": people.names,
    "notes": lambda store, seat: notes.notes(store, seat.session),
    "draft": lambda store, seat: notes.load_draft(store, seat, "estimate"),
    "awaited": waiting.awaited,
    "timer": lambda store, seat: timers.running_timer(store, seat.session),
    "changes": lambda store, _: changes.changes(store, "lx-technology-2023"),
    "asked_seeds": lambda store, seat: warm_up.asked_seeds(store, seat.session),
    "hit_counts": lambda store, seat: warm_up.hit_counts(store, seat.session),
    "own_truths": warm_up.own_truths,
    "own_score": warm_up.own_score,
    "weights": warm_up.weights,
    "export": export_session,
}


def secret_room(lx: Room) -> Room:
    lx.move("private")
    lx.all_answer()
    submit(lx.store, lx.people[3], ITEM, answer(low=LOW, reason=REASON), "secret")
    notes.save_draft(lx.store, lx.people[3], "estimate", f"{LOW} {REASON}")
    return lx


def seen(store: Store, reader: Reader, seat: Seat) -> bytes:
    """Return everything that a reader hands out, errors included."""
    try:
        found = reader(store, seat)
    except (AccessRefusedError, WorkshopError) as error:
        found = str(error)
    return pickle.dumps(found, protocol=0) + repr(found).encode()


def holds_secret(content: bytes) -> bool:
    return REASON.encode() in content or repr(LOW).encode() in content


def leaks(lx: Room) -> list[tuple[str, Seat]]:
    """Return who can read the secret, and where."""
    seats = (lx.people[0], lx.people[4], lx.facilitator, audience(lx.id))
    return [
        (name, seat)
        for seat in (*seats, Seat(lx.id, "participant", 99))
        for name, reader in READERS.items()
        if holds_secret(seen(lx.store, reader, seat))
    ]


def test_nobody_reads_an_answer_before_the_reveal(lx: Room) -> None:
    secret_room(lx)
    assert leaks(lx) == []


def test_nobody_reads_a_second_round_before_its_reveal(lx: Room) -> None:
    lx.move("private")
    lx.all_answer()
    lx.move("revealed", "discussion", "private")
    submit(lx.store, lx.people[3], ITEM, answer(low=LOW, reason=REASON), "secret")
    assert leaks(lx) == []


def test_every_public_reader_of_the_store_is_tried() -> None:
    """A reader that is added must be added to `READERS`, or named here as a writer or lookup."""
    known = {
        "anonymise", "answer_seed", "add_on_paper", "cast_vote", "create_session", "drop_draft",
        "enter_as_facilitator", "find_session", "intend", "join", "move_item", "move_items",
        "move_vote", "continue_timer", "extend_timer", "pause_timer",
        "reconcile", "renew_return_code", "replan", "resume", "save_draft", "session_named",
        "session_rows", "settle", "start_timer", "stop_timer", "store_session", "submit",
        "undo_stacks", "write_note", "standing", "database_url", "open_store", "utc_now", "migrate",
        "checked_text", "checked_token", "insert_once", "keep_event", "new_id", "plan_of",
        "session_row", "state_row",
    }  # fmt: skip
    tried = {*READERS, "load_draft", "running_timer", "hit_counts", "reveal", "export_session"}
    modules = [
        importlib.import_module(f"climrisk.workshop.store.{one.name}")
        for one in pkgutil.iter_modules(store_package.__path__)
        if one.name not in ("tables", "migrations")
    ]
    public = {
        name
        for module in modules
        for name in module.__all__
        if inspect.isfunction(getattr(module, name))
    }
    assert public - known - tried == set()


def test_the_probe_finds_the_secret_where_it_may_be(lx: Room) -> None:
    secret_room(lx)
    own = seen(lx.store, READERS["own_answers"], lx.people[3])
    assert holds_secret(own)
    assert holds_secret(seen(lx.store, READERS["draft"], lx.people[3]))
    lx.move("revealed")
    for seat in (lx.people[0], lx.facilitator, audience(lx.id)):
        assert holds_secret(seen(lx.store, READERS["reveal"], seat))
    assert holds_secret(seen(lx.store, READERS["audience_view"], audience(lx.id)))


def test_a_reveal_holds_no_number_and_no_name(lx: Room) -> None:
    secret_room(lx)
    lx.move("revealed")
    shown = reveal(lx.store, lx.people[0], ITEM)
    text = repr(shown) + repr(audience_view(lx.store, lx.id))
    assert "Person 4" not in text
    assert not any(
        word in text for word in ("number=", "participant 4", "joined", "token", "session=")
    )
    assert [voice.is_own for voice in shown.voices].count(True) == 1


def test_four_answers_or_nothing(lx: Room) -> None:
    lx.move("private", item=ONGOING)
    for place in range(3):
        submit(lx.store, lx.people[place], ONGOING, answer(ONGOING), f"t{place}")
    submit(lx.store, lx.people[3], ONGOING, answer_no_view(), "t3")
    with pytest.raises(WorkshopError, match="3 answers; allowed: a reveal with at least 4"):
        lx.move("revealed", item=ONGOING)
    assert board(lx.store, lx.id)[1].answered == 4


def answer_no_view() -> Any:
    return answer(ONGOING, no_view=True, low=None, best=None, high=None)


def test_votes_are_counted_only_once_they_are_shown(lx: Room) -> None:
    with pytest.raises(WorkshopError, match="no vote is open"):
        votes.cast_vote(lx.store, lx.people[0], ITEM, 1, 5, "t")
    votes.move_vote(lx.store, lx.facilitator, ITEM, "open")
    for place, seat in enumerate(lx.people[:3]):
        assert votes.cast_vote(lx.store, seat, ITEM, place + 1, 5, "t")
        assert not votes.cast_vote(lx.store, seat, ITEM, place + 1, 5, "t")
    with pytest.raises(WorkshopError, match="3 votes; allowed: an outcome of at least 4"):
        votes.move_vote(lx.store, lx.facilitator, ITEM, "shown")
    assert votes.cast_vote(lx.store, lx.people[3], ITEM, 5, 1, "t")
    assert votes.cast_vote(lx.store, lx.people[0], ITEM, 5, 5, "changed my mind")
    with pytest.raises(AccessRefusedError, match="the vote is not shown"):
        votes.vote_count(lx.store, lx.id, ITEM)
    with pytest.raises(WorkshopError, match="likelihood: found 6; allowed: a band from 1 to 5"):
        votes.cast_vote(lx.store, lx.people[0], ITEM, 6, 1, "x")
    votes.move_vote(lx.store, lx.facilitator, ITEM, "shown")
    count = votes.vote_count(lx.store, lx.id, ITEM)
    assert (count.likelihood, count.impact) == ((0, 1, 1, 0, 2), (1, 0, 0, 0, 3))
    assert audience_view(lx.store, lx.id).items[0].votes == count
    with pytest.raises(WorkshopError, match="a vote from shown to none; allowed: open"):
        votes.move_vote(lx.store, lx.facilitator, ITEM, "none")


def test_truths_of_the_warm_up_come_after_ones_own_answer(lx: Room) -> None:
    asked = warm_up.asked_seeds(lx.store, lx.id)
    assert len(asked) == 10
    assert all(seed.truth != seed.truth and seed.source == "" for seed in asked)
    seat = lx.people[0]
    assert warm_up.own_truths(lx.store, seat) == {}
    hit = Range(low=90, best=95, high=101)
    assert warm_up.answer_seed(lx.store, seat, "seed.1", hit, "t")
    assert not warm_up.answer_seed(lx.store, seat, "seed.1", hit, "t")
    assert warm_up.own_truths(lx.store, seat) == {"seed.1": 100.0}
    late = Range(low=100, best=100, high=100)
    warm_up.answer_seed(lx.store, seat, "seed.1", late, "after I saw the answer")
    found = warm_up.own_score(lx.store, seat)
    assert (found.hits, found.questions) == (1, 1)
    with pytest.raises(AccessRefusedError, match="fewer than 4 people"):
        warm_up.hit_counts(lx.store, lx.id)
    with pytest.raises(WorkshopError, match=r"no warm-up question 'seed\.77'"):
        warm_up.answer_seed(lx.store, seat, "seed.77", hit, "u")
    with pytest.raises(WorkshopError, match="allowed: low up to best"):
        warm_up.answer_seed(lx.store, seat, "seed.2", Range(low=2, best=1, high=3), "v")


def test_warm_up_of_a_room(lx: Room) -> None:
    for place, seat in enumerate(lx.people):
        for number in range(1, 11):
            shift = 0.0 if number > place else 500.0
            truth = 100.0 * number + shift
            stated = Range(low=truth - 9, best=truth + 1, high=truth + 9)
            warm_up.answer_seed(lx.store, seat, f"seed.{number}", stated, f"t{number}")
    assert warm_up.hit_counts(lx.store, lx.id) == {6: 1, 7: 1, 8: 1, 9: 1, 10: 1}
    weights = warm_up.weights(lx.store, lx.facilitator)
    assert set(weights) == {1, 2, 3, 4, 5}
    assert sum(weights.values()) == pytest.approx(1.0)
    lx.move("private")
    lx.all_answer()
    lx.move("revealed")
    shown = reveal(lx.store, lx.facilitator, ITEM, weights=weights)
    assert shown.severity.statement["weights"] == pytest.approx(sorted_like(shown, weights))


def sorted_like(shown: Any, weights: dict[int, float]) -> list[float]:
    """Return the weights in the order of the voices, told by their ranges."""
    lows = {answer(ITEM, 1 + 0.1 * place).severity.low: place + 1 for place in range(5)}  # type: ignore[union-attr]
    return [weights[lows[voice.estimate.severity.low]] for voice in shown.voices]
