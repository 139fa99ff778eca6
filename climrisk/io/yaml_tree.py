"""Reading YAML 1.2 as plain data with line numbers, without anything that can run or expand.

Events are read one by one, so that anchors, aliases, merge keys and tags are refused before
they take effect, and reading goes on after a fault wherever the rest can be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ruamel.yaml.error import YAMLError

from climrisk.errors import Fault
from climrisk.io.scalars import Scalar, plain_scalar
from climrisk.io.tree import Key, Path, Tree, field_name
from climrisk.io.wording import described, escaped, hidden_in_id, hidden_in_text, quoted
from climrisk.io.yaml_events import (
    ALIAS,
    DOCUMENT_START,
    MAPPING_END,
    MAPPING_START,
    SCALAR,
    SEQUENCE_END,
    STREAM_END,
    Event,
    events,
    quick_events,
)
from climrisk.io.yaml_syntax import directive_fault, syntax_fault

__all__ = ["MAX_DEPTH", "MAX_FAULTS", "MAX_VALUES", "Tree", "read_yaml"]

MAX_DEPTH: Final = 40
"""Deepest nesting of mappings and lists."""
MAX_VALUES: Final = 200_000
"""Most keys and values in one file; a register of 1,000 items has about 100,000."""
MAX_FAULTS: Final = 100
"""Faults after which reading a file stops."""

_UNSHARED: Final = "write the value out where it is needed"
_PLAIN_KEY: Final = "allowed: text; put the key in quotes"


def read_yaml(text: str, file: str) -> Tree:
    """Read one YAML document as plain data.

    Parameters
    ----------
    text : str
        The file's text.
    file : str
        The file's name as faults state it.

    Returns
    -------
    Tree
        Data, lines and faults: syntax errors, duplicate keys, keys that are neither text nor
        a whole number, anchors, aliases, merge keys, tags, directives, several documents,
        invisible characters, and sizes beyond `MAX_DEPTH`, `MAX_VALUES` or `MAX_FAULTS`.
        Nothing is raised.
    """
    if directive := directive_fault(text, file):
        return Tree(file, None, faults=(directive,), complete=False)
    quick = quick_events(text, 2 * MAX_VALUES)
    if quick is not None:
        tree = _tree(_Reader(file, iter(quick)), text, file)
        if not tree.faults:
            return tree
    return _tree(_Reader(file, events(text)), text, file)


def _tree(reader: _Reader, text: str, file: str) -> Tree:
    try:
        data, complete = reader.document(), True
    except YAMLError as error:
        reader.faults.append(syntax_fault(error, text, file))
        data, complete = None, False
    except _StoppedError:
        data, complete = None, False
    doubtful = frozenset(reader.doubtful)
    return Tree(file, data, reader.lines, tuple(reader.faults), doubtful, complete)


class _StoppedError(Exception):
    """Reading on would cost more than it tells; the reason stands among the faults."""


class _Reader:
    """Builds plain data from the events of one document."""

    def __init__(self, file: str, events: Iterator[Event]) -> None:
        self.file = file
        self.lines: dict[Path, int] = {(): 1}
        self.faults: list[Fault] = []
        self.doubtful: set[Path] = set()
        self._sequences: set[Path] = set()
        self._values = 0
        self._events = events

    def document(self) -> Any:
        """Return the data of the only document."""
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), STREAM_END):
            return None
        data = self._node(next(self._events), ())
        next(self._events)  # the end of the document
        after = next(self._events)
        if isinstance(after, DOCUMENT_START):
            self._fault(after, (), "a second document", "allowed: one; remove the '---' line")
        return data

    def _node(self, event: Event, path: Path) -> Any:
        self._count(event, path)
        if isinstance(event, ALIAS):
            self._refuse(event, path, f"alias '*{event.anchor}'", _UNSHARED)
            return None
        self._refuse_decoration(event, path)
        if isinstance(event, SCALAR):
            return self._scalar(event, path)
        if isinstance(event, MAPPING_START):
            return self._mapping(path)
        return self._sequence(path)

    def _scalar(self, event: Event, path: Path) -> Scalar:
        value = _value(event)
        if isinstance(value, str) and (hidden := hidden_in_text(value)):
            self._refuse(event, path, f"invisible character {hidden}", "remove it")
        return value

    def _sequence(self, path: Path) -> list[Any]:
        self._sequences.add(path)
        data: list[Any] = []
        while not isinstance(event := next(self._events), SEQUENCE_END):
            place = (*path, len(data))
            self.lines.setdefault(place, _line(event))
            data.append(self._node(event, place))
        return data

    def _mapping(self, path: Path) -> dict[Key, Any]:
        data: dict[Key, Any] = {}
        seen: dict[str, int] = {}  # the text of each key, for the model reads 2030 and '2030' alike
        while not isinstance(event := next(self._events), MAPPING_END):
            key = self._key(event, path)
            place = (*path, "?" if key is None else key)
            if key is not None and str(key) in seen:
                first = f"a second key {quoted(str(key))}, the first is on line {seen[str(key)]}"
                self._fault(event, place, first, "allowed: each key once")
            if key is None or str(key) in seen:
                self._node(next(self._events), place)  # read for its faults alone
                continue
            seen[str(key)] = self.lines[place] = _line(event)
            data[key] = self._node(next(self._events), place)
        return data

    def _key(self, event: Event, path: Path) -> Key | None:
        """Return the key, or None where it was refused."""
        if not isinstance(event, SCALAR):
            self._node(event, (*path, "?"))
            self._fault(event, path, "a key that is no text", _PLAIN_KEY)
            return None
        if event.value == "<<" and _is_plain(event):
            self._refuse(event, path, "merge key '<<'", _UNSHARED)
            return None
        self._refuse_decoration(event, path)
        key = _value(event)
        if isinstance(key, bool | float) or key is None:
            self._fault(event, path, f"key {described(key)}", _PLAIN_KEY)
            return None
        if hidden := hidden_in_id(str(key)):
            found = f"invisible character {hidden} in key {quoted(str(key))}"
            self._fault(event, path, found, "remove it")
            return None
        return key

    def _refuse_decoration(self, event: Any, path: Path) -> None:
        if event.anchor:
            self._fault(event, path, f"anchor '&{event.anchor}'", _UNSHARED)
        if event.tag:
            self._refuse(event, path, f"tag {quoted(event.tag)}", "allowed: plain YAML, no tags")

    def _count(self, event: Event, path: Path) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            self._fault(event, (), f"more than {MAX_VALUES:,} values", "split the study")
            raise _StoppedError
        if len(path) > MAX_DEPTH:
            self._fault(event, path[:2], "nested too deep", f"allowed: {MAX_DEPTH} levels")
            raise _StoppedError

    def _refuse(self, event: Event, path: Path, found: str, allowed: str) -> None:
        """Note a fault that leaves no trustworthy value at `path`."""
        self._fault(event, path, found, allowed)
        self.doubtful.add(path)

    def _fault(self, event: Event, path: Path, found: str, allowed: str) -> None:
        field = field_name(path, self._sequences.__contains__)
        self.faults.append(Fault(self.file, _line(event), field, escaped(found), allowed))
        if len(self.faults) >= MAX_FAULTS:
            stop = "too many faults, the rest of the file was not read"
            self.faults.append(Fault(self.file, _line(event), "", stop))
            raise _StoppedError


def _value(event: Event) -> Scalar:
    return plain_scalar(event.value) if _is_plain(event) else str(event.value)


def _is_plain(event: Event) -> bool:
    return not event.style


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
