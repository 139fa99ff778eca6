"""The log of recalculations in a study's folder: one line an event, only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from climrisk import __version__
from climrisk.errors import ClimriskError
from climrisk.ghg.recalculation import Recalculation
from climrisk.paths import bundled

__all__ = ["LOG", "is_logged", "log_recalculation"]

LOG: Final = "recalculations.jsonl"


def is_logged(folder: Path) -> bool:
    """Return whether a study keeps a log: the studies that come with climrisk stay as they are."""
    return bundled("data").resolve() not in folder.resolve().parents


def log_recalculation(
    folder: Path, found: Recalculation, old: Sequence[str], new: Sequence[str], when: datetime
) -> None:
    """Add a recalculation to the log of a study.

    Parameters
    ----------
    folder : Path
        Study folder.
    found : Recalculation
    old, new : sequence of str
        Factor sets before and after, in their order.
    when : datetime
        With its time zone.

    Raises
    ------
    ClimriskError
        If the log cannot be written.
    """
    line = json.dumps(_event(found, old, new, when), ensure_ascii=False) + "\n"
    try:
        with (folder / LOG).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise ClimriskError(f"{LOG}: cannot be written: {error.strerror}") from None


def _event(
    found: Recalculation, old: Sequence[str], new: Sequence[str], when: datetime
) -> dict[str, Any]:
    """Return what happened; nothing says who did it, or where."""
    return {
        "event": "recalculation",
        "when": when.astimezone(UTC).isoformat(timespec="seconds"),
        "climrisk": __version__,
        "year": found.year,
        "from": list(old),
        "to": list(new),
        "unit": "tCO2e",
        "reported": found.reported,
        "before": found.before.value,
        "after": found.after.value,
        "change": found.change,
        "threshold": found.threshold,
        "beyond_threshold": found.is_significant,
    }
