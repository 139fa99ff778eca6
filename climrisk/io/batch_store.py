"""The results of a batch as one Zarr store: a group a study, a chunk a run and scenario.

Zarr specification, version 3. Only one process writes; chunks are not compressed, as random
numbers hardly give way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from climrisk.errors import MissingExtraError

if TYPE_CHECKING:
    import zarr

__all__ = ["BASE_DRAWS", "Arrays", "BatchStore", "GroupFrame", "checksum"]

Floats = NDArray[np.float64]
Arrays = Mapping[str, Floats]
"""Results of one run by the name of their array, scenarios first."""

MOST_DRAWS_A_CHUNK: Final = 2**18
BASE_DRAWS: Final = "base_draws"
WHOLE: Final = "whole"
FLAT: Final = {"name": "default", "separator": "."}
"""One folder an array, not one a dimension of every chunk."""


@dataclass(frozen=True)
class GroupFrame:
    """What the arrays of one study look like before anything is in them.

    Parameters
    ----------
    name : str
        Of the group.
    attributes : mapping
        Texts and numbers kept with the group.
    coordinates : mapping of dimension to sequence
        Labels of every dimension but `draw`.
    dims : mapping of array to tuple of str
        Dimensions after `run`; the first is `scenario`.
    beside : mapping of name to (dims, values)
        Arrays that are known from the start, such as the settings of each run.
    """

    name: str
    attributes: Mapping[str, Any]
    coordinates: Mapping[str, Sequence[Any]]
    dims: Mapping[str, tuple[str, ...]]
    beside: Mapping[str, tuple[tuple[str, ...], Any]]

    def size(self, dim: str, draws: int) -> int:
        """Return the length of a dimension."""
        return draws if dim == "draw" else len(self.coordinates[dim])


def checksum(arrays: Arrays) -> str:
    """Return the SHA-256 of a run's results, by which a run that was not kept whole is found."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


class BatchStore:
    """The Zarr store of a batch.

    Parameters
    ----------
    path : Path
        Folder of the store.

    Raises
    ------
    MissingExtraError
        If Zarr is not installed.
    """

    def __init__(self, path: Path) -> None:
        try:
            import zarr
        except ImportError:
            raise MissingExtraError("a batch", "batch") from None
        self._root = zarr.open_group(str(path), mode="a", zarr_format=3)

    def add_group(self, frame: GroupFrame, draws: int) -> None:
        """Make the arrays of a study, all of them missing values."""
        # one that is there was cut off while it was made
        group = self._root.create_group(
            frame.name, overwrite=True, attributes=dict(frame.attributes)
        )
        for dim, labels in frame.coordinates.items():
            _put(group, dim, (dim,), labels)
        for name, (dims, values) in frame.beside.items():
            _put(group, name, dims, values)
        for name, dims in frame.dims.items():
            _make(group, name, ("run", *dims), frame, draws)
        if "draws" not in frame.dims:
            _make(group, BASE_DRAWS, ("scenario", "control", "span", "draw"), frame, draws)
        group.attrs[WHOLE] = True  # last: without it the group was cut off while it was made

    def has_group(self, name: str) -> bool:
        """Return whether a study has all its arrays."""
        return name in self._root and bool(self._root[name].attrs.get(WHOLE))

    def write(self, group: str, rows: Sequence[int], arrays: Arrays) -> None:
        """Write the results of a run into its rows.

        Raises
        ------
        OSError
            If they cannot be written; the run then counts as not done.
        """
        for name, values in arrays.items():
            array = self._array(group, name)
            if name == BASE_DRAWS:
                array[...] = values
                continue
            for row in rows:
                array[row] = values

    def read(self, group: str, row: int, names: Sequence[str]) -> dict[str, Floats]:
        """Return the results of a run as they were written."""
        found = {}
        for name in names:
            array = self._array(group, name)
            found[name] = np.asarray(array[...] if name == BASE_DRAWS else array[row])
        return found

    def base_draws(self, group: str) -> Floats:
        """Return net of the total in every draw of the base run."""
        is_apart = BASE_DRAWS in self._root[group]
        array = self._array(group, BASE_DRAWS if is_apart else "draws")
        return np.asarray(array[...] if is_apart else array[0])

    def labels(self, group: str) -> dict[str, list[str]]:
        """Return the labels of every dimension but `draw`."""
        found = self._root[group]
        names = [name for name, one in found.arrays() if one.metadata.dimension_names == (name,)]
        return {name: np.asarray(found[name][...]).tolist() for name in names}

    def _array(self, group: str, name: str) -> zarr.Array[Any]:
        import zarr

        found = self._root[f"{group}/{name}"]
        assert isinstance(found, zarr.Array)
        return found


def _put(group: zarr.Group, name: str, dims: tuple[str, ...], values: Any) -> None:
    given = np.asarray(values)
    kind: Any = "str" if given.dtype.kind in "UO" else given.dtype
    array = group.create_array(
        name, shape=given.shape, dtype=kind, dimension_names=dims, compressors=None
    )
    array[...] = given


def _make(
    group: zarr.Group, name: str, dims: tuple[str, ...], frame: GroupFrame, draws: int
) -> None:
    shape = tuple(frame.size(dim, draws) for dim in dims)
    one = {"run": 1, "scenario": 1, "draw": min(draws, MOST_DRAWS_A_CHUNK)}
    chunks = tuple(one.get(dim, size) for dim, size in zip(dims, shape, strict=True))
    group.create_array(
        name,
        shape=shape,
        chunks=chunks,
        dtype="float64",
        fill_value=np.nan,
        compressors=None,
        dimension_names=dims,
        chunk_key_encoding=FLAT,
        attributes={"units": "million"},
    )
