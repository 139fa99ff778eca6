"""Faults from what a model refuses, in sentences that a risk manager can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from climrisk.domain.base import Identifier
from climrisk.errors import Fault
from climrisk.io.declared import Place, place_of
from climrisk.io.scalars import plain_scalar
from climrisk.io.tree import Path, Tree
from climrisk.io.wording import described, escaped, quoted, suggestion

__all__ = ["faults_from_validation", "unknown_reference"]

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
    "too_short": "at least {min_length} entries",
    "too_long": "at most {max_length} entries",
    "string_too_short": "at least {min_length} characters",
    "string_too_long": "at most {max_length} characters",
}
_OWN_MESSAGES: Final = frozenset({"value_error", "assertion_error"})
_QUANTITY: Final = "quantity"
"""Type of error of a stated quantity; its message begins by naming the key at fault, if one is."""
_ID_WORDS: Final = "an id: a letter, then letters, digits, '_', '.' or '-', at most 64 characters"


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
        left out; so is "not a number" where the mapping that stands instead was looked into.
    """
    data = tree.node(prefix)
    located = []
    for detail in error.errors(include_url=False):
        absent = detail["type"] == "missing"
        place = place_of(detail["loc"], data, model, may_be_absent=absent)
        path = (*prefix, *place.path)
        path = (*path, *_key_at_fault(detail, tree.node(path)))
        if not tree.is_doubtful(path):
            located.append((path, detail["type"], *_sentence(detail, place)))
    deep = {path[:end] for path, *_ in located for end in range(len(path))}
    kept = [entry for entry in located if entry[1] not in _KINDS or entry[0] not in deep]
    return _joined(tree, [(path, found, allowed) for path, _, found, allowed in kept])


def unknown_reference(tree: Tree, path: Path, kind: str, found: str, known: Iterable[str]) -> Fault:
    """Return the fault of an id that names nothing.

    Parameters
    ----------
    tree : Tree
        The file.
    path : path
        Where the id stands.
    kind : str
        What it should name, such as `driver`, `exposure` or `item`.
    found : str
        The id.
    known : iterable of str
        The ids there are.
    """
    return tree.fault(path, f"unknown {kind} {quoted(found)}", suggestion(found, known))


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
        last = place.path[-1]
        needed = place.description or (last if isinstance(last, str) else "one more entry")
        return "missing", f"needed: {escaped(needed)}"
    if name in ("extra_forbidden", "invalid_key"):
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
        return f"found {described(value)}", f"allowed: {_LIMITS[name].format(**context)}"
    if name in _KINDS:
        return f"found {described(value)}", f"allowed: {_KINDS[name]}{_cure(name, value)}"
    return _message(detail), ""


def _key_at_fault(detail: ErrorDetails, value: Any) -> Path:
    """Return the key inside `value` that an error about the whole of it names, if any."""
    if discriminator := detail.get("ctx", {}).get("discriminator"):
        return (discriminator.strip("'"),)
    if detail["type"] != _QUANTITY or not isinstance(value, dict):
        return ()
    named = (word for word in re.findall(r"[\w.-]+", detail["msg"]) if word in value)
    return tuple(islice(named, 1))


def _choice(word: object, context: dict[str, Any]) -> str:
    listed = str(context.get("expected", context.get("expected_tags", "")))
    allowed = re.findall(r"'([^']*)'", listed) or [listed]
    return suggestion(str(word), allowed)


def _pattern_words(pattern: str) -> str:
    is_id = pattern == TypeAdapter(Identifier).json_schema().get("pattern")
    return _ID_WORDS if is_id else f"text of the form {pattern}"


def _cure(name: str, value: object) -> str:
    """Say how to write a value that has the right look and the wrong kind."""
    if not isinstance(value, str):
        is_plain = name == "string_type" and isinstance(value, bool | int | float)
        return ", in quotes" if is_plain else ""
    looks_like = type(plain_scalar(value))
    wanted = {_NUMBER: (int, float), _WHOLE: (int,), _TRUTH: (bool,)}.get(_KINDS[name], ())
    return ", without quotes" if looks_like in wanted else ""


def _message(detail: ErrorDetails) -> str:
    """Return a validator's own words, or pydantic's where no sentence of ours fits."""
    text = detail["msg"]
    if detail["type"] in _OWN_MESSAGES:
        text = str(detail.get("ctx", {}).get("error", text))
    elif text.startswith("Input should be "):
        allowed = text.removeprefix("Input should be ")
        text = f"found {described(detail['input'])}, allowed {allowed}"
    return escaped(text)[:_MAX_MESSAGE]
