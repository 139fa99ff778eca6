"""Faults from what a model refuses, in sentences that a risk manager can act on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, islice
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from climrisk.domain.base import Identifier
from climrisk.domain.scenario import QuantileLabel
from climrisk.domain.settings import CurrencyCode
from climrisk.errors import Fault
from climrisk.io.declared import Place, place_of
from climrisk.io.scalars import plain_scalar
from climrisk.io.tree import Path, Tree
from climrisk.io.wording import described, escaped, nearest, quoted, suggestion

__all__ = ["faults_from_validation"]

_MAX_MESSAGE: Final = 500
_NUMBER: Final = "a number"
_WHOLE: Final = "a whole number"
_TRUTH: Final = "true or false"
_MAPPING: Final = "a mapping of keys to values"
_LIST: Final = "a list"
_KINDS: Final[dict[str, str]] = {
    **dict.fromkeys(("float_type", "float_parsing"), _NUMBER),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _WHOLE),
    **dict.fromkeys(("bool_type", "bool_parsing"), _TRUTH),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), _MAPPING),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), _LIST),
    "string_type": "text",
    "none_required": "nothing",
}
_LIMITS: Final[dict[str, str]] = {
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of at most {le}",
    "finite_number": "a finite number",
    "too_short": "{min_length} or more entries",
    "too_long": "{max_length} or fewer entries",
    "string_too_short": "{min_length} or more characters",
    "string_too_long": "{max_length} or fewer characters",
}
_OF_THE_WHOLE: Final = frozenset({*_KINDS, "too_short"})
"""Types of error that say nothing more where an entry of the same value has its own fault."""
_OWN_ERRORS: Final = frozenset({"value_error", "assertion_error"})
_UNKNOWN_KEY: Final = frozenset({"extra_forbidden", "invalid_key"})
_NAMING_THEIR_KEY: Final = frozenset({"quantity", *_OWN_ERRORS})
"""Types of error whose message begins by naming the key at fault, if one is."""
_BEFORE_ALLOWED: Final = re.compile(r"[,;] allowed:? ")
_FORMS: Final[tuple[tuple[Any, str], ...]] = (
    (Identifier, "an id: a letter, then letters, digits, '_', '.' or '-', at most 64 characters"),
    (QuantileLabel, "a percentile such as p5, p50 or p95"),
    (CurrencyCode, "three capital letters, such as CNY"),
)
"""Types of text with a form of their own, and that form in words."""
_MOST_KEYS: Final = 8
"""Most keys that are listed where a mapping is missing."""


def faults_from_validation(
    error: ValidationError, tree: Tree, prefix: Path, model: Any
) -> list[Fault]:
    """Turn everything that a model refused into faults with lines.

    Parameters
    ----------
    error : ValidationError
        What validating the data at `prefix` raised.
    tree : Tree
        The file.
    prefix : path
        Where in the file the validated data stand; `()` for the whole file.
    model : type or annotation
        What the data were validated against.

    Returns
    -------
    list of Fault
        One for each place and kind of problem. Places that reading had refused already are
        left out; so is "not a number" where the mapping that stands instead was looked into,
        and a missing key where a misspelling of it stands.
    """
    data = tree.node(prefix)
    located = []
    misspelt: set[Path] = set()
    for detail in error.errors(include_url=False):
        absent = detail["type"] == "missing"
        place = place_of(detail["loc"], data, model, may_be_absent=absent)
        path = (*prefix, *place.path)
        if detail["type"] in _UNKNOWN_KEY:
            misspelt.add((*path[:-1], nearest(str(path[-1]), place.keys)))
        path = (*path, *_key_at_fault(detail, tree.node(path)))
        if not tree.is_doubtful(path):
            located.append((path, detail["type"], *_sentence(detail, place)))
    deep = {path[:end] for path, *_ in located for end in range(len(path))}
    repeated = {"missing": misspelt, **dict.fromkeys(_OF_THE_WHOLE, deep)}
    kept = [entry for entry in located if entry[0] not in repeated.get(entry[1], ())]
    return _joined(tree, [(path, found, allowed) for path, _, found, allowed in kept])


def _joined(tree: Tree, entries: Sequence[tuple[Path, str, str]]) -> list[Fault]:
    """Make one fault of what each member of a union says about the same value."""
    ordered = sorted(entries, key=lambda entry: (tree.line(entry[0]), str(entry[0]), entry[1]))
    faults = []
    for (path, found), group in groupby(ordered, key=lambda entry: entry[:2]):
        first, *others = dict.fromkeys(words for _, _, words in group)
        also = (words.removeprefix("allowed: ") for words in others)
        faults.append(tree.fault(path, found, " or ".join((first, *also))))
    return faults


def _sentence(detail: ErrorDetails, place: Place) -> tuple[str, str]:
    """Return what was found and what is allowed."""
    name, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if name == "missing":
        return "missing", _needed(place)
    if name in _UNKNOWN_KEY:
        key = str(place.path[-1])
        return f"unknown key {quoted(key)}", suggestion(key, place.keys)
    if name in ("literal_error", "enum", "union_tag_invalid"):
        word = context.get("tag", value)
        return f"found {described(word)}", _choice(word, context)
    if name == "union_tag_not_found":
        words = place.words(context["discriminator"].strip("'"))
        return "missing", f"allowed: {', '.join(words)}"
    if name == "string_pattern_mismatch":
        return f"found {described(value)}", f"allowed: {_pattern_words(context['pattern'])}"
    if name in _LIMITS:
        return f"found {described(value)}", f"allowed: {_limit(name, context)}"
    if name in _KINDS:
        cure = _keys_within(place) if _KINDS[name] == _MAPPING else _cure(name, value)
        return f"found {described(value)}", f"allowed: {_KINDS[name]}{cure}"
    return _own_words(detail)


def _needed(place: Place) -> str:
    """Say what a missing key should hold."""
    if place.choices:
        return f"allowed: {', '.join(place.choices)}"
    by_default = "a value" if isinstance(place.path[-1], str) else "one more entry"
    return f"needed: {escaped(place.description or by_default)}"


def _keys_within(place: Place) -> str:
    """List the keys of the mapping that should stand at a place below the top, if few."""
    few = place.path and len(place.own_keys) <= _MOST_KEYS
    return f" ({', '.join(place.own_keys)})" if few and place.own_keys else ""


def _limit(name: str, context: dict[str, Any]) -> str:
    shown = {key: f"{one:g}" if isinstance(one, float) else one for key, one in context.items()}
    return _LIMITS[name].format(**shown)


def _key_at_fault(detail: ErrorDetails, value: Any) -> Path:
    """Return the key inside `value` that an error about the whole of it names, if any."""
    if discriminator := detail.get("ctx", {}).get("discriminator"):
        return (discriminator.strip("'"),)
    if detail["type"] not in _NAMING_THEIR_KEY or not isinstance(value, dict):
        return ()
    named = (word for word in re.findall(r"[\w-]+", detail["msg"]) if word in value)
    return tuple(islice(named, 1))


def _choice(word: object, context: dict[str, Any]) -> str:
    listed = str(context.get("expected", context.get("expected_tags", "")))
    allowed = re.findall(r"'([^']*)'", listed) or [listed]
    return suggestion(str(word), allowed)


def _pattern_words(pattern: str) -> str:
    named = {TypeAdapter(kind).json_schema()["pattern"]: words for kind, words in _FORMS}
    return named.get(pattern, f"text of the form {pattern}")


def _cure(name: str, value: object) -> str:
    """Say how to write a value that has the right look and the wrong kind."""
    if not isinstance(value, str):
        is_plain = name == "string_type" and isinstance(value, bool | int | float)
        return ", in quotes" if is_plain else ""
    looks_like = type(plain_scalar(value))
    wanted = {_NUMBER: (int, float), _WHOLE: (int,), _TRUTH: (bool,)}.get(_KINDS[name], ())
    return ", without quotes" if looks_like in wanted else ""


def _own_words(detail: ErrorDetails) -> tuple[str, str]:
    """Return a validator's own words, or pydantic's where no sentence of ours fits."""
    text = detail["msg"]
    if detail["type"] in _OWN_ERRORS:
        text = str(detail.get("ctx", {}).get("error", text))
    elif text.startswith("Input should be "):
        allowed = text.removeprefix("Input should be ")
        text = f"found {described(detail['input'])}; allowed: {allowed}"
    found, *rest = _BEFORE_ALLOWED.split(escaped(text)[:_MAX_MESSAGE], maxsplit=1)
    return found, "".join(f"allowed: {one}" for one in rest)
