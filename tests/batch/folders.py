"""What two folders of one batch must have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from climrisk.io.batch_manifest import read_manifest

__all__ = ["done_lines", "results_of"]


def results_of(folder: Path) -> dict[str, bytes]:
    """Return every file of the results by its name, to the last bit."""
    files = [one for one in (folder / "results.zarr").rglob("*") if one.is_file()]
    found = {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}
    return found | {name: (folder / name).read_bytes() for name in ("batch.json", "headline.csv")}


def done_lines(folder: Path) -> list[dict[str, Any]]:
    """Return the lines of finished runs in the manifest, in order."""
    return [one for one in read_manifest(folder / "manifest.jsonl") if one["status"] == "done"]
