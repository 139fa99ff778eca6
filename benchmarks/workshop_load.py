"""Sixty participants vote on twenty items at once: nothing lost, nothing twice, and how fast.

Usage: python benchmarks/workshop_load.py [--people 60] [--items 20] [--processes 2] [--url URL]

Every submission is sent twice, as a page does that saw no receipt. While people vote, two readers
poll the board as the wall and the facilitator do. The database is a new SQLite file, or the one at
URL (PostgreSQL; its sessions stay there).
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from climrisk.domain.elicitation.estimate import read_estimate
from climrisk.domain.elicitation.question import question_about
from climrisk.io.study import read_study
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.answers import own_answers, submit
from climrisk.workshop.store.boards import board
from climrisk.workshop.store.database import open_store
from climrisk.workshop.store.moves import move_item
from climrisk.workshop.store.people import join
from climrisk.workshop.store.sessions import create_session

STUDY = "lx-technology-2023"
Work = tuple[str, list[Seat], SessionPlan]


def main() -> None:
    """Run the load and print counts and latencies."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--people", type=int, default=60)
    words.add_argument("--items", type=int, default=20)
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--url")
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.url or f"sqlite:///{Path(folder) / 'w.sqlite'}"
        run(url, chosen.people, chosen.items, chosen.processes)


def run(url: str, people: int, items: int, processes: int) -> None:
    """Let people join and vote, then count what is stored."""
    plan, store = planned(items), open_store(url)
    made = create_session(store, plan, STUDY, "benchmark")
    started = time.perf_counter()
    with ThreadPoolExecutor(people) as pool:
        joined = pool.map(lambda n: join(store, made.seat.session, "", "", f"j{n}"), range(people))
        seats = [one.seat for one in joined]
    print(f"{people} people joined in {time.perf_counter() - started:.2f} s (scrypt included)")
    for question in plan.questions:
        move_item(store, made.seat, question.item, "private")
    parts = [(url, seats[part::processes], plan) for part in range(processes)]
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(processes) as workers:
        timed = workers.map(vote, parts)
    passed = time.perf_counter() - started
    writes = np.concatenate([one[0] for one in timed])
    reads = np.concatenate([one[1] for one in timed])
    expected, stored = people * items, 0
    for seat in seats:
        stored += sum(len(own_answers(store, seat, one.item)) for one in plan.questions)
    shown = board(store, made.seat.session)
    assert all(one.answered == people for one in shown), "an answer is lost"
    assert stored == expected, "an answer is lost or stored twice"
    told("submit", writes)
    told("poll", reads)
    print(
        f"{stored} answers stored of {2 * expected} submissions in {passed:.1f} s; 0 lost, 0 twice"
    )
    store.close()


def planned(items: int) -> SessionPlan:
    """Return a plan with many items, made from those of the LX study."""
    known = read_study(STUDY).items
    asked = [question_about(name, item) for name, item in known.items()]
    questions = [
        asked[number % len(asked)].model_copy(update={"item": f"Q-{number + 1}"})
        for number in range(items)
    ]
    return SessionPlan(
        title="Load",
        purpose="to measure",
        holder="nobody",
        currency="CNY",
        price_year=2023,
        questions=tuple(questions),
    )


def vote(work: Work) -> tuple[np.ndarray, np.ndarray]:
    """Let some of the people vote, each in a thread; return seconds of each submission and poll."""
    url, seats, plan = work
    store = open_store(url)
    writes: list[float] = []
    reads: list[float] = []
    done = threading.Event()

    def one_person(seat: Seat) -> None:
        order = random.Random(seat.number)
        questions = list(plan.questions)
        order.shuffle(questions)
        for question in questions:
            likelihood = None if question.likelihood is None else order.uniform(0.1, 0.9)
            best = order.uniform(0.02, 0.1)
            given = {"low": best / 2, "best": best, "high": best * 2, "likelihood": likelihood}
            answer = read_estimate(given, question, plan.interval)
            for _ in range(2):
                started = time.perf_counter()
                submit(store, seat, question.item, answer, f"{question.item}-1")
                writes.append(time.perf_counter() - started)

    def poll() -> None:
        while not done.wait(0.2):
            started = time.perf_counter()
            board(store, seats[0].session)
            reads.append(time.perf_counter() - started)

    watcher = threading.Thread(target=poll)
    watcher.start()
    with ThreadPoolExecutor(len(seats)) as pool:
        list(pool.map(one_person, seats))
    done.set()
    watcher.join()
    store.close()
    return np.array(writes), np.array(reads)


def told(name: str, seconds: np.ndarray) -> None:
    """Print the latencies of one kind of call, in milliseconds."""
    p50, p95, p99 = 1000 * np.quantile(seconds, [0.5, 0.95, 0.99])
    most = 1000 * seconds.max()
    print(f"{name}: n {len(seconds)}, ms: p50 {p50:.1f} p95 {p95:.1f} p99 {p99:.1f} max {most:.1f}")


if __name__ == "__main__":
    main()
