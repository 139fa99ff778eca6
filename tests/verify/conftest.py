from __future__ import annotations

import pytest

from climrisk.verify.case import Outcome, run_case
from climrisk.verify.suite import CASES


@pytest.fixture(scope="session")
def outcomes() -> tuple[Outcome, ...]:
    """Return what came of every case."""
    return tuple(run_case(case) for case in CASES)
