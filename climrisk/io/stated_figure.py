"""Finding a figure that the study states, by its place in `study.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from climrisk.errors import RunFolderError
from climrisk.io.run_folder import read_run
from climrisk.io.wording import suggestion

__all__ = ["STATED", "StatedFigure", "find_stated"]

STATED: Final = "study.json/"
"""What the key of a stated figure begins with."""


@dataclass(frozen=True)
class StatedFigure:
    """One figure that the study states.

    Parameters
    ----------
    path : str
        Dotted place in `study.json`.
    value : str
    basis, source : str or None
        What it rests on, where stated.
    verified : bool or None
        False where nobody has checked it against its source.
    """

    path: str
    value: str
    basis: str | None
    source: str | None
    verified: bool | None


def find_stated(run: Path, key: str) -> StatedFigure:
    """Return the figure that a key names.

    Parameters
    ----------
    run : Path
        Run folder.
    key : str
        `study.json/PATH`, such as `study.json/settings.appetite.value`.

    Raises
    ------
    RunFolderError
        If the folder is no run, or the study states nothing there.
    """
    _, record = read_run(run)
    path = key.removeprefix(STATED)
    value = _at(json.loads((run / "study.json").read_text(encoding="utf-8")), path, path)
    owner = _owner(record["inputs"], path)
    return StatedFigure(
        path, str(value), owner.get("basis"), owner.get("source"), owner.get("verified")
    )


def _at(node: Any, path: str, whole: str) -> Any:
    """Return the plain value at a dotted path; names of the study may have dots themselves."""
    if not path:
        if isinstance(node, Mapping | list):
            raise RunFolderError(f"study.json: {whole}: no figure but several")
        return node
    named = _children(node)
    fits = [name for name in named if path == name or path.startswith(f"{name}.")]
    if not fits:
        raise RunFolderError(f"study.json: {whole}: not stated; {suggestion(path, named)}")
    name = max(fits, key=len)
    return _at(named[name], path[len(name) + 1 :], whole)


def _children(node: Any) -> dict[str, Any]:
    if isinstance(node, Mapping):
        return {str(name): child for name, child in node.items()}
    entries: Sequence[Any] = node if isinstance(node, list) else ()
    return {str(number): child for number, child in enumerate(entries, start=1)}


def _owner(inputs: Sequence[Mapping[str, Any]], path: str) -> Mapping[str, Any]:
    """Return the recorded input that a path lies in."""
    return next((one for one in inputs if f"{path}.".startswith(f"{one['path']}.")), {})
