"""Whatever was acknowledged is there after kill -9, at three fixed points."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from climrisk.workshop.store.answers import own_answers, submit
from climrisk.workshop.store.database import open_store
from climrisk.workshop.store.sessions import view_session
from tests.workshops import ITEM, ROOT, answer, room

WRITER = """
import os, signal, sys
from climrisk.workshop.store import database, rows
from climrisk.workshop.store.answers import submit
from climrisk.workshop.seat import Seat
from tests.workshops import ITEM, answer

url, session, point = sys.argv[1:]
store = database.open_store(url)
seat = Seat(session, "participant", 1)

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

for number in range(1, 4):
    if number == 3 and point == "before the insert":
        from climrisk.workshop.store import answers
        answers.insert_once = die
    if number == 3 and point == "before the commit":
        from sqlalchemy import event
        event.listen(store._engine, "commit", die)
    receipt = submit(store, seat, ITEM, answer(ITEM, float(number)), f"t{number}")
    print(receipt.sequence, flush=True)
die()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(
    ("point", "acknowledged"),
    [("before the insert", 2), ("before the commit", 2), ("after the receipt", 3)],
)
def test_what_was_acknowledged_survives(url: str, point: str, acknowledged: int) -> None:
    store = open_store(url)
    made = room(store, people=1)
    made.move("private")
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", WRITER, url, made.id, point],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(done.stdout.split()) == acknowledged
    store = open_store(url)
    own = own_answers(store, made.people[0], ITEM)
    assert [given.estimate for given in own] == [
        answer(ITEM, float(number)) for number in range(acknowledged, 0, -1)
    ]
    # the page that got no receipt sends again, with the same token
    again = submit(store, made.people[0], ITEM, answer(ITEM, 3.0), "t3")
    assert again.is_repeat == (acknowledged == 3)
    assert len(own_answers(store, made.people[0], ITEM)) == 3
    assert view_session(store, made.id).people == 1
    store.close()
