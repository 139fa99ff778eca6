"""Pictures of a run: the matrix of each horizon in the scenario that hurts most."""

from __future__ import annotations

from importlib.util import find_spec

import pandas as pd
import typer
import xarray as xr

from climrisk.charts.caption import Caption
from climrisk.charts.matrix import matrix_table
from climrisk.charts.still import draw_matrix, png
from climrisk.charts.typeface import MissingFontError
from climrisk.cli.chosen import worst_scenario
from climrisk.domain.study import Study
from climrisk.io.run_tables import unverified_remark

__all__ = ["matrix_pictures"]


def matrix_pictures(study: Study, results: xr.Dataset, matrix: pd.DataFrame) -> dict[str, bytes]:
    """Return PNG pictures by file name.

    None are drawn, and a word says why, without the extra `report` or a font for the titles.

    Parameters
    ----------
    study : Study
    results : Dataset
        As `analyse` returns it.
    matrix : DataFrame
        Content of `matrix.csv`.
    """
    if not study.assessed:
        return {}
    if find_spec("matplotlib") is None:
        typer.echo("no picture: pip install 'climrisk[report]' draws the matrix", err=True)
        return {}
    try:
        return _drawn(study, results, matrix)
    except MissingFontError as error:  # the figures are worth more than their picture
        typer.echo(f"no picture: {error}", err=True)
        return {}


def _drawn(study: Study, results: xr.Dataset, matrix: pd.DataFrame) -> dict[str, bytes]:
    scenario = worst_scenario(results)
    titles = {name: item.title.best() for name, item in study.items.items()}
    pictures = {}
    for horizon in results["horizon"].to_numpy().tolist():
        chart = matrix_table(
            matrix,
            titles,
            scenario=scenario,
            horizon=horizon,
            caption=_caption(study, results, scenario, horizon),
            appetite=study.settings.appetite.value,
            not_assessed=tuple(study.not_assessed),
        )
        pictures[f"matrix-{scenario}-{horizon}.png"] = png(draw_matrix(chart))
    return pictures


def _caption(study: Study, results: xr.Dataset, scenario: str, horizon: str) -> Caption:
    settings = study.settings
    scenarios = tuple(results["scenario"].to_numpy().tolist())
    stated = study.scenarios.get(scenario)
    remark = unverified_remark(study, scenarios)
    return Caption(
        scenario=scenario if stated is None else stated.title.best(),
        horizon=horizon,
        years=settings.horizons[horizon].years,
        currency=settings.money.currency,
        price_year=settings.money.price_year,
        material_effect=settings.material_effect.value,
        draws=int(results.attrs["draws"]),
        seed=int(results.attrs["seed"]),
        notice=None if settings.notice is None else settings.notice.best(),
        remarks=(remark,) if remark else (),
    )
