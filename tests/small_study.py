"""The small valid study beside the broken ones, to copy and to change."""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["BROKEN", "broken_studies", "edited", "small_study"]

BROKEN = Path(__file__).resolve().parent / "faults"
WITHOUT_FAULT = "no-fault"


def broken_studies() -> list[str]:
    """Return the names of the folders below `tests/faults` that hold a broken study."""
    names = (folder.name for folder in BROKEN.iterdir() if (folder / "expected.txt").is_file())
    return sorted(name for name in names if name != WITHOUT_FAULT)


def small_study(folder: Path) -> Path:
    """Copy the valid study to `folder` and return it."""
    shutil.copytree(BROKEN / WITHOUT_FAULT, folder)
    (folder / "expected.txt").unlink()
    return folder


def edited(file: Path, *changes: tuple[str, str]) -> None:
    """Replace texts in a file; each must stand there exactly once."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
