"""Sixty people answer twenty items on their devices at once: nothing lost, nothing twice, how fast.

Usage: python benchmarks/app_load.py [--people 60] [--items 20] [--pace 0]

The app is served as `climrisk app` serves it. Every person holds a websocket as a browser does,
fills in each field of each item and sends the answer. Without a pace all go as fast as the server
lets them, which no room does; with one, people think for about so many seconds before each field.
Then all wait and poll every two seconds, as in a discussion. At the end the database
is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from websocket_page import Page
from workshop_load import STUDY, planned, told

from climrisk.workshop.seat import Seat
from climrisk.workshop.store.answers import own_answers
from climrisk.workshop.store.boards import board
from climrisk.workshop.store.database import open_store
from climrisk.workshop.store.moves import move_item
from climrisk.workshop.store.sessions import create_session

START = "from climrisk.cli.main import main; main()"
FIELDS = {"Low: ": 0.01, "High: ": 0.09, "Best: ": 0.03, "Likelihood, best": 0.3}
STORED = "Stored at"
WATCHED = 20
"""Seconds in which all pages do nothing but look at the database."""


def main() -> None:
    """Run the load and print counts and latencies."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--people", type=int, default=60)
    words.add_argument("--items", type=int, default=20)
    words.add_argument("--pace", type=float, default=0.0)
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), chosen.people, chosen.items, chosen.pace)


def run(folder: Path, people: int, items: int, pace: float) -> None:
    """Let people join and answer through the served app, then count what is stored."""
    url = f"sqlite:///{folder / 'w.sqlite'}"
    store, plan = open_store(url), planned(items)
    made = create_session(store, plan, STUDY, "benchmark")
    for question in plan.questions:
        move_item(store, made.seat, question.item, "private")
    with served(folder, url) as server:
        started = time.perf_counter()
        sent, pages = asyncio.run(everybody(server.address, made.join_code, people, items, pace))
        passed = time.perf_counter() - started - WATCHED
        used = server.seconds
    shown = board(store, made.seat.session)
    each = [
        len(own_answers(store, Seat(made.seat.session, "participant", number), one.item))
        for number in range(1, people + 1)
        for one in plan.questions
    ]
    faults = [fault for page in pages for fault in page.faults]
    assert not faults, faults[:3]
    assert all(one.answered == people for one in shown), "an answer is lost"
    assert each == [1] * (people * items), "an answer is lost or stored twice"
    told("send to acknowledged", np.array(sent))
    told("any run of a page", np.concatenate([page.runs for page in pages]))
    told("poll", np.concatenate([page.polls for page in pages]))
    many = sum(len(page.runs) + len(page.polls) for page in pages)
    print(f"processor time of the server: {1000 * used / many:.1f} ms for each run or poll")
    rate = len(sent) / passed
    print(f"{sum(each)} answers of {people} people stored in {passed:.0f} s ({rate:.1f} a second); "
          "0 lost, 0 twice")  # fmt: skip
    store.close()


class Server(NamedTuple):
    """A served app: its address and the number of its process."""

    address: str
    process: int

    @property
    def seconds(self) -> float:
        """Processor time that it has used [s]; unlike the clock, no other program adds to it."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(folder: Path, url: str, draws: int = 100, study: str = STUDY) -> Iterator[Server]:
    """Serve the app in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", START, "app", study, "--no-browser", "--port", str(port)]
    own = {**os.environ, "CLIMRISK_DATABASE_URL": url, "CLIMRISK_APP_DRAWS": str(draws)}
    with subprocess.Popen(command, cwd=folder, env=own, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/_stcore/health")
            yield Server(address, process.pid)
        finally:
            process.kill()


def wait_for(address: str) -> None:
    """Wait until a server answers.

    Raises
    ------
    TimeoutError
        If it does not within two minutes.
    """
    for _ in range(240):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"nothing answers at {address}")


async def everybody(
    address: str, code: str, people: int, items: int, pace: float
) -> tuple[list[float], list[Page]]:
    """Let all join, then all answer at once; return seconds of each sent answer, and the pages."""
    pages = [Page(address, f"join={code}") for _ in range(people)]
    await asyncio.gather(*map(joined, pages))
    sent = await asyncio.gather(*(answered(page, items, pace) for page in pages))
    await asyncio.sleep(WATCHED)
    for page in pages:
        await page.close()
    return [seconds for one in sent for seconds in one], pages


async def joined(page: Page) -> None:
    """Read the notice, join, and put the return code away."""
    await page.open()
    await page.tick("I have read this")
    await page.press("Join")
    await page.press("I have written it down")


async def answered(page: Page, items: int, pace: float) -> list[float]:
    """Answer item after item; return the seconds from each send until it was acknowledged."""
    seconds = []
    for number in range(1, items + 1):
        for label, value in FIELDS.items():
            if page.has("text_input", label):
                await asyncio.sleep(pace * random.uniform(0.5, 1.5))
                await page.fill(label, f"{value:g}")
        started = time.perf_counter()
        await page.press("Send my answer")
        await page.until(STORED)
        seconds.append(time.perf_counter() - started)
        if number < items:
            await page.press("Next")
    return seconds


if __name__ == "__main__":
    main()
