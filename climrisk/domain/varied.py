"""A study with some inputs changed, whole and checked, each change told beside the input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from climrisk.domain.base import Declaration, Figure, Number, Provenance
from climrisk.domain.checks import Parts, check_parts
from climrisk.domain.edit import Path
from climrisk.domain.finding import Finding
from climrisk.domain.quantities.base import Quantity
from climrisk.domain.scaling import scaled
from climrisk.domain.study import Study
from climrisk.domain.study_places import Place, places

__all__ = ["Setting", "check_study", "short_or", "varied"]


def short_or(whole: JsonSchemaValue, *types: str) -> JsonSchemaValue:
    """Return the JSON Schema of a mapping, or of a value of some types in its place."""
    return {"anyOf": [whole, *({"type": name} for name in types)]}


class Setting(Declaration):
    """What one input becomes in a run: a value in its place, or a multiple of it."""

    value: Any = None
    """A number or anything else that may stand there in the study's files."""
    scale: Number | None = Field(default=None, ge=0)
    """Multiple of what stands there; a chance of occurrence is scaled through its hazard."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the short form as well: the value itself."""
        described = super().__get_pydantic_json_schema__(schema, handler)
        return short_or(described, "number", "string", "boolean", "array", "object")

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, stated: Any) -> Any:
        """Take anything but a mapping with one of the two keys as the value itself."""
        is_whole = isinstance(stated, Mapping) and bool({"value", "scale"} & set(stated))
        return stated if is_whole or isinstance(stated, Setting) else {"value": stated}

    @model_validator(mode="after")
    def _one(self) -> Setting:
        if (self.value is None) == (self.scale is None):
            found = "neither value nor scale" if self.value is None else "value and scale"
            raise ValueError(f"found {found}; allowed: one of them")
        return self

    @property
    def words(self) -> str:
        """How tables name it: the value, or `x2` for twice."""
        return f"x{self.scale:.12g}" if self.scale is not None else _shown(self.value)

    @property
    def number(self) -> float | None:
        """The value or the multiple where it is a number."""
        stated = self.value if self.scale is None else self.scale
        is_number = isinstance(stated, int | float) and not isinstance(stated, bool)
        return float(stated) if is_number else None


def varied(study: Study, settings: Mapping[str, Setting]) -> Study:
    """Return a study in which some inputs are others; the same study where none is.

    Every changed figure becomes an `assumption` whose note says what the batch did to it.

    Parameters
    ----------
    study : Study
    settings : mapping of path to Setting
        Carried out in order; see `study_places` for paths.

    Raises
    ------
    NoPlaceError
        If a path is not one of the study's.
    ValueError
        If something cannot be scaled.
    pydantic.ValidationError
        If a changed input is not allowed; its location begins in the study.
    """
    for path, setting in settings.items():
        study = _with(study, path, setting)
    return study


def check_study(study: Study) -> list[Finding]:
    """Return what the checks across declarations find in a study, as in reading its files."""
    parts = Parts(
        settings=study.settings,
        items=study.register_,
        measures=study.measures,
        dependence=study.dependence,
        scenarios=study.scenarios,
        responses=study.responses,
        scenario_names=frozenset(study.scenarios),
        inventory=study.inventory,
    )
    return list(check_parts(parts))


def _with(study: Study, path: str, setting: Setting) -> Study:
    if setting.scale == 1.0:
        places(study, path, to_scale=True)
        return study
    found = places(study, path, to_scale=setting.scale is not None)
    if setting.scale is not None:
        found = tuple(_scalable(found))
    changes = [(place, _replaced(place, setting)) for place in found]
    changes = [(place, new) for place, new in changes if new != place.value]
    return _rebuilt(study, changes, setting) if changes else study


def _scalable(found: Iterable[Place]) -> list[Place]:
    """Leave out places where nothing stands, unless nothing stands in any."""
    several = list(found)
    return [place for place in several if place.value is not None] or several


def _replaced(place: Place, setting: Setting) -> Any:
    """Return plain data for a place; its old value where it stays the same."""
    old, new = place.value, setting.value
    if setting.scale is not None:
        changed = scaled(old, setting.scale, is_probability=place.is_probability)
        return _noted(changed, old, setting) if isinstance(changed, dict) else changed
    if isinstance(old, Figure | Quantity) and _is_number(new):
        if getattr(old, "value", None) == new:
            return old
        kept = old.model_dump(by_alias=True, exclude_none=True) if isinstance(old, Figure) else {}
        return _noted({**kept, "value": new}, old, setting)
    return new


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _noted(new: dict[Any, Any], old: Any, setting: Setting) -> dict[Any, Any]:
    """Say beside a figure, quantity or series that it is not what the study states."""
    if not isinstance(old, Provenance):
        return new
    return {**new, "basis": "assumption", "note": _note(setting, old.note)}


def _note(setting: Setting, before: str | None) -> str:
    did = f"varied in a batch: {setting.words}"
    return did if before is None else f"{did}; {before}"


_KEPT_WHOLE: Final = ("settings", "dependence")
"""Parts of a study that have no entries."""


def _rebuilt(study: Study, changes: list[tuple[Place, Any]], setting: Setting) -> Study:
    """Return the study with new plain data in some places; all else is taken as it is."""
    parts: dict[str, Any] = {
        (about.alias or name): getattr(study, name) for name, about in Study.model_fields.items()
    }
    plain: dict[Path, Any] = {}
    for place, new in changes:
        top = place.path[:1] if place.path[0] in _KEPT_WHOLE else place.path[:2]
        if top not in plain:
            plain[top] = _plain(_at(parts, top))
        plain[top] = _put(plain[top], place.path[len(top) :], new)
        if isinstance(place.value, Provenance) or not place.owner:
            continue
        owner = _at(plain[top], place.owner[len(top) :])
        owner["note"] = _note(setting, owner.get("note"))
    for top, data in plain.items():
        parts = _put(_shallow(parts, top), top, data)
    return Study.model_validate(parts)


def _plain(part: Any) -> Any:
    if isinstance(part, Declaration):
        return part.model_dump(by_alias=True, exclude_none=True)
    return part


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def _shallow(parts: dict[str, Any], top: Path) -> dict[str, Any]:
    """Return `parts` with its own copy of the mapping or list that `top` goes through."""
    if len(top) == 1:
        return dict(parts)
    whole = parts[str(top[0])]
    return {**parts, str(top[0]): dict(whole) if isinstance(whole, dict) else list(whole)}


def _put(data: Any, path: Path, new: Any) -> Any:
    """Put a value into plain data; lists on the way become lists that can be changed."""
    if not path:
        return new
    key: Any = path[0]
    if isinstance(data, tuple):
        data = list(data)
    inner = data.get(key) if isinstance(data, dict) else data[key]
    data[key] = _put({} if inner is None and len(path) > 1 else inner, path[1:], new)
    return data


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return " ".join(_shown(one) for one in value)
    return f"{value:.12g}" if isinstance(value, float) else str(value)
