"""Every stated figure of a study with its source: what outputs rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from climrisk.domain.base import Figure, Provenance
from climrisk.domain.quantities import Quantity
from climrisk.domain.study import Study

__all__ = ["Input", "study_inputs"]


@dataclass(frozen=True)
class Input:
    """One stated figure.

    Parameters
    ----------
    path : str
        Where it stands, such as `register.R-ACU-1.occurrence.rate`.
    value : str
        The figure in words.
    basis, source : str or None
        Its own, else those of what it belongs to; None where nothing was stated.
    verified : bool or None
        False where nobody has checked it against its source.
    """

    path: str
    value: str
    basis: str | None
    source: str | None
    verified: bool | None


def study_inputs(study: Study) -> tuple[Input, ...]:
    """Return every stated figure of the study, with basis and source, in order of its path."""
    roots: dict[str, object] = {
        "settings": study.settings,
        "register": study.items,
        "measures": study.measures,
        "scenarios": study.scenarios,
        "responses": study.responses,
        "sites": study.sites,
        "inventory": study.inventory,
        "targets": study.targets,
        "factor_sets": study.factor_sets,
    }
    nothing = Provenance()
    return tuple(one for name, root in roots.items() for one in _walk(name, root, nothing))


def _walk(path: str, node: object, above: Provenance) -> Iterator[Input]:
    if isinstance(node, Provenance):
        above = _inherited(node, above)
        words = _words(node)
        if words is not None:
            yield Input(path, words, above.basis, above.source, above.verified)
            if isinstance(node, (Quantity, Figure)):
                return
    for name, child in _children(node):
        yield from _walk(f"{path}.{name}", child, above)


def _children(node: object) -> Iterator[tuple[str, object]]:
    if isinstance(node, BaseModel):
        yield from ((name, getattr(node, name)) for name in type(node).model_fields)
    elif isinstance(node, Mapping):
        yield from ((str(name), child) for name, child in node.items())
    elif isinstance(node, (tuple, list)):
        yield from ((str(number), child) for number, child in enumerate(node, start=1))


def _inherited(own: Provenance, above: Provenance) -> Provenance:
    """Return the source of `own`; what it leaves out comes from what it belongs to."""
    return Provenance(
        basis=own.basis if own.basis is not None else above.basis,
        source=own.source if own.source is not None else above.source,
        verified=own.verified if own.verified is not None else above.verified,
    )


def _words(node: Provenance) -> str | None:
    if isinstance(node, Quantity):
        return node.in_words()
    if isinstance(node, Figure):
        return f"{node.value:g}"
    for field in ("elasticity", "limit", "quantity"):
        stated = getattr(node, field, None)
        if stated is not None:
            return f"{field} {stated:g}"
    for field in ("path", "models", "quantiles", "response", "points"):
        if getattr(node, field, None) is not None:
            return f"series of {field}"
    return None
