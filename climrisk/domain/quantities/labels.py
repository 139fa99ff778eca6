"""Words such as `likely` that stand for a statement, as the study itself defines them.

`labels:` in study.yaml has up to three maps, from word to statement:

========== ===================================
map        fields in which its words may stand
========== ===================================
likelihood rate, probability
amount     amount, capex, opex
share      share
========== ===================================

climrisk defines no word itself: what `likely` means is the company's own decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field

from climrisk.domain.base import Declaration, Provenance
from climrisk.domain.quantities.base import UnknownLabel, refused
from climrisk.domain.quantities.reading import read_quantity
from climrisk.domain.quantities.scales import Scale

__all__ = ["LabelMaps", "resolve_labels"]

_MAP_OF_FIELD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rate": "likelihood",
        "probability": "likelihood",
        "amount": "amount",
        "capex": "amount",
        "opex": "amount",
        "share": "share",
    }
)

_BESIDE: Final = frozenset({*Provenance.model_fields, "label", "who", "weight"})
"""Keys that may stand beside a label."""


def _readable(scale: Scale) -> AfterValidator:
    """Check that each word stands for a statement; it is read again where it is used."""

    def check(words: dict[str, Any]) -> dict[str, Any]:
        for word, statement in words.items():
            if isinstance(statement, Mapping) and "label" in statement:
                raise refused(f"{word}: found a label, allowed a statement in numbers")
            read_quantity(statement, scale)
        return words

    return AfterValidator(check)


_Word = Annotated[str, Field(min_length=1)]


class LabelMaps(Declaration):
    """The study's own words for statements."""

    likelihood: Annotated[dict[_Word, Any], _readable("log")] = Field(default_factory=dict)
    """Words for rates and probabilities."""
    amount: Annotated[dict[_Word, Any], _readable("log")] = Field(default_factory=dict)
    """Words for amounts, capex and opex [million]."""
    share: Annotated[dict[_Word, Any], _readable("logit")] = Field(default_factory=dict)
    """Words for shares."""


def resolve_labels(data: Any, maps: LabelMaps) -> Any:
    """Put statements in the place of labels, before the data are validated.

    A label is plain text in a field of the table above, or `{label: word}` there with basis,
    source, note and verified of its own; so it is in the entries of a pool or mixture. The
    statement put in its place keeps the word under `label`, for reading back.

    Parameters
    ----------
    data : Any
        Plain data as read from YAML: mappings, lists and scalars. It is not changed.
    maps : LabelMaps
        The study's words.

    Returns
    -------
    Any
        Data of the same form. A word that no map has becomes an `UnknownLabel`, which is refused
        at its own place when the field is read, with the nearest word and all those allowed.
    """
    if isinstance(data, Mapping):
        return {key: _in_field(key, value, maps) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [resolve_labels(one, maps) for one in data]
    return data


def _in_field(key: object, value: Any, maps: LabelMaps) -> Any:
    name = _MAP_OF_FIELD.get(key) if isinstance(key, str) else None
    return resolve_labels(value, maps) if name is None else _statement(value, name, maps)


def _statement(value: Any, name: str, maps: LabelMaps) -> Any:
    """Return the statement that `value` stands for in a field served by the map `name`."""
    if isinstance(value, str):
        return _looked_up(value, {}, name, maps)
    if not isinstance(value, Mapping):
        return value
    word = value.get("label")
    if isinstance(word, str) and set(value) <= _BESIDE:
        return _looked_up(word, value, name, maps)
    return {key: _nested(key, inner, name, maps) for key, inner in value.items()}


def _nested(key: object, value: Any, name: str, maps: LabelMaps) -> Any:
    """Resolve labels inside a statement that is made of others, or inside an impact so named."""
    if key == "truncate":
        return _statement(value, name, maps)
    if key in ("pool", "mixture") and isinstance(value, list | tuple):
        return [_statement(one, name, maps) for one in value]
    return _in_field(key, value, maps)


def _looked_up(word: str, beside: Mapping[str, Any], name: str, maps: LabelMaps) -> Any:
    words: dict[str, Any] = getattr(maps, name)
    if not words and not beside:
        return word  # without a map, text is a fault like any other
    if word not in words:
        near = get_close_matches(word, words, n=1)
        hint = f" (did you mean '{near[0]}'?)" if near else ""
        listed = ", ".join(words) or "none: the study has no such map"
        return UnknownLabel(word, f"unknown label {word!r}{hint}; allowed in {name}: {listed}")
    meaning = words[word]
    statement = meaning if isinstance(meaning, Mapping) else {"value": meaning}
    return {**statement, **beside, "label": word}
