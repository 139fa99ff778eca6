"""Getting in: codes, PIN, lockout; names in a key of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop.seat import Seat, audience
from climrisk.workshop.store.access import enter_as_facilitator, find_session, resume
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.people import add_on_paper, join, names, renew_return_code
from climrisk.workshop.store.privacy import events
from climrisk.workshop.store.sessions import view_session
from tests.workshops import PIN, Clock, Room, room


def test_the_join_code_opens_the_session_as_people_type_it(lx: Room) -> None:
    code = lx.join_code
    assert find_session(lx.store, f" {code[:3].lower()}-{code[3:]} ") == lx.id


def test_many_wrong_join_codes_lock_one_device_and_no_other(lx: Room, clock: Clock) -> None:
    for _ in range(50):
        with pytest.raises(AccessRefusedError, match="wrong code"):
            find_session(lx.store, "AAAAAA", "192.0.2.7")
    with pytest.raises(AccessRefusedError, match="too many wrong tries; try again in 16 minutes"):
        find_session(lx.store, lx.join_code, "192.0.2.7")
    assert find_session(lx.store, lx.join_code, "192.0.2.8") == lx.id
    clock.forward(minutes=15)
    assert find_session(lx.store, lx.join_code, "192.0.2.7") == lx.id


def test_a_participant_returns_with_the_personal_code(lx: Room) -> None:
    for seat, code in zip(lx.people, lx.return_codes, strict=True):
        assert resume(lx.store, lx.id, code.lower()) == seat


@pytest.mark.parametrize("wrong", ["1-AAAAA-AAAAA", "99-AAAAA-AAAAA", "nonsense", "../../etc"])
def test_wrong_codes_lock_after_five_tries_and_say_nothing_more(
    lx: Room, clock: Clock, wrong: str
) -> None:
    for _ in range(5):
        with pytest.raises(AccessRefusedError, match=r"\Awrong code\Z"):
            resume(lx.store, lx.id, wrong)
    with pytest.raises(AccessRefusedError, match="too many wrong tries"):
        resume(lx.store, lx.id, wrong)
    if wrong.startswith("1-"):
        with pytest.raises(AccessRefusedError, match="too many wrong tries"):
            resume(lx.store, lx.id, lx.return_codes[0])
    assert resume(lx.store, lx.id, lx.return_codes[1]) == lx.people[1]
    clock.forward(minutes=15)
    assert resume(lx.store, lx.id, lx.return_codes[0]) == lx.people[0]


def test_a_right_code_clears_the_count(lx: Room) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(AccessRefusedError, match="wrong code"):
                resume(lx.store, lx.id, "1-AAAAA-AAAAA")
        assert resume(lx.store, lx.id, lx.return_codes[0]) == lx.people[0]


def test_many_tries_at_once_are_counted_as_well(lx: Room) -> None:
    def attempt(_: int) -> str:
        try:
            enter_as_facilitator(lx.store, lx.id, "000000")
        except AccessRefusedError as error:
            return str(error).split(";")[0]
        return "in"

    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(attempt, range(10)))
    assert sorted(told) == ["too many wrong tries"] * 5 + ["wrong code"] * 5


def test_the_facilitator_has_a_pin(lx: Room) -> None:
    assert enter_as_facilitator(lx.store, lx.id, PIN) == lx.facilitator
    with pytest.raises(AccessRefusedError, match="wrong code"):
        enter_as_facilitator(lx.store, lx.id, PIN + "1")
    with pytest.raises(WorkshopError, match="no such session"):
        enter_as_facilitator(lx.store, "../../etc/passwd", PIN)


def test_a_new_code_voids_the_lost_one(lx: Room) -> None:
    code = renew_return_code(lx.store, lx.facilitator, 2)
    assert resume(lx.store, lx.id, code) == lx.people[1]
    with pytest.raises(AccessRefusedError, match="wrong code"):
        resume(lx.store, lx.id, lx.return_codes[1])
    with pytest.raises(WorkshopError, match="no participant 77"):
        renew_return_code(lx.store, lx.facilitator, 77)


def test_no_secret_is_stored_as_it_is(lx: Room) -> None:
    with lx.store.reading() as connection:
        rows = connection.execute(text("SELECT pin FROM session")).scalars().all()
        rows += connection.execute(text("SELECT return_code FROM participant")).scalars().all()
    assert len(rows) == 6
    assert all(row.startswith("scrypt$") for row in rows)
    assert len({row.split("$")[2] for row in rows}) == 6


def test_joining_twice_with_one_token_is_one_person(lx: Room) -> None:
    once = join(lx.store, lx.id, "Person 1", "", "join-1")
    assert once.seat == lx.people[0]
    assert resume(lx.store, lx.id, once.return_code) == lx.people[0]
    assert view_session(lx.store, lx.id).people == 5


def test_thirty_people_join_at_once_with_numbers_of_their_own(store: Store) -> None:
    made = room(store, people=0)

    def enter(number: int) -> Seat:
        return join(store, made.id, f"P{number}", "", f"t{number}").seat

    with ThreadPoolExecutor(15) as pool:
        seats = list(pool.map(enter, range(30)))
    assert sorted(seat.number for seat in seats) == list(range(1, 31))


def test_names_are_for_the_facilitator_and_the_trail_tells(lx: Room) -> None:
    assert names(lx.store, lx.facilitator) == {n: f"Person {n}" for n in range(1, 6)}
    assert [event.kind for event in events(lx.store, lx.facilitator)][-1] == "names exported"
    for seat in (lx.people[0], audience(lx.id)):
        with pytest.raises(AccessRefusedError, match="only the facilitator may do this"):
            names(lx.store, seat)
        with pytest.raises(AccessRefusedError, match="only the facilitator may do this"):
            events(lx.store, seat)


def test_a_name_may_be_left_out(lx: Room) -> None:
    joined = join(lx.store, lx.id, "  ", "", "another")
    assert joined.seat.number not in names(lx.store, lx.facilitator)


def test_ballots_on_paper_have_a_seat_without_a_code(lx: Room) -> None:
    seat = add_on_paper(lx.store, lx.facilitator, "On paper", "", "paper-1")
    assert seat.number == 6
    with pytest.raises(AccessRefusedError, match="wrong code"):
        resume(lx.store, lx.id, "6-AAAAA-AAAAA")
    with pytest.raises(AccessRefusedError, match="only the facilitator"):
        add_on_paper(lx.store, lx.people[0], "x", "", "paper-2")


def test_groups_are_those_of_the_plan(store: Store) -> None:
    made = room(store, people=0, groups=["Sales", "Operations"])
    assert join(store, made.id, "A", "Sales", "t1").seat.group == "Sales"
    with pytest.raises(WorkshopError, match="group 'Board'; allowed: Sales, Operations"):
        join(store, made.id, "B", "Board", "t2")


@pytest.mark.parametrize(
    ("name", "token", "told"),
    [
        ("x" * 201, "t", "name: a text of 201 characters; allowed: up to 200"),
        ("a\x00b", "t", "name: the character U"),
        ("\ud800", "t", "name: half of a character pair"),
        ("A", "", "a token of 0 characters"),
        ("A", "t" * 65, "a token of 65 characters; allowed: 1 to 64"),
    ],
)
def test_what_cannot_be_stored_is_refused(lx: Room, name: str, token: str, told: str) -> None:
    with pytest.raises(WorkshopError, match=told):
        join(lx.store, lx.id, name, "", token)


def test_hostile_names_come_back_word_for_word(lx: Room) -> None:
    hostile = '<script>alert(1)</script> =HYPERLINK("x") \u202eabc \'; DROP TABLE note;--'
    number = join(lx.store, lx.id, hostile, "", "hostile").seat.number
    assert names(lx.store, lx.facilitator)[number] == hostile
