"""What a batch found: labelled arrays, and tables with a row for each run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.batch.folder import DONE, MANIFEST, PLAN, RESULTS
from climrisk.domain.varied import Setting
from climrisk.errors import MissingExtraError, RunFolderError
from climrisk.io.batch_manifest import read_manifest
from climrisk.io.batch_tables import write_headline, write_summary
from climrisk.names import ALL_YEARS, NET, TOTAL

__all__ = ["BatchResults", "open_batch", "write_tables"]

HEADLINE: Final = "headline.csv"
SUMMARY: Final = "summary.parquet"

FIGURES: Final = ("mean", "mean_se", "p5", "p5_se", "p50", "p50_se", "p95", "p95_se")
PAIRED: Final = ("difference", "difference_se", "exceeds", "exceeds_se")


def open_batch(folder: str | Path) -> BatchResults:
    """Open the results of a batch, finished or not.

    Parameters
    ----------
    folder : str or Path

    Raises
    ------
    RunFolderError
        If it is no batch.
    MissingExtraError
        If Zarr is not installed.
    """
    return BatchResults(Path(folder))


class BatchResults:
    """Results of a batch.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.plan: dict[str, Any] = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise RunFolderError(f"{folder}: no batch: {PLAN} is missing or no JSON") from None
        self.manifest = read_manifest(folder / MANIFEST)

    @property
    def studies(self) -> tuple[str, ...]:
        """Names of the studies, as results call them."""
        return tuple(study["group"] for study in self.plan["studies"])

    @cached_property
    def failed(self) -> dict[str, str]:
        """Why runs failed that did not finish later, by study and run."""
        state: dict[tuple[str, str], str] = {}
        for line in self.manifest:
            for run in line["runs"]:
                state.pop((line["group"], run), None)
                if line["status"] != DONE:
                    state[line["group"], run] = line["cause"]
        return {f"{group}/{run}": cause for (group, run), cause in state.items()}

    def dataset(self, study: str | None = None) -> xr.Dataset:
        """Return the finished runs of a study, labelled; values are read when they are used.

        Parameters
        ----------
        study : str, optional
            One of `studies`; the first by default.

        Returns
        -------
        xarray.Dataset
            `summary`, `present_value`, `difference` and, where they were kept, `draws`, by `run`;
            what each run varies stands in `setting`. Amounts in millions of the study's currency.

        Raises
        ------
        KeyError
            If no run of the study is finished.
        """
        try:
            import zarr  # noqa: F401  (xarray opens the store with it)
        except ImportError:
            raise MissingExtraError("results of a batch", "batch") from None
        group = self.studies[0] if study is None else study
        rows = sorted(row for line in self._done(group) for row in line["rows"])
        if not rows:
            raise KeyError(f"no run of {group} is finished")
        opened: xr.Dataset = xr.open_zarr(
            self.folder / RESULTS, group=group, consolidated=False, chunks=None
        )
        return opened.isel(run=rows)

    def _done(self, group: str) -> Iterator[dict[str, Any]]:
        seen = set()
        for line in self.manifest:
            if line["group"] == group and line["status"] == DONE and line["key"] not in seen:
                seen.add(line["key"])
                yield line

    def headline(self) -> pd.DataFrame:
        """Return a row for each finished run and scenario: what was varied, and what came of it.

        Returns
        -------
        DataFrame
            `net_*` is net of the total over the stated horizon, undiscounted; `npv_*` its present
            value over all years; `*_difference` is against the base run on the same draws, and
            `*_exceeds` the probability of more than there. A varied input has its path as column:
            its value, or with `[x]` its multiple. [million of the study's currency]
        """
        frames = [self._headline(study) for study in self.plan["studies"]]
        found = [frame for frame in frames if frame is not None]
        return pd.concat(found, ignore_index=True) if found else pd.DataFrame()

    def _headline(self, study: Mapping[str, Any]) -> pd.DataFrame | None:
        group, control = study["group"], self.plan["batch"]["control"]
        if not any(True for _ in self._done(group)):
            return None
        data = self.dataset(group).sel(control=control)
        settings = _setting_columns({run["name"]: run["settings"] for run in study["runs"]})
        total = data["summary"].sel(subject=TOTAL, channel=NET, horizon=study["horizon"]).load()
        value = data["present_value"].sel(subject=TOTAL).load()
        figures = {f"net_{name}": total.sel(statistic=name) for name in FIGURES}
        figures |= _paired(data, "net", study["horizon"])
        figures |= {f"npv_{name}": value.sel(value_statistic=name) for name in FIGURES}
        figures |= _paired(data, "npv", ALL_YEARS)
        runs, scenarios = data["run"].to_numpy(), data["scenario"].to_numpy()
        frame = pd.DataFrame({"study": data.attrs["study"], "run": np.repeat(runs, len(scenarios))})
        for name, cells in settings.items():
            frame[name] = [cells.get(run) for run in frame["run"]]
        frame["scenario"] = np.tile(scenarios, len(runs))
        frame["control"], frame["horizon"] = control, study["horizon"]
        first, last = data.attrs["horizon_years"][study["horizon"]]
        frame["years"] = last - first + 1
        for name, values in figures.items():
            frame[name] = values.to_numpy().ravel()
        return frame.assign(unit=data.attrs["unit"], notice=data.attrs["notice"])

    def summary(self) -> Iterator[pd.DataFrame]:
        """Yield for each finished run a row for each scenario, control, subject, channel, horizon.

        Horizon `all` is the present value over all years, of which there are mean and percentiles.
        """
        for study in self.plan["studies"]:
            if not any(True for _ in self._done(study["group"])):
                continue
            data = self.dataset(study["group"])
            rows = _summary_rows(data).astype("category")
            for place, run in enumerate(data["run"].to_numpy().tolist()):
                names = pd.DataFrame({"study": data.attrs["study"], "run": run}, index=rows.index)
                yield pd.concat([names, rows, _summary_figures(data, place)], axis=1)


def write_tables(results: BatchResults) -> None:
    """Write `headline.csv` and `summary.parquet` of the finished runs.

    Raises
    ------
    OSError
        If they cannot be written; what was there before is kept.
    """
    headline = results.headline()
    if headline.empty:
        return
    write_headline(results.folder / HEADLINE, headline)
    notice = " ".join(dict.fromkeys(headline["notice"]))
    write_summary(results.folder / SUMMARY, results.summary(), notice)


def _paired(data: xr.Dataset, name: str, span: str) -> dict[str, xr.DataArray]:
    found = data["difference"].sel(span=span).load()
    return {f"{name}_{one}": found.sel(difference_statistic=one) for one in PAIRED}


def _setting_columns(runs: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what each run varies, by column and run; a multiple is 1 where it is not varied."""
    columns: dict[str, dict[str, Any]] = {}
    for run, settings in runs.items():
        for path, stated in settings.items():
            setting = Setting.model_validate(stated)
            name = path if setting.scale is None else f"{path} [x]"
            columns.setdefault(name, {})
            columns[name][run] = setting.words if setting.number is None else setting.number
    for name, cells in columns.items():
        if name.endswith(" [x]"):
            cells |= {run: 1.0 for run in runs if run not in cells}
    return columns


def _summary_rows(data: xr.Dataset) -> pd.DataFrame:
    """Return what the rows of a run's summary are of: sums over horizons, then present values."""
    over_horizons = ("scenario", "control", "subject", "channel", "horizon")
    labels: list[Any] = [data[name].to_numpy().astype(object) for name in over_horizons]
    sums = pd.MultiIndex.from_product(labels, names=over_horizons).to_frame(index=False)
    labels[3:] = [[NET], [ALL_YEARS]]
    values = pd.MultiIndex.from_product(labels, names=over_horizons).to_frame(index=False)
    rows: pd.DataFrame = pd.concat([sums, values], ignore_index=True)
    return rows


def _summary_figures(data: xr.Dataset, run: int) -> pd.DataFrame:
    """Return every statistic of a run, in the order of `_summary_rows`."""
    statistics = data["statistic"].to_numpy().tolist()
    of_value = [statistics.index(name) for name in data["value_statistic"].to_numpy()]
    sums = data["summary"][run].to_numpy().reshape(-1, len(statistics))
    value = data["present_value"][run].to_numpy().reshape(-1, len(of_value))
    values = np.full((len(value), len(statistics)), np.nan)
    values[:, of_value] = value
    return pd.DataFrame(np.concatenate([sums, values]), columns=statistics)
