"""Many runs from one file: what they are, running them, and what they found."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from climrisk.batch.comparison import compare
    from climrisk.batch.planning import plan_batch, read_batch
    from climrisk.batch.results import open_batch
    from climrisk.batch.run import run_batch
    from climrisk.domain.batch import Batch

__all__ = ["Batch", "compare", "open_batch", "plan_batch", "read_batch", "run_batch"]

_WHERE = {
    "Batch": "climrisk.domain.batch",
    "compare": "climrisk.batch.comparison",
    "open_batch": "climrisk.batch.results",
    "plan_batch": "climrisk.batch.planning",
    "read_batch": "climrisk.batch.planning",
    "run_batch": "climrisk.batch.run",
}


def __getattr__(name: str) -> Any:
    """Load on use: importing a name of a part should not load all of it."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_WHERE[name]), name)
