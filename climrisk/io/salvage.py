"""What is left of a broken `study.yaml` for checking the register against it.

A fault in one place must not hide those in another file. Entries with faults are replaced by
sound ones of the same id, so that naming them is no second fault; the result is never simulated.
"""

from __future__ import annotations

import copy
from typing import Any, Final

from pydantic import ValidationError

from climrisk.domain.settings import Settings
from climrisk.io.tree import Tree

__all__ = ["salvaged_settings"]

FIGURE: Final = {"value": 1.0}
SOUND_ENTRIES: Final[dict[str, dict[str, Any]]] = {
    "exposures": {"title": "sound", "value": FIGURE},
    "revenue_lines": {"title": "sound", "value": FIGURE, "margin": FIGURE},
}
SOUND_FIELDS: Final[dict[str, Any]] = {
    "schema": 1,
    "title": "sound",
    "company": {"name": "sound"},
    "notice": None,
    "money": {"currency": "CNY", "label": "sound", "price_year": 2020},
    "discount_rate": {"value": 0.0},
    "material_effect": FIGURE,
    "appetite": FIGURE,
    "conversions": {},
    "headline_figures": {},
    "emissions": {},
    "intensities": {},
    "labels": {},
    "simulation": {},
    "projection": {},
    "wanted_probability": 0.5,
    "carbon_cost": {},
    "internal_carbon_price": None,
}
"""Fields that say nothing about ids or years, with values that hold."""


def salvaged_settings(tree: Tree, error: ValidationError) -> Settings | None:
    """Return settings good enough for cross-checks, or None where years or ids are in doubt.

    Parameters
    ----------
    tree : Tree
        `study.yaml` as read.
    error : ValidationError
        What validating it raised.
    """
    if not isinstance(tree.data, dict):
        return None
    data = copy.deepcopy(tree.data)
    for detail in error.errors(include_url=False):
        field, entry = ([*detail["loc"], None, None])[:2]
        if detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1:
            data.pop(field, None)
        elif field in SOUND_ENTRIES and entry is not None and isinstance(data[field], dict):
            data[field][entry] = SOUND_ENTRIES[str(field)]
        elif field in SOUND_FIELDS:
            data[field] = SOUND_FIELDS[str(field)]
        else:
            return None
    try:
        return Settings.model_validate(data)
    except ValidationError:
        return None
