"""A study to fill in: another study's structure with its numbers left blank."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from climrisk.domain.disclosure_checks import DISCLOSURE_FILE
from climrisk.domain.item import Item
from climrisk.domain.study import Study
from climrisk.errors import RunFolderError
from climrisk.io.atomic import new_folder, write_atomically
from climrisk.io.blank_answers import blank_answers
from climrisk.io.study_tables import ACTIVITY_COLUMNS, SITE_COLUMNS
from climrisk.io.tables import Column

__all__ = ["write_blank_study"]

TO_REPLACE: Final = "copied with the structure; replace by the company's own figure"
TO_NAME: Final = "to be named: the planning cycle that this horizon follows"
SETTINGS_HEAD: Final = """\
# The frame of the study. Amounts are in millions of the currency, real terms of the price year.
# Add the company's own revenue_lines and exposures, each with value, basis and source:
#
# revenue_lines:
#   services:
#     title: Services
#     value: {value: 120, basis: reported, source: "annual report, note 5"}
#     margin: {value: 0.3, basis: assumption, source: gross margin of the line}
# exposures:
#   warehouse_stock:
#     title: Stock in warehouses
#     value: {value: 80, basis: reported, source: balance sheet}
"""
REGISTER_HEAD: Final = """\
# Risks and opportunities. Nothing is assessed yet: an item counts from the moment that it has
# frame, occurrence and impact, such as
#
#     frame: {period: [2026, 2028], conditions: base_year, given: existing_controls,
#             plan_contains: ordinary repairs}
#     occurrence: {type: annual, law: poisson, rate: {p5: 0.1, p95: 0.8}}
#     impact:
#       repair: {channel: operating_cost, line: repair, direction: adverse,
#                amount: {p5: 0.2, p95: 3}}
#     basis: assumption
#     source: who judged it, on what ground
"""
TARGETS_FILE: Final = """\
# Targets as the company states them, such as
#
#     T-GHG:
#       title: Greenhouse gas emissions
#       kind: reduce_by          # or reduce_to, not_exceed, maintain, qualitative, none
#       metric: gross greenhouse gas emissions
#       unit: tCO2e
#       scope: 1+2
#       base_year: {year}
#       base_value: {{value: 1200, basis: reported, source: "ESG report, section 10"}}
#       target_year: {later}
#       reduction: 0.2
#       basis: reported
#       source: ESG report, section 6
schema: 1
targets: {{}}
"""


def write_blank_study(source: Study, folder: Path, own_scenarios: Iterable[Path] = ()) -> None:
    """Write a study folder with the structure of `source` and without its numbers.

    Years, horizons, scenarios and thresholds stay, marked as copied; revenue, exposures,
    assessments and measures are left out. The files of sites, inventory, targets and answers for
    disclosures hold column names or examples alone.

    Parameters
    ----------
    source : Study
        The study whose structure is copied.
    folder : Path
        Folder to make.
    own_scenarios : iterable of Path
        Scenario files of the source itself, copied as they are.

    Raises
    ------
    RunFolderError
        If the folder exists or cannot be made or filled.
    """
    settings = SETTINGS_HEAD + _yaml(_settings(source))
    register = REGISTER_HEAD + _yaml({"schema": 1, "items": _items(source)})
    year = source.settings.base_year
    texts = {"study.yaml": settings, "register.yaml": register, **_to_fill_in(year)}
    files = {name: text.encode() for name, text in texts.items()}
    files |= {f"scenarios/{file.name}": file.read_bytes() for file in own_scenarios}
    try:
        with new_folder(folder) as partial:
            for name, content in files.items():
                (partial / name).parent.mkdir(exist_ok=True)
                write_atomically(partial / name, content)
    except OSError as error:
        raise RunFolderError(f"{folder} cannot be written: {error.strerror or error}") from error


def _to_fill_in(year: int) -> dict[str, str]:
    """Return the files that hold no more than column names, or examples in comments."""
    return {
        "targets.yaml": TARGETS_FILE.format(year=year, later=year + 5),
        "sites.csv": _head(SITE_COLUMNS),
        "inventory.csv": _head(ACTIVITY_COLUMNS),
        DISCLOSURE_FILE: blank_answers(year),
    }


def _head(columns: tuple[Column, ...]) -> str:
    return ",".join(column.name for column in columns) + "\n"


def _settings(source: Study) -> dict[str, Any]:
    plain = source.settings.model_dump(mode="json", by_alias=True, exclude_none=True)
    kept = (
        "schema",
        "money",
        "base_year",
        "end_year",
        "horizons",
        "reference_scenario",
        "scenarios",
    )
    stated = {name: plain[name] for name in kept}
    stated["horizons"] = {
        name: {"years": horizon["years"], "planning": TO_NAME}
        for name, horizon in plain["horizons"].items()
    }
    copied = {
        name: {"value": plain[name]["value"], "basis": "assumption", "source": TO_REPLACE}
        for name in ("discount_rate", "material_effect", "appetite")
    }
    return {
        "schema": stated.pop("schema"),
        "title": "A new climate study",
        "company": {"name": "The company"},
        **stated,
        **copied,
    }


def _items(source: Study) -> dict[str, dict[str, Any]]:
    return {name: _item(item) for name, item in source.items.items()}


def _item(item: Item) -> dict[str, Any]:
    plain = item.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {
        name: plain[name]
        for name in ("kind", "category", "driver", "peril", "title")
        if name in plain
    }


def _yaml(plain: dict[str, Any]) -> str:
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = None  # innermost lists and mappings on one line
    writer.allow_unicode = True
    writer.width = 200  # no line breaks inside a text
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # typed as None
    stream = io.StringIO()
    writer.dump(plain, stream)
    return stream.getvalue()
