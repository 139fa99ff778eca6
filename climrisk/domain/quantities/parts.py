"""The statements that a mixture or a pool is made of, each with its own key beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ConfigDict, Field, model_serializer
from pydantic_core import PydanticCustomError

from climrisk.domain.base import Declaration, Number
from climrisk.domain.quantities.base import Quantity, Reader, UnknownLabel, refused, shown

__all__ = ["Person", "Weighted", "read_parts"]


def _as_written(schema: dict[str, Any]) -> None:
    """Describe the statement beside the key, as it stands in the file."""
    schema["properties"].pop("quantity", None)
    schema["required"] = [key for key in schema.get("required", []) if key != "quantity"]
    schema["additionalProperties"] = True


class _Part(Declaration):
    model_config = ConfigDict(json_schema_extra=_as_written)

    quantity: Quantity
    """The statement."""

    @model_serializer
    def as_stated(self) -> dict[str, object]:
        """Write the key and the statement side by side."""
        own = {name: getattr(self, name) for name in type(self).model_fields if name != "quantity"}
        beside = {key: value for key, value in own.items() if value is not None}
        return {**beside, **self.quantity.as_stated()}


class Weighted(_Part):
    """A statement with the chance that it is the one that holds."""

    weight: Number
    """Chance, above 0."""


class Person(_Part):
    """What one person states."""

    who: str | None = Field(default=None, min_length=1)
    """Name or code of the person."""


_EXAMPLES: Final = {
    "mixture": "{weight: 0.3, p5: 1, p95: 2}",
    "pool": "{who: A, p5: 1, p95: 2}",
}


def read_parts(name: str, key: str, entries: object, read: Reader) -> tuple[dict[str, object], ...]:
    """Read a list of statements that each have a key of their own beside them.

    Parameters
    ----------
    name : {"mixture", "pool"}
        What the list makes up.
    key : str
        The key beside each statement.
    entries : object
        The list as the user wrote it.
    read : callable
        Reads one statement.

    Returns
    -------
    tuple of dict
        `quantity`, and `key` where it is stated.

    Raises
    ------
    PydanticCustomError
        Not a list of two or more statements, or one of them impossible; the message counts it.
    """
    if not isinstance(entries, list | tuple) or len(entries) < 2:
        raise refused(f"found {name} {_kind(entries)}, allowed a list of two or more statements")
    parts = []
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, _Part):
            entry = entry.as_stated()
        if isinstance(entry, UnknownLabel):
            raise refused(f"{name} {number}: {entry.message}")
        if not isinstance(entry, Mapping):
            found = shown(entry) if isinstance(entry, int | float) else "no statement"
            raise refused(f"{name} {number}: found {found}, allowed such as {_EXAMPLES[name]}")
        parts.append(_read_part(f"{name} {number}", key, entry, read))
    return tuple(parts)


def _read_part(
    place: str, key: str, entry: Mapping[object, object], read: Reader
) -> dict[str, object]:
    statement = {name: value for name, value in entry.items() if name != key}
    try:
        quantity = read(statement)
    except PydanticCustomError as error:
        raise refused(f"{place}: {error.message()}") from None
    return {"quantity": quantity, **({key: entry[key]} if key in entry else {})}


def _kind(entries: object) -> str:
    if isinstance(entries, list | tuple):
        return f"of {len(entries)}"
    return "without a list"
