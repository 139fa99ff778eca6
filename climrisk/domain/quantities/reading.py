"""From what a user writes to a quantity."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from climrisk.domain.base import Provenance
from climrisk.domain.quantities.base import Quantity, UnknownLabel, refused, shown
from climrisk.domain.quantities.families import FAMILIES, STATEMENTS
from climrisk.domain.quantities.scales import LIMITS, PERMITTED, Scale, percent_hint

__all__ = ["FAMILIES", "STATEMENTS", "read_quantity"]

_PROVENANCE: Final = frozenset(Provenance.model_fields)
_BESIDE: Final = _PROVENANCE | {"label"}  # keys that every statement may have


def read_quantity(value: object, scale: Scale) -> Quantity:
    """Read a statement as a user makes it.

    Parameters
    ----------
    value : number, mapping or Quantity
        A plain number, one of `STATEMENTS`, or one of `FAMILIES` with its parameters; mappings
        may add `basis`, `source`, `note`, `verified` and `label`.
    scale : {"log", "logit", "identity"}
        Scale of the field: it sets the limits, and the shape of statements that name no family.

    Returns
    -------
    Quantity
        The statement, frozen.

    Raises
    ------
    PydanticCustomError
        The statement is impossible or unknown; its type is "quantity", its message for the user.
    ValidationError
        `basis`, `source`, `note` or `verified` is of the wrong kind; the place says which.
    """
    return _within_limits(_read(value, scale), scale)


def _read(value: object, scale: Scale) -> Quantity:
    """Read a statement whose values may still lie outside the limits of the field."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, UnknownLabel):
        raise refused(value.message)
    stated = value if isinstance(value, Mapping) else {"value": value}
    kind = _kind(stated)
    context = {"scale": scale} if "scale" in kind.model_fields else {}
    nested = kind.nested(stated, lambda inner: _read(inner, scale))
    try:
        return kind.model_validate({**stated, **nested, **context})
    except ValidationError as error:
        raise _translated(error) from None


def _kind(stated: Mapping[object, object]) -> type[Quantity]:
    """Return the class that the keys ask for."""
    keys = {key for key in stated if key not in _BESIDE}
    for key in stated:
        if key not in _KNOWN_KEYS:
            raise refused(f"unknown key {_quoted(key)}{_nearest(key, _KNOWN_KEYS)}; {_ALLOWED}")
    if "family" in stated:
        return _named(stated["family"], {str(key) for key in keys} - {"family"})
    for form, kind in STATEMENTS.items():
        if set(form) <= keys <= {*form, *_parameters(kind)}:
            return kind
    found = ", ".join(str(key) for key in stated if key in keys)
    raise refused(f"found {found or 'no number'}; {_ALLOWED}")


def _named(family: object, keys: set[str]) -> type[Quantity]:
    """Return the class of a named family whose parameters are all there."""
    kind = FAMILIES.get(family) if isinstance(family, str) else None
    if kind is None:
        names = ", ".join(FAMILIES)
        hint = _nearest(family, FAMILIES)
        raise refused(f"unknown family {_quoted(family)}{hint}; allowed {names}")
    if not set(_parameters(kind, required=True)) <= keys <= set(_parameters(kind)):
        found = ", ".join(sorted(keys)) or "no parameter"
        needed = ", ".join(_parameters(kind))
        raise refused(f"found {found} for the family {family}, allowed {needed}")
    return kind


def _parameters(kind: type[Quantity], required: bool = False) -> tuple[str, ...]:
    """Return the keys of a kind, in the order in which they are stated."""
    fields = kind.model_fields.items()
    keys = (
        field.alias or name
        for name, field in fields
        if not field.exclude and (field.is_required() or not required)
    )
    return tuple(key for key in keys if key not in _BESIDE and key != "family")


def _within_limits(quantity: Quantity, scale: Scale) -> Quantity:
    """Return the quantity if the field can hold all its values."""
    (lowest, highest), (least, most) = LIMITS[scale], quantity.support
    if lowest <= least and most <= highest:
        return quantity
    if least == most:
        hint = percent_hint(least, scale)
        raise refused(f"found {shown(least)}, allowed {PERMITTED[scale]}{hint}")
    raise refused(
        f"found values from {shown(least)} to {shown(most)}, allowed {PERMITTED[scale]}; "
        "p5 and p95 without a family stay within these limits"
    )


def _translated(error: ValidationError) -> PydanticCustomError | ValidationError:
    """Say in one sentence what pydantic found; faults of provenance keep their own place."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "quantity":
            return refused(detail["msg"])
        if detail["loc"][0] not in _PROVENANCE:
            return refused(_not_a_number(detail))
    return error


def _not_a_number(detail: ErrorDetails) -> str:
    """Say what stands where a number should, and what may stand there."""
    value = detail["input"]
    place = ".".join(str(part) for part in detail["loc"] if part != "value")
    wanted = f"allowed {_WANTED.get(detail['type'], 'a number')}"
    found, allowed = (f"found {place} ", wanted) if place else ("found ", _ALLOWED)
    if detail["type"] in _WANTED:
        return f"{found}{'nothing' if value is None else _quoted(value)}; {wanted}"
    if isinstance(value, str) and _is_number(value):
        return f"{found}{_quoted(value)}, which is text; write {value.strip()} without quotes"
    if isinstance(value, str) and value.endswith("%") and _is_number(value[:-1]):
        part = shown(float(value[:-1]) / 100.0)
        return f"{found}{_quoted(value)}, which is text; allowed: a plain number, such as {part}"
    if isinstance(value, str):
        return f"{found}{_quoted(value)}, which is text; {allowed}"
    if isinstance(value, bool):
        return f"{found}{str(value).lower()}; {allowed}"
    if isinstance(value, int | float):
        return f"{found}{_quoted(value)}, allowed a finite number"
    return f"{found}{'nothing' if value is None else _quoted(value)}; {allowed}"


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _quoted(value: object) -> str:
    """Show what a user wrote, escaped and cut to a readable length."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _nearest(word: object, words: Iterable[str]) -> str:
    close = get_close_matches(str(word), words, n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""


_WANTED: Final = {
    "tuple_type": "a list of numbers",
    "literal_error": "one of the methods linear, log, quantile_average",
    "string_type": "text",
    "string_too_short": "text that is not empty",
}
"""What may stand in fields that do not take a number, by the type of pydantic's error."""

_KNOWN_KEYS: Final = tuple(
    dict.fromkeys(
        [key for form in STATEMENTS for key in form]
        + ["family"]
        + [key for kind in (*STATEMENTS.values(), *FAMILIES.values()) for key in _parameters(kind)]
        + sorted(_BESIDE)
    )
)

_ALLOWED: Final = (
    "allowed a plain number, "
    + ", ".join(f"{{{', '.join(form)}}}" for form in STATEMENTS)
    + f", or {{family, its parameters}} with the family {', '.join(FAMILIES)}"
)
