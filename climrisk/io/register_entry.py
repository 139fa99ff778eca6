"""One entry of the register as text, and the study with the entry that a text states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from climrisk.domain.base import Identifier
from climrisk.domain.checks import Parts, check_parts
from climrisk.domain.dependence import Dependence
from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.domain.quantities.labels import resolve_labels
from climrisk.domain.study import Study
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.faults import faults_from_validation
from climrisk.io.tree import Tree
from climrisk.io.workbook.plain import plain_register
from climrisk.io.workbook.texts import file_text
from climrisk.io.yaml_tree import read_yaml

__all__ = ["Section", "entry", "entry_text", "with_entry", "with_text", "without_entry"]

Section = Literal["items", "measures", "dependence"]
MODELS: Final[dict[Section, type[BaseModel]]] = {
    "items": Item, "measures": Measure, "dependence": Dependence,
}  # fmt: skip
FIELDS: Final[dict[Section, str]] = {
    "items": "register_", "measures": "measures", "dependence": "dependence",
}  # fmt: skip


def entry(study: Study, section: Section, name: str = "") -> dict[str, Any]:
    """Return the plain data of one item or measure, or of all dependence."""
    one = {key: {name: held[name]} if name in held else {} for key, held in _named(study).items()}
    stated = plain_register(study.model_copy(update=one)).get(section, {})
    found: dict[str, Any] = stated if section == "dependence" else stated.get(name, {})
    return found


def _named(study: Study) -> dict[str, Mapping[str, BaseModel]]:
    return {field: getattr(study, field) for field in FIELDS.values() if field != "dependence"}


def entry_text(study: Study, section: Section, name: str = "") -> str:
    """Return one item or measure, or all dependence, as YAML."""
    plain = entry(study, section, name)
    return file_text(plain).split("\n", 1)[1].lstrip("\n") if plain else ""


def with_text(study: Study, section: Section, name: str, text: str) -> Study:
    """Return the study in which an entry is what a YAML text states.

    Raises
    ------
    InvalidStudyError
        With every fault of the text, each with its line, and of the study that it makes.
    """
    file = name or section
    tree = read_yaml(text, file)
    if tree.faults or not tree.complete:
        raise InvalidStudyError(tree.faults)
    return _with_tree(study, section, name, tree)


def with_entry(study: Study, section: Section, name: str, plain: dict[str, Any]) -> Study:
    """Return the study in which an entry is what plain data state.

    Raises
    ------
    InvalidStudyError
        With every fault of the data, and of the study that they make.
    """
    return _with_tree(study, section, name, Tree(name or section, plain))


def without_entry(study: Study, section: Section, name: str) -> Study:
    """Return the study without an item or measure.

    Raises
    ------
    InvalidStudyError
        If something else names it.
    """
    field = FIELDS[section]
    rest = {key: one for key, one in getattr(study, field).items() if key != name}
    return _checked(study.model_copy(update={field: rest}), section, Tree(name, None))


def _with_tree(study: Study, section: Section, name: str, tree: Tree) -> Study:
    _refuse_name(section, name)
    read = _read(study, section, tree)
    field = FIELDS[section]
    whole = read if section == "dependence" else {**getattr(study, field), name: read}
    return _checked(study.model_copy(update={field: whole}), section, tree)


def _refuse_name(section: Section, name: str) -> None:
    if section == "dependence":
        return
    try:
        TypeAdapter(Identifier).validate_python(name)
    except ValidationError:
        allowed = "allowed: a letter, then letters, digits, _ . or -; at most 64 characters"
        raise InvalidStudyError(
            [Fault(name or section, 0, "id", f"found {name!r}", allowed)]
        ) from None


def _read(study: Study, section: Section, tree: Tree) -> BaseModel:
    """Validate an entry; labels of the study stand for the statements that they are words for."""
    data = {} if tree.data is None else tree.data
    wrapped = {section: data if section == "dependence" else {"entry": data}}
    resolved = resolve_labels(wrapped, study.settings.labels)[section]
    model = MODELS[section]
    try:
        return model.model_validate(resolved if section == "dependence" else resolved["entry"])
    except ValidationError as error:
        raise InvalidStudyError(faults_from_validation(error, tree, (), model)) from None


def _checked(study: Study, section: Section, tree: Tree) -> Study:
    parts = Parts(
        settings=study.settings,
        items=study.items,
        measures=study.measures,
        scenarios=study.scenarios,
        responses=study.responses,
        dependence=study.dependence,
        scenario_names=frozenset(study.scenarios),
    )
    depth = 1 if section == "dependence" else 2
    own = (section, tree.file)[:depth]
    faults = [
        tree.fault(one.path[depth:], one.found, one.allowed)
        if tuple(one.path[:depth]) == own
        else Fault(one.file, 0, ".".join(map(str, one.path)), one.found, one.allowed)
        for one in check_parts(parts)
    ]
    if faults:
        raise InvalidStudyError(faults)
    return study
