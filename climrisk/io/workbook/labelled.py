"""Labels back in the place of the statements that were read for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from climrisk.domain.base import Provenance
from climrisk.domain.quantities.labels import LabelMaps

__all__ = ["with_labels"]

_SOURCE: Final = frozenset(Provenance.model_fields)
_OF_A_PERSON: Final = frozenset({"who", "weight"})


def with_labels(node: Any, maps: LabelMaps) -> Any:
    """Return plain data in which every statement that stands for a word is the word again.

    Parameters
    ----------
    node : Any
        Plain data with statements as `resolve_labels` puts them.
    maps : LabelMaps
        The study's words.
    """
    if isinstance(node, list):
        return [with_labels(one, maps) for one in node]
    if not isinstance(node, Mapping):
        return node
    meaning = _meaning(node, maps)
    if meaning is None:
        return {key: with_labels(one, maps) for key, one in node.items()}
    kept = {"label", *_OF_A_PERSON, *(key for key in _SOURCE if node.get(key) != meaning.get(key))}
    return {key: one for key, one in node.items() if key in kept}


def _meaning(node: Mapping[str, Any], maps: LabelMaps) -> Mapping[str, Any] | None:
    """Return the statement of a map that the node repeats, None where it says something else."""
    word = node.get("label")
    for words in (maps.likelihood, maps.amount, maps.share):
        stated = words.get(word) if isinstance(word, str) else None
        if stated is not None:
            meaning = stated if isinstance(stated, Mapping) else {"value": stated}
            if _numbers(meaning) == _numbers(node):
                return meaning
    return None


def _numbers(statement: Mapping[str, Any]) -> dict[str, Any]:
    beside = _SOURCE | _OF_A_PERSON | {"label"}
    return {key: one for key, one in statement.items() if key not in beside}
