"""Results as a netCDF-4 file, written straight to HDF5.

xarray's own way through h5netcdf looks every dimension up again for every variable, which takes
longer than simulating; the file is the same. What is written here: numbers and texts on named
dimensions, as the netCDF-4 format lays them out in HDF5 (NetCDF User's Guide, appendix C.3).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import xarray as xr

if TYPE_CHECKING:
    import h5py

__all__ = ["write_netcdf"]

_NUMBERS: Final = "iuf"
_TEXTS: Final = "UTO"
_NO_VARIABLE: Final = "This is a netCDF dimension but not a netCDF variable."


def write_netcdf(path: Path, results: xr.Dataset) -> None:
    """Write a dataset so that `xarray.open_dataset` gives back the same.

    Parameters
    ----------
    path : Path
        File to write.
    results : Dataset
        Of numbers and texts.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    if not _is_plain(results):
        results.to_netcdf(path, engine="h5netcdf")
        return
    import h5py  # late: only who writes results needs it

    with h5py.File(path, "w") as file:
        versions = f"version=2,hdf5={h5py.version.hdf5_version},h5py={h5py.__version__}"
        file.attrs["_NCProperties"] = np.bytes_(versions)
        _annotate(file, results.attrs)
        _Writer(file, results).write()


def _is_plain(results: xr.Dataset) -> bool:
    """Return whether there are only numbers and texts, along dimensions that are not empty."""
    kinds = {one.dtype.kind for one in results.variables.values() if one.dtype != object}
    texts = [one for one in results.variables.values() if one.dtype == object]
    all_text = all(isinstance(word, str) for one in texts for word in one.to_numpy().flat)
    return kinds <= {*_NUMBERS, *_TEXTS} and all_text and 0 not in results.sizes.values()


class _Writer:
    """Writes each dimension once, and lets the variables refer to them."""

    def __init__(self, file: h5py.File, results: xr.Dataset) -> None:
        self._file = file
        self._results = results
        self._places = {str(name): place for place, name in enumerate(results.sizes)}
        self._scales: dict[str, h5py.Dataset] = {}
        self._coordinates = {
            str(name): {*results.variables[name].dims}
            for name in results.coords
            if name not in results.sizes
        }

    def write(self) -> None:
        for name, size in self._results.sizes.items():
            self._write_dimension(str(name), size)
        for name, one in self._results.variables.items():
            if name not in self._scales:
                self._write_variable(str(name), one)

    def _write_dimension(self, name: str, size: int) -> None:
        if name in self._results.variables:
            scale = self._write_values(name, self._results.variables[name])
            scale.make_scale(name)
        else:
            scale = self._file.create_dataset(name, shape=(size,), dtype=">f4")
            scale.make_scale(f"{_NO_VARIABLE}{size:10d}")
        scale.attrs["_Netcdf4Dimid"] = np.int32(self._places[name])
        self._scales[name] = scale

    def _write_variable(self, name: str, one: xr.Variable) -> None:
        dataset = self._write_values(name, one)
        places = [self._places[str(dim)] for dim in one.dims]
        dataset.attrs["_Netcdf4Coordinates"] = np.array(places, dtype=np.int32)
        dataset.attrs["_Netcdf4Dimid"] = np.int32(places[0] if places else 0)
        for axis, dim in enumerate(one.dims):
            dataset.dims[axis].attach_scale(self._scales[str(dim)])
        if name not in self._coordinates and (beside := self._beside(one)):
            dataset.attrs["coordinates"] = " ".join(beside)

    def _beside(self, one: xr.Variable) -> list[str]:
        """Return the coordinates, other than its dimensions, that a variable can be read by."""
        return sorted(name for name, dims in self._coordinates.items() if dims <= {*one.dims})

    def _write_values(self, name: str, one: xr.Variable) -> h5py.Dataset:
        import h5py

        values, is_text = one.to_numpy(), one.dtype.kind in _TEXTS
        content = values.astype(object) if is_text else values
        kind = h5py.string_dtype() if is_text else values.dtype
        dataset = self._file.create_dataset(name, data=content, dtype=kind)
        if values.dtype.kind == "f":
            dataset.attrs["_FillValue"] = np.array([np.nan], dtype=values.dtype)
        _annotate(dataset, one.attrs)
        return dataset


def _annotate(place: h5py.File | h5py.Dataset, attributes: dict[Any, Any]) -> None:
    for name, value in attributes.items():
        place.attrs[name] = value if isinstance(value, str) else np.atleast_1d(value)
