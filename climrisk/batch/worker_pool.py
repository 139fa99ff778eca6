"""Processes of this machine that leave Ctrl-C to whoever started them, and end with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait as wait_for

__all__ = ["end_pool", "quiet_pool"]


def quiet_pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool of processes with one thread each, which begin with the first task."""
    # spawned, not forked: a fork would copy threads' locks in whatever state they are
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_serve_quietly
    )


def end_pool(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool, whatever they are doing."""
    known = getattr(pool, "_processes", None) or {}  # no public name before Python 3.14
    mine = list(known.values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in mine:
        process.terminate()
    for process in mine:
        process.join()


def _serve_quietly() -> None:
    """Leave Ctrl-C to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["NUMBA_NUM_THREADS"] = "1"
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
