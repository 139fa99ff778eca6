"""Events of a YAML document, read by libyaml where it can: some twenty times faster.

libyaml (PyYAML) follows YAML 1.1 and ruamel.yaml 1.2. Texts on which the two might part company,
and texts with any fault, are left to ruamel.yaml, whose complaints the user reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml
from ruamel.yaml import YAML
from ruamel.yaml import events as of_ruamel

__all__ = [
    "ALIAS",
    "DOCUMENT_START",
    "MAPPING_END",
    "MAPPING_START",
    "SCALAR",
    "SEQUENCE_END",
    "STREAM_END",
    "Event",
    "events",
    "quick_events",
]

Event = Any
"""An event of either library; both name its parts alike."""

ALIAS: Final = (of_ruamel.AliasEvent, yaml.AliasEvent)
DOCUMENT_START: Final = (of_ruamel.DocumentStartEvent, yaml.DocumentStartEvent)
MAPPING_START: Final = (of_ruamel.MappingStartEvent, yaml.MappingStartEvent)
MAPPING_END: Final = (of_ruamel.MappingEndEvent, yaml.MappingEndEvent)
SCALAR: Final = (of_ruamel.ScalarEvent, yaml.ScalarEvent)
SEQUENCE_END: Final = (of_ruamel.SequenceEndEvent, yaml.SequenceEndEvent)
STREAM_END: Final = (of_ruamel.StreamEndEvent, yaml.StreamEndEvent)

DEEPEST: Final = 100
"""Nesting beyond which a file is not read on: it will be refused."""
_READ_DIFFERENTLY: Final = frozenset("\t\x85\u2028\u2029\ufeff")
"""Tabs and line ends of YAML 1.1 alone; directives are refused before."""
_BLOCKS: Final = ("|", ">")
_USUAL_BLOCK: Final = re.compile(r"[|>][-+]?\n +[^\s#]")


def events(text: str) -> Iterator[Event]:
    """Yield the events of a text by YAML 1.2; raises `ruamel.yaml.error.YAMLError`."""
    return iter(YAML(typ="safe", pure=True).parse(text))


def quick_events(text: str, most: int) -> list[Event] | None:
    """Return the same events from libyaml, or None where that cannot be relied upon.

    Parameters
    ----------
    text : str
        The file's text.
    most : int
        Most events that are kept in memory.
    """
    if not yaml.__with_libyaml__ or not _READ_DIFFERENTLY.isdisjoint(text):
        return None
    found: list[Event] = []
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            found.append(event)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST or len(found) > most or not _is_usual(event, text):
                return None
    except yaml.YAMLError:
        return None
    return found


def _is_usual(event: Event, text: str) -> bool:
    """Return whether a text in a block begins as people write it: the two differ on odd ones."""
    if not isinstance(event, yaml.ScalarEvent) or event.style not in _BLOCKS:
        return True
    mark = event.start_mark
    return mark is not None and _USUAL_BLOCK.match(text, mark.index) is not None
