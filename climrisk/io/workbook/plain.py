"""A study as the plain data of its files, in one canonical form for comparing and writing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from climrisk.domain.base import Provenance
from climrisk.domain.study import Study
from climrisk.io.workbook.labelled import with_labels
from climrisk.io.workbook.sheets import INVENTORY, REGISTER, SITES, STUDY, TARGETS
from climrisk.io.workbook.statement import without_implied_family

__all__ = ["plain_files", "plain_register"]


def plain_files(study: Study) -> dict[str, Any]:
    """Return the plain data of each file: mappings for YAML, lists of rows for CSV.

    Defaults are written out. What is empty is left out, and so are the version of the format and
    files without content, but for the register.
    """
    settings = _plain(study.settings)
    del settings["schema"]
    for words in settings.get("labels", {}).values():
        for word, stated in words.items():
            words[word] = stated if isinstance(stated, Mapping) else {"value": stated}
    targets = {name: _plain(target) for name, target in study.targets.items()}
    files = {
        STUDY: settings,
        REGISTER: plain_register(study),
        TARGETS: {"targets": targets} if targets else {},
        SITES: [_plain(site) for site in study.sites],
        INVENTORY: [_plain(activity) for activity in study.inventory],
    }
    return {name: content for name, content in files.items() if content or name == REGISTER}


def plain_register(study: Study) -> dict[str, Any]:
    """Return the plain data of the register: items, measures and dependence."""
    register = {
        "items": {name: _plain(item) for name, item in study.register_.items()},
        "measures": {name: _plain(measure) for name, measure in study.measures.items()},
        "dependence": _plain(study.dependence),
    }
    stated: dict[str, Any] = with_labels(_stated(register), study.settings.labels)
    return stated


def _plain(model: BaseModel) -> Any:
    return _stated(model.model_dump(by_alias=True, exclude_none=True))


def _stated(node: Any) -> Any:
    """Make lists of tuples; leave out what is empty, and a family that the numbers imply."""
    if isinstance(node, Mapping):
        node = without_implied_family(node)
        ordered = sorted(node, key=Provenance.model_fields.__contains__)  # its source last
        children = {key: _stated(node[key]) for key in ordered}
        return {key: child for key, child in children.items() if child not in ({}, [])}
    if isinstance(node, list | tuple):
        return [_stated(child) for child in node]
    return node
