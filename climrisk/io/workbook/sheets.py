"""Which part of a study stands on which sheet: declared once, for writing and for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from climrisk.domain.base import Figure
from climrisk.domain.dependence import Group
from climrisk.domain.impact import Impact
from climrisk.domain.insurance import Insurance
from climrisk.domain.inventory import Activity
from climrisk.domain.item import Item
from climrisk.domain.link import Link
from climrisk.domain.measure import Effect, Measure
from climrisk.domain.measured import Intensity
from climrisk.domain.projection import CarbonCost, ProjectedSource
from climrisk.domain.quantities.labels import LabelMaps
from climrisk.domain.settings import Conversion, Exposure, Horizon, RevenueLine, Settings
from climrisk.domain.site import Site
from climrisk.domain.target import Target
from climrisk.io.study_tables import ACTIVITY_COLUMNS, SITE_COLUMNS
from climrisk.io.tables import Column as CsvColumn
from climrisk.io.workbook.layout import fields_of
from climrisk.io.workbook.leaves import Leaf
from climrisk.io.workbook.sheet import Id, Position, Sheet
from climrisk.io.workbook.statement import Statement

__all__ = ["CSV_COLUMNS", "INVENTORY", "REGISTER", "SHEETS", "SITES", "STUDY", "TARGETS"]

STUDY: Final = "study.yaml"
REGISTER: Final = "register.yaml"
TARGETS: Final = "targets.yaml"
SITES: Final = "sites.csv"
INVENTORY: Final = "inventory.csv"
CSV_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    SITES: tuple(column.name for column in SITE_COLUMNS),
    INVENTORY: tuple(column.name for column in ACTIVITY_COLUMNS),
}
"""Columns of the files that are tables, in their order."""


def _mapping(key: str, section: str, *models: type[BaseModel], **more: Any) -> Sheet:
    """Return the sheet of a section of `study.yaml`."""
    return Sheet(key, STUDY, (section, Id("id")), fields_of(*models), **more)


def _table(
    key: str, file: str, model: type[BaseModel], columns: tuple[CsvColumn, ...], **more: Any
) -> Sheet:
    """Return the sheet of a CSV file, with the columns of the file."""
    absent = set(model.model_fields) - {column.name for column in columns}
    return Sheet(key, file, (Position(),), fields_of(model, leave_out=absent), **more)


_ITEM: Final = ("items", Id("item", of="items"))
_SECTIONS: Final = (
    "schema",
    "horizons",
    "scenarios",
    "revenue_lines",
    "exposures",
    "conversions",
    "headline_figures",
    "intensities",
    "projection",
    "carbon_cost",
    "labels",
)
_DIRECTIONS: Final = ("reduces", "raises")

SHEETS: Final[tuple[Sheet, ...]] = (
    Sheet(
        "study",
        STUDY,
        (),
        fields_of(Settings, leave_out=_SECTIONS),
        {"reference_scenario": "scenario"},
        is_form=True,
    ),
    Sheet(
        "scenarios",
        STUDY,
        ("scenarios", Position()),
        (Leaf("scenario", "scenario", "id"),),
        {"scenario": "scenario"},
        alone="scenario",
    ),
    _mapping("horizons", "horizons", Horizon),
    _mapping("revenue_lines", "revenue_lines", RevenueLine),
    _mapping("exposures", "exposures", Exposure),
    _mapping("conversions", "conversions", Conversion, names={"id": "driver"}),
    _mapping("headline_figures", "headline_figures", Figure),
    _mapping("intensities", "intensities", Intensity),
    Sheet(
        "projection",
        STUDY,
        ("projection", Id("id")),
        fields_of(ProjectedSource, leave_out=("links",)),
    ),
    Sheet(
        "source_links",
        STUDY,
        ("projection", Id("id", of="projection"), "links", Position()),
        fields_of(Link),
        {"id": "projection", "driver": "driver"},
    ),
    _mapping("carbon_cost", "carbon_cost", CarbonCost, names={"driver": "driver"}),
    Sheet(
        "labels",
        STUDY,
        ("labels", Id("map", choices=tuple(LabelMaps.model_fields)), Id("word")),
        (Statement("statement", "statement"),),
        alone="statement",
    ),
    Sheet(
        "items",
        REGISTER,
        ("items", Id("id")),
        fields_of(Item, leave_out=("links", "impact", "insurance")),
        {"horizon": "horizons", "frame.conditions": "conditions"},
    ),
    Sheet(
        "impacts",
        REGISTER,
        (*_ITEM, "impact", Id("id")),
        fields_of(Impact),
        {"item": "items", "exposure": "exposures", "revenue_line": "revenue_lines"},
    ),
    Sheet(
        "links",
        REGISTER,
        (*_ITEM, "links", Position()),
        fields_of(Link),
        {"item": "items", "driver": "driver", "acts_on": "target"},
    ),
    Sheet(
        "insurance",
        REGISTER,
        (*_ITEM, "insurance"),
        fields_of(Insurance),
        {"item": "items"},
    ),
    Sheet(
        "measures",
        REGISTER,
        ("measures", Id("id")),
        fields_of(Measure, leave_out=_DIRECTIONS),
    ),
    Sheet(
        "effects",
        REGISTER,
        ("measures", Id("measure", of="measures"), Id("effect", choices=_DIRECTIONS), Position()),
        fields_of(Effect),
        {"measure": "measures", "item": "items", "acts_on": "measured"},
    ),
    Sheet(
        "dependence",
        REGISTER,
        ("dependence", Id("between", choices=("occurrence", "severity")), Position()),
        fields_of(Group),
    ),
    _table("sites", SITES, Site, SITE_COLUMNS),
    _table("inventory", INVENTORY, Activity, ACTIVITY_COLUMNS, names={"site": "site"}),
    Sheet("targets", TARGETS, ("targets", Id("id")), fields_of(Target)),
)
"""Sheets in their order; the text of a study's own scenarios stands on a sheet of its own."""
