"""Finding the place in a user's file that a model's complaint is about.

Pydantic adds entries of its own to the location of an error: the tag of a union's member, the
name of a validator, `[key]`. They stand in no file and are dropped by walking the declared types
and the data side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from climrisk.domain.base import Provenance
from climrisk.domain.field_docs import field_text
from climrisk.io.tree import Key, Path, child

__all__ = ["Place", "place_of"]


@dataclass(frozen=True)
class Place:
    """A place in a file and the models that may describe it.

    Parameters
    ----------
    path : path
        Keys and list positions below the data that was validated.
    parents : tuple of model
        Models of the mapping that holds the last key; several where a union leaves them open.
    models : tuple of model
        Models of the value itself.
    """

    path: Path
    parents: tuple[type[BaseModel], ...]
    models: tuple[type[BaseModel], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys that the mapping may have, as the user writes them; those of its source last."""
        return _keys(self.parents)

    @property
    def own_keys(self) -> tuple[str, ...]:
        """Keys that the value itself may have where it should be a mapping."""
        return _keys(self.models)

    @property
    def choices(self) -> tuple[str, ...]:
        """Fixed words that the field itself may hold; empty where it may hold others too."""
        infos = (_field(model, self.path[-1]) for model in self.parents if self.path)
        return tuple(str(word) for info in infos if info for word in _fixed_words(info.annotation))

    @property
    def description(self) -> str:
        """First sentence of the documentation of the field itself; empty where there is none."""
        texts = (_text(model, self.path[-1]) for model in self.parents if self.path)
        return (
            next(filter(None, texts), "").split(". ")[0].split(";")[0].rstrip(".").replace("`", "'")
        )

    def words(self, key: str) -> tuple[str, ...]:
        """Return the fixed words allowed under `key`, such as the types of a union."""
        infos = (_field(model, key) for model in self.models)
        return tuple(str(word) for info in infos if info for word in _fixed_words(info.annotation))


def _keys(models: Sequence[type[BaseModel]]) -> tuple[str, ...]:
    fields = {name: info for model in models for name, info in _fields(model).items()}
    ordered = sorted(fields.items(), key=lambda field: field[0] in Provenance.model_fields)
    return tuple(dict.fromkeys(info.alias or name for name, info in ordered))


def place_of(loc: Sequence[Key], data: Any, declared: Any, *, may_be_absent: bool) -> Place:
    """Walk `loc` through the data and its declared type.

    Parameters
    ----------
    loc : sequence of str or int
        Location of an error, with the entries that pydantic adds.
    data : Any
        What was validated.
    declared : type or annotation
        What it was validated against.
    may_be_absent : bool
        Whether the last entry is a key that the file lacks.
    """
    path: Path = ()
    kinds = _members(declared)
    parents: tuple[type[BaseModel], ...] = ()
    for position, key in enumerate(loc):
        last = position == len(loc) - 1
        if not (last and may_be_absent) and not _is_real(key, data, kinds, last=last):
            continue
        path = (*path, key)
        parents = _matching_models(kinds, data)
        kinds = [kind for holder in parents or kinds for kind in _below(holder, key)]
        data = child(data, key)
    return Place(path, parents, _matching_models(kinds, data))


def _members(annotation: Any) -> list[Any]:
    """Open `Annotated` and unions; leave out None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [kind for member in get_args(annotation) for kind in _members(member)]
    return [] if annotation is type(None) else [annotation]


def _is_real(key: Key, data: Any, kinds: list[Any], *, last: bool) -> bool:
    """Say whether an entry of a location stands in the file.

    A union's tag may be spelt like a key that happens to be there, so an entry on the way must
    also be one that the declared type knows.
    """
    if isinstance(data, Mapping):
        return key in data and (last or _is_known(key, kinds))
    return isinstance(data, list) and isinstance(key, int) and 0 <= key < len(data)


def _is_known(key: Key, kinds: list[Any]) -> bool:
    models = [kind for kind in kinds if _is_model(kind)]
    closed = len(models) == len(kinds) > 0
    return not closed or any(_field(model, key) is not None for model in models)


def _matching_models(kinds: list[Any], data: Any) -> tuple[type[BaseModel], ...]:
    """Return the models that the fixed words in the data, such as `type: annual`, point to."""
    models = tuple(kind for kind in kinds if _is_model(kind))
    if not isinstance(data, Mapping):
        return models
    return tuple(model for model in models if _agrees(model, data)) or models


def _agrees(model: type[BaseModel], data: Mapping[Key, Any]) -> bool:
    return all(
        data.get(info.alias or name, words[0]) in words
        for name, info in _fields(model).items()
        if (words := _fixed_words(info.annotation))
    )


def _fixed_words(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _below(kind: Any, key: Key) -> list[Any]:
    if _is_model(kind):
        info = _field(kind, key)
        return [] if info is None else _members(info.annotation)
    arguments = [one for one in get_args(kind) if one is not Ellipsis]
    if not arguments:
        return []
    if get_origin(kind) is tuple and isinstance(key, int) and key < len(arguments):
        return _members(arguments[key])
    return _members(arguments[-1])  # the values of a mapping, the entries of a list


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return model.model_fields


def _field(model: type[BaseModel], key: Key) -> FieldInfo | None:
    return _fields(model).get(_name(model, key))


def _text(model: type[BaseModel], key: Key) -> str:
    name = _name(model, key)
    return field_text(model, name) if name in _fields(model) else ""


def _name(model: type[BaseModel], key: Key) -> str:
    """Return what the class calls the field that users write as `key`."""
    by_alias = (name for name, info in _fields(model).items() if info.alias == key)
    return next(by_alias, str(key))
