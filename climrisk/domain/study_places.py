"""Any input of a study by its path, such as `register.R-ACU-1.likelihood`.

A path is made of the names in the study's files, with dots between them. `*` stands for every
entry. An entry of a list is `[n]`, counted from 1, or the name of what it is about: the
`source_id`, `id`, `item`, `source`, `driver` or `who` that it states. Some names are short:
`likelihood` of an item is the probability or the rate that its occurrence states; `severity` of
an impact is its amount or its share, and `severity` of an item, where it is scaled, that of all
its impacts. Names of `study.yaml` stand for themselves, with or without `settings.` before them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from pydantic import BaseModel

from climrisk.domain.base import Provenance
from climrisk.domain.edit import Key, Path
from climrisk.domain.impact import Impact
from climrisk.domain.item import Item
from climrisk.domain.occurrence import Annual, Once
from climrisk.domain.settings import Settings
from climrisk.domain.study import Study

__all__ = ["NoPlaceError", "Place", "places"]

ALL: Final = "*"
NAMING: Final = ("source_id", "id", "item", "source", "driver", "who")
"""Fields that name an entry of a list; the first that it states does."""
NOT_VARIED: Final = {"name", "schema", "simulation"}
"""Neither inputs of the company nor of its world; a batch states draws and seed itself."""
MOST_LISTED: Final = 12


@dataclass(frozen=True)
class Place:
    """One place in a study.

    Parameters
    ----------
    path : path
        Keys, by the names of the files, and list positions from 0, from the study to the value.
    value : Any
        What stands there; None where nothing does.
    owner : path
        The innermost part of the study on the way that states its source; `()` where none does.
    is_probability : bool
        True for a chance of occurrence, which is scaled through its hazard.
    """

    path: Path
    value: Any
    owner: Path = ()
    is_probability: bool = False


class NoPlaceError(ValueError):
    """No place of the study has this path.

    Parameters
    ----------
    found : str
        Which part of the path does not exist.
    allowed : str
        Names that do, the nearest first.
    """

    def __init__(self, found: str, allowed: str) -> None:
        self.found, self.allowed = found, allowed
        super().__init__(f"{found}; {allowed}")


def places(study: Study, path: str, *, to_scale: bool = False) -> tuple[Place, ...]:
    """Return every place of a study that a path names.

    Parameters
    ----------
    study : Study
    path : str
        See the module's text.
    to_scale : bool
        Whether `severity` of an item means the sizes of its impacts.

    Raises
    ------
    NoPlaceError
        If there is none; says which name is wrong and what is near it.
    """
    walk = _Walk(to_scale)
    if not path.strip():
        raise walk.refusal(path)
    found = tuple(walk.below(study, path.strip(), Place((), study)))
    if not found and not walk.begins_in(study, path):
        settings = Place(("settings",), study.settings)
        found = tuple(walk.below(study.settings, path.strip(), settings))
    if not found:
        raise walk.refusal(path)
    return found


@dataclass
class _Walk:
    """One search; remembers where it could not go on."""

    to_scale: bool
    missed: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)

    def begins_in(self, study: Study, path: str) -> bool:
        return bool(_entries(study, path, self.to_scale))

    def below(self, node: Any, rest: str, place: Place) -> Iterator[Place]:
        """Yield the places that `rest` names below `node`."""
        if not rest:
            yield place
            return
        entries = _entries(node, rest, self.to_scale)
        if not entries:
            depth = len(place.path)
            self.missed.append((depth, rest.split(".")[0], tuple(_names(node))))
        for entry in entries:
            yield from self.below(entry.value, entry.rest, _stepped(place, node, entry))

    def refusal(self, path: str) -> NoPlaceError:
        """Return the error for the name that got furthest."""
        if not self.missed:
            return NoPlaceError(f"no place {path!r}", "allowed: a path into the study")
        deepest = max(depth for depth, *_ in self.missed)
        words = {word: None for depth, word, _ in self.missed if depth == deepest}
        known = {one: None for depth, _, names in self.missed if depth == deepest for one in names}
        word = next(iter(words))
        return NoPlaceError(f"no {word!r} in {path!r}", _suggested(word, list(known)))


@dataclass(frozen=True)
class _Entry:
    """One step down: the keys that it takes, what stands there and what is left of the path."""

    keys: Path
    value: Any
    rest: str


def _entries(node: Any, rest: str, to_scale: bool) -> list[_Entry]:
    if isinstance(node, Item) and (short := _short_for(node, rest, to_scale)) is not None:
        return short
    if isinstance(node, Impact) and (after := _after(rest, "severity")) is not None:
        stated = "amount" if node.amount is not None else "share"
        return [_Entry((stated,), node.severity, after)]
    if isinstance(node, list | tuple):
        return _listed(node, rest)
    known = dict(_children(node))
    if (after := _after(rest, ALL)) is not None:
        return [_Entry((key,), value, after) for key, value in known.items()]
    # ids may hold dots themselves: the longest that fits is meant
    fitting = [key for key in known if _after(rest, str(key)) is not None]
    longest = sorted(fitting, key=lambda key: len(str(key)))[-1:]
    return [_Entry((key,), known[key], _after(rest, str(key)) or "") for key in longest]


def _short_for(item: Item, rest: str, to_scale: bool) -> list[_Entry] | None:
    """Return what `likelihood` or `severity` of an item is short for; None for other names."""
    if (after := _after(rest, "likelihood")) is not None:
        stated = item.occurrence
        if stated is None or stated.likelihood is None:
            return []
        of_rate = isinstance(stated, Annual) and stated.probability is None
        keys = ("occurrence", "rate" if of_rate else "probability")
        return [_Entry(keys, stated.likelihood, after)]
    if to_scale and _after(rest, "severity") == "":
        return [
            _Entry(("impact", name, "amount" if one.share is None else "share"), one.severity, "")
            for name, one in item.impact.items()
        ]
    return None


def _listed(node: list[Any] | tuple[Any, ...], rest: str) -> list[_Entry]:
    word, _, after = rest.partition(".")
    number = word.strip("[]")
    if number == ALL:
        return [_Entry((place,), one, after) for place, one in enumerate(node)]
    if number.isdecimal():
        place = int(number) - 1
        return [_Entry((place,), node[place], after)] if 0 <= place < len(node) else []
    named = [
        (place, one, _after(rest, name)) for place, one in enumerate(node) for name in _named(one)
    ]
    return [_Entry((place,), one, after) for place, one, after in named if after is not None]


def _named(entry: Any) -> Iterator[str]:
    stated = (getattr(entry, name, None) for name in NAMING)
    yield from islice((str(one) for one in stated if one), 1)


def _children(node: Any) -> Iterator[tuple[Key, Any]]:
    """Yield names and values of a part of the study, by the names that files use."""
    if isinstance(node, Mapping):
        yield from node.items()
    elif isinstance(node, BaseModel):
        for name, about in type(node).model_fields.items():
            alias = about.alias or name
            if not about.exclude and not (
                alias in NOT_VARIED and isinstance(node, Study | Settings)
            ):
                yield alias, getattr(node, name)


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, list | tuple):
        yield from (name for one in node for name in _named(one))
        return
    if isinstance(node, Item):
        yield "likelihood"
    yield from (str(key) for key, _ in _children(node))


def _after(rest: str, name: str) -> str | None:
    """Return what follows a name at the start of a path, None where it does not stand there."""
    if not rest.startswith(name):
        return None
    after = rest[len(name) :]
    return after.removeprefix(".") if not after or after[0] in ".[" else None


def _stepped(place: Place, node: Any, entry: _Entry) -> Place:
    owner = place.path if isinstance(node, Provenance) else place.owner
    above = node.occurrence if isinstance(node, Item) else node
    is_chance = entry.keys[-1] == "probability" and isinstance(above, Annual | Once)
    return Place((*place.path, *entry.keys), entry.value, owner, is_chance)


def _suggested(word: str, names: list[str]) -> str:
    near = difflib.get_close_matches(word, names, n=3)
    ask = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
    rest = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return f"{ask}allowed: {', '.join(names[:MOST_LISTED]) or 'nothing below'}{rest}"
