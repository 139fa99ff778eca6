"""A quantity over columns: the form, the numbers of the common forms, and YAML for all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from climrisk.domain.base import Provenance
from climrisk.domain.quantities.reading import STATEMENTS
from climrisk.io.scalars import Scalar
from climrisk.io.tree import Path
from climrisk.io.workbook.column import Column, Row
from climrisk.io.workbook.flow import flow_text, read_flow
from climrisk.io.workbook.leaves import Leaf
from climrisk.names import Basis

__all__ = ["FORMS", "NUMBERS", "Alternatives", "Statement", "without_implied_family"]

NUMBERS: Final = ("value", "p5", "p10", "p50", "p90", "p95", "low", "mode", "high", "mean", "cv")
"""Numbers of the forms that have columns, in their order."""
CONSTANT: Final = "constant"
LABEL: Final = "label"
OTHER: Final = "other"
FORMS: Final[dict[str, tuple[str, ...]]] = {
    CONSTANT if form == ("value",) else "/".join(form): form
    for form in STATEMENTS
    if set(form) <= set(NUMBERS)
} | {LABEL: (LABEL,)}
"""What each form needs; every other statement has the form `other`."""
_PARTS: Final = (*NUMBERS, LABEL)

_PROVENANCE: Final = tuple(Provenance.model_fields)


def without_implied_family(stated: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave out the family of a statement whose numbers alone say it, as those of PERT do."""
    numbers = set(stated) - {*_PROVENANCE, "family"}
    kind = next((kind for form, kind in STATEMENTS.items() if set(form) == numbers), None)
    field = None if kind is None else kind.model_fields.get("family")
    if field is None or stated.get("family") != field.default:
        return stated
    return {key: value for key, value in stated.items() if key != "family"}


@dataclass(frozen=True)
class Statement:
    """A quantity.

    Parameters
    ----------
    key : str
        Dotted path; the columns add `.form`, `.p5` and so on.
    name : str
        Its key in the mapping.
    """

    key: str
    name: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """Form, numbers, label, other, and the source."""
        numbers = (Column(f"{self.key}.{number}", "number") for number in NUMBERS)
        sources = (column for leaf in self._sources for column in leaf.columns)
        other = Column(f"{self.key}.other", "flow")
        form = Column(f"{self.key}.form", "choice", (*FORMS, OTHER))
        label = Column(f"{self.key}.label", "id", of="labels")
        return (form, *numbers, label, other, *sources)

    @property
    def _sources(self) -> tuple[Leaf, ...]:
        """Leaves of basis, source, note and verified."""
        return (
            Leaf(f"{self.key}.basis", "basis", "choice", get_args(Basis)),
            Leaf(f"{self.key}.source", "source", "text"),
            Leaf(f"{self.key}.note", "note", "text"),
            Leaf(f"{self.key}.verified", "verified", "truth"),
        )

    def cells(self, parent: Mapping[str, Any]) -> dict[str, Scalar]:
        """Return the cells of the statement; a plain number is a constant."""
        if self.name not in parent:
            return {}
        stated = parent[self.name]
        numbers = {key: value for key, value in stated.items() if key not in _PROVENANCE}
        cells: dict[str, Scalar] = {}
        for leaf in self._sources:
            cells |= leaf.cells(stated)
        form = next((name for name, keys in FORMS.items() if set(keys) == set(numbers)), OTHER)
        cells[f"{self.key}.form"] = form
        if form == OTHER:
            return cells | {f"{self.key}.other": flow_text(numbers)}
        return cells | {f"{self.key}.{key}": number for key, number in numbers.items()}

    def read(self, row: Row) -> dict[str, Any]:
        """Return the statement under its key."""
        stated = {name: row.get(f"{self.key}.{name}") for name in _PARTS}
        numbers = {name: number for name, number in stated.items() if number is not None}
        source: dict[str, Any] = {}
        for leaf in self._sources:
            source |= leaf.read(row)
        form = row.get(f"{self.key}.form") or self._form_of(row, numbers)
        if form == OTHER:
            numbers |= self._other(row, numbers)
        elif form is not None:
            self._check_numbers(row, str(form), numbers)
        if row.get(f"{self.key}.other") is not None and form != OTHER:
            row.complain(f"{self.key}.other", "text", f"allowed: with form {OTHER} only")
        if source and not numbers:
            row.complain(f"{self.key}.form", "a source without a number", _ALLOWED)
        return {self.name: numbers | source} if numbers else {}

    def _form_of(self, row: Row, numbers: Mapping[str, Scalar]) -> str | None:
        """Return the form that the numbers have, where nobody chose one."""
        if not numbers:
            return OTHER if row.get(f"{self.key}.other") is not None else None
        known = {frozenset(keys): form for form, keys in FORMS.items()}
        form = known.get(frozenset(numbers))
        if form is None:
            row.complain(f"{self.key}.form", f"empty, with {', '.join(numbers)}", _ALLOWED)
        return form

    def _check_numbers(self, row: Row, form: str, numbers: Mapping[str, Scalar]) -> None:
        needed = FORMS.get(form, ())  # an unknown form was noted with its cell
        for name in needed:
            if name not in numbers:
                row.complain(f"{self.key}.{name}", "empty", f"needed: a number, for form {form}")
        for name in numbers:
            if needed and name not in needed:
                allowed = f"allowed: empty for form {form}, or another form"
                row.complain(f"{self.key}.{name}", f"found {numbers[name]}", allowed)

    def _other(self, row: Row, numbers: Mapping[str, Scalar]) -> dict[str, Any]:
        for name in numbers:
            found = f"found {numbers[name]}"
            row.complain(f"{self.key}.{name}", found, f"allowed: empty for form {OTHER}")
        place = f"{self.key}.other"
        value, wrong = read_flow(row.get(place))
        if isinstance(value, dict) and not wrong:
            return {str(key): one for key, one in value.items()}
        row.complain(place, wrong or ("empty" if value is None else "no mapping"), _OTHER_ALLOWED)
        return {}

    def places(self) -> Iterator[tuple[Path, str]]:
        """Yield its own place at the form, then those of its numbers and source."""
        yield (self.name,), f"{self.key}.form"
        for name in (*_PARTS, *_PROVENANCE):
            yield (self.name, name), f"{self.key}.{name}"


@dataclass(frozen=True)
class Alternatives:
    """Quantities of which exactly one is stated, with a column that says which.

    Parameters
    ----------
    key : str
        Dotted path of the group; the columns add `.states` and those of a statement.
    names : tuple of str
        Keys of the quantities.
    """

    key: str
    names: tuple[str, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Which of them, then the statement."""
        which = Column(f"{self.key}.states", "choice", self.names)
        return (which, *Statement(self.key, "").columns)

    def cells(self, parent: Mapping[str, Any]) -> dict[str, Scalar]:
        """Return the cells of the one that is stated."""
        stated = [name for name in self.names if name in parent]
        if not stated:
            return {}
        return {f"{self.key}.states": stated[0], **Statement(self.key, stated[0]).cells(parent)}

    def read(self, row: Row) -> dict[str, Any]:
        """Return the one that is stated under its key."""
        which = row.get(f"{self.key}.states")
        statement = Statement(self.key, "" if which is None else str(which)).read(row)
        if statement and which is None:
            allowed = f"allowed: {', '.join(self.names)}"
            row.complain(f"{self.key}.states", "empty, with numbers beside it", allowed)
            return {}
        return statement

    def places(self) -> Iterator[tuple[Path, str]]:
        """Yield the places of each of them at the same columns."""
        for name in self.names:
            yield from Statement(self.key, name).places()


_ALLOWED: Final = f"allowed: one of {', '.join((*FORMS, OTHER))}, with its numbers"
_OTHER_ALLOWED: Final = "needed: a statement such as {family: uniform, low: 1, high: 2}"
