from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from climrisk.io.netcdf import write_netcdf


@pytest.fixture
def results() -> xr.Dataset:
    mean = xr.Variable(("item", "year"), [[1.5, np.nan], [-2.0, 0.1]], {"units": "million"})
    told = xr.Variable(("item",), np.array(["a, b", "倉庫"], dtype=object), {"long_name": "said"})
    return xr.Dataset(
        {"mean": mean, "told": told, "apart": ("pair", [1, 2, 3]), "one": ((), 7.5)},
        coords={
            "item": np.array(["R-1", "R-2"]),
            "year": [2024, 2025],
            "kind": ("item", np.array(["risk", "opportunity"])),
        },
        attrs={"draws": 100, "seed": "18446744073709551615", "money_step": 2.0**-30},
    )


def test_what_is_written_is_what_xarray_reads(results: xr.Dataset, tmp_path: Path) -> None:
    write_netcdf(tmp_path / "results.nc", results)
    found = xr.load_dataset(tmp_path / "results.nc", engine="h5netcdf")
    xr.testing.assert_identical(found, results)
    assert found["mean"].dtype == np.float64
    assert found["year"].dtype == np.int64


def test_it_reads_like_the_file_that_xarray_writes(results: xr.Dataset, tmp_path: Path) -> None:
    write_netcdf(tmp_path / "ours.nc", results)
    results.to_netcdf(tmp_path / "theirs.nc", engine="h5netcdf")
    ours, theirs = (
        xr.load_dataset(tmp_path / name, engine="h5netcdf") for name in ("ours.nc", "theirs.nc")
    )
    xr.testing.assert_identical(ours, theirs)
    for name in theirs.variables:
        for key in ("_FillValue", "coordinates", "dtype"):
            mine, other = (one[name].encoding.get(key) for one in (ours, theirs))
            assert mine == other or (mine != mine and other != other), (name, key)


def test_what_is_no_number_and_no_text_is_left_to_xarray(tmp_path: Path) -> None:
    odd = xr.Dataset({"met": ("item", [True, False])}, coords={"none": np.array([], dtype=float)})
    write_netcdf(tmp_path / "odd.nc", odd)
    xr.testing.assert_identical(xr.load_dataset(tmp_path / "odd.nc", engine="h5netcdf"), odd)
