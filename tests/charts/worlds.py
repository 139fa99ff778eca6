"""Small analysed studies for the tests of charts."""

from __future__ import annotations

from typing import Any

import xarray as xr

from climrisk.analysis import analyse
from climrisk.charts import ChartTable, StudyLabels
from climrisk.charts.tables.comparison import comparison_table
from climrisk.charts.tables.exceedance import exceedance_table
from climrisk.charts.tables.fan import fan_table
from climrisk.charts.tables.inputs import inputs_table
from climrisk.charts.tables.items import items_table
from climrisk.charts.tables.measures import measures_table
from climrisk.charts.tables.waterfall import waterfall_table
from climrisk.domain.item import Item
from climrisk.domain.study import Study
from tests.studies import (
    BASE_YEAR,
    always,
    bernoulli,
    cost,
    make_item,
    make_scenario,
    make_settings,
    make_study,
    poisson,
)

HOSTILE = "<script>alert(1)</script> $x$ \u202e{0} <a href='javascript:1'>"
NOTICE = "Made up for a test."


def four_items(scale: float = 1.0) -> dict[str, Item]:
    """Return two risks and two opportunities, whose amounts are about `scale` [million]."""
    gain: dict[str, Any] = {"direction": "favourable"}
    spread = {"p5": scale, "p95": 4.0 * scale}
    lost = {"channel": "revenue", "line": "sales", "direction": "adverse", "revenue_line": "sales"}
    driven = [{"driver": "price", "acts_on": "severity", "form": "ratio", "elasticity": 1}]
    return {
        "R-ACU-1": make_item(
            poisson({"p5": 0.1, "p95": 0.6}),
            {"repair": cost(spread), "sales": {**lost, "amount": spread}},
            title={"en": "Rainstorm", "zh-Hant": "暴雨", "zh-Hans": "暴雨"},
            basis="assumption",
        ),
        "R-POL-1": make_item(
            always(),
            {"price": cost(2.0 * scale)},
            category="policy_legal",
            title=HOSTILE,
            links=driven,
            basis="reported",
        ),
        "O-RES-1": make_item(
            bernoulli(0.5), {"won": cost(3.0 * scale, **gain)}, kind="opportunity"
        ),
        "O-ENE-1": make_item(
            always(),
            {"saved": cost({"p5": 0.5 * scale, "p95": scale}, **gain)},
            kind="opportunity",
            category="energy_source",
        ),
    }


def charted_study(items: dict[str, Item], scale: float = 1.0) -> Study:
    """Return a study of four years, two horizons, two scenarios and two measures."""
    end = BASE_YEAR + 4
    settings = make_settings(
        4,
        ("flat", "steep"),
        revenue_lines={"sales": 100.0 * scale},
        notice=NOTICE,
        material_effect={"value": 0.5 * scale},
        appetite={"value": 5.0 * scale},
        horizons={
            "short": {"years": (BASE_YEAR + 1, BASE_YEAR + 2), "planning": "plan"},
            "long": {"years": (BASE_YEAR + 3, end), "planning": "strategy"},
        },
    )
    reduced = [{"item": name, "acts_on": "severity", "share": 0.5} for name in ("R-ACU-1",)]
    planned = {"title": "Walls", "status": "planned", "start": BASE_YEAR + 1}
    walls = {**planned, "capex": 0.1 * scale, "opex": {"p5": 0.1 * scale, "p95": 0.2 * scale}}
    measures = {"M-WALLS": {**walls, "reduces": reduced}, "M-FREE": {**planned, "reduces": reduced}}
    worlds = (
        make_scenario("flat", price=1.0),
        make_scenario("steep", price={BASE_YEAR: 1.0, end: 3.0, 2100: 3.0}),
    )
    used = measures if "R-ACU-1" in items else {}
    return make_study(items, settings, worlds, measures=used)


def analysed(study: Study, draws: int = 400) -> xr.Dataset:
    """Return the results of a short run."""
    return analyse(study, draws=draws)


def every_table(results: xr.Dataset, labels: StudyLabels) -> list[ChartTable]:
    """Return every chart table that is made of results."""
    world = {"scenario": "steep"}
    return [
        *(
            fan_table(results, labels, subject=name, **world)
            for name in ("total", "risks", "opportunities")
        ),
        exceedance_table(results, labels, year=BASE_YEAR + 4, **world),
        waterfall_table(results, labels, horizon="long", **world),
        waterfall_table(results, labels, horizon="short", by="channel", **world),
        comparison_table(results, labels, horizon="long", against="flat"),
        items_table(results, labels, horizon="long", **world),
        inputs_table(results, labels, horizon="long", **world),
        measures_table(results, labels, **world),
    ]
