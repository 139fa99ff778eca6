"""A Ctrl-C that a library swallows is raised again by the work that follows."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

import pytest

from climrisk.cli.interrupt import heeding_ctrl_c, stop_if_interrupted
from climrisk.cli.screen import progress_bar


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("quiet", [True, False])
def test_a_swallowed_ctrl_c_stops_the_work_at_its_next_step(quiet: bool) -> None:
    before = signal.getsignal(signal.SIGINT)
    with heeding_ctrl_c(), progress_bar(quiet) as advance:
        advance(0, 10)
        with suppress(KeyboardInterrupt):  # as some libraries do on import
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            advance(1, 10)
    assert signal.getsignal(signal.SIGINT) is before


def test_nothing_stops_without_ctrl_c() -> None:
    with heeding_ctrl_c():
        stop_if_interrupted()
