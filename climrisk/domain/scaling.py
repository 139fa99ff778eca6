"""Scaling what a user stated: numbers, figures, series and quantities of every family.

An amount, rate, share or signed quantity X becomes k X: its law is that of X with every value
multiplied by k. Percentiles, bounds and single values are multiplied as they stand, which is exact
wherever the family is closed under scaling; families of the logit scale keep their stated
percentiles, multiplied. A chance p of occurrence becomes 1 - (1 - p)^k, that is, its hazard
-ln(1 - p) is multiplied, so that it never passes 1 (Cox 1972, Journal of the Royal Statistical
Society B 34(2)); its percentiles are carried over, since the map keeps their order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from climrisk.domain.base import Figure
from climrisk.domain.quantities.base import Quantity
from climrisk.domain.quantities.truncated import Truncated
from climrisk.domain.scenario import Driver

__all__ = ["scaled"]

_Map = Callable[[float], float]

_STATED: Final = frozenset(("value", "low", "mode", "high", "values", "sample"))
_POINTS: Final = _STATED | {"p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99"}
"""Keys that are values of the quantity itself, which any increasing map carries over."""
_MULTIPLIED: Final = _POINTS | {"mean", "sd", "location", "threshold", "scale", "shift"}
"""Keys of statements that carry the unit of the field."""
_LOGARITHMS: Final = {"lognormal": "mu", "shifted_lognormal": "mu"}
"""Families with a parameter that is the logarithm of an amount, and that parameter."""
_NOT_CLOSED: Final = {"logit_normal"}
"""Families of which no multiple is a member."""
_BESIDE: Final = ("basis", "source", "note", "verified")
_PARTS: Final = {"mixture": "weight", "pool": "who"}
_PERCENTILES: Final = (0.05, 0.5, 0.95)


def scaled(stated: Any, factor: float, *, is_probability: bool = False) -> Any:
    """Return plain data of what was stated, scaled.

    Parameters
    ----------
    stated : number, Figure, Quantity, Driver or mapping of year to number
    factor : float
        0 or more.
    is_probability : bool
        Whether it is a chance of occurrence, of which the hazard is scaled.

    Raises
    ------
    ValueError
        If there is nothing that can be scaled; the text says what was found.
    """
    if not (math.isfinite(factor) and factor >= 0.0):
        raise ValueError(f"found scale {factor:g}, allowed: 0 or more")
    if isinstance(stated, Quantity):
        return _quantity(stated, factor, is_probability)
    if isinstance(stated, Figure):
        plain = _plain(stated)
        return {**plain, "value": plain["value"] * factor}
    if isinstance(stated, Driver):
        return _driver(stated, factor)
    return _numbers(stated, factor)


def _plain(stated: Any) -> dict[str, Any]:
    return dict(stated.model_dump(by_alias=True, exclude_none=True))


def _numbers(stated: Any, factor: float) -> Any:
    if isinstance(stated, bool) or stated is None:
        raise ValueError(f"found {'nothing' if stated is None else stated}, allowed: a number")
    if isinstance(stated, int | float):
        return stated * factor
    if isinstance(stated, Mapping) and stated and all(isinstance(key, int) for key in stated):
        return {year: _numbers(value, factor) for year, value in stated.items()}
    raise ValueError("found no number, allowed: scale a number, a quantity or a series")


def _driver(stated: Driver, factor: float) -> dict[str, Any]:
    plain = _plain(stated)
    if stated.response is not None:
        raise ValueError("a response to another driver; allowed: scale that driver")
    if stated.path is not None:
        return {**plain, "path": _numbers(stated.path, factor)}
    name = "models" if stated.models is not None else "quantiles"
    several = stated.models or stated.quantiles or {}
    return {**plain, name: {key: _numbers(path, factor) for key, path in several.items()}}


def _quantity(stated: Quantity, factor: float, is_probability: bool) -> dict[str, Any]:
    plain = _plain(stated)
    plain.pop("label", None)  # the word stood for the statement as it was
    beside: dict[str, Any] = {key: plain[key] for key in _BESIDE if key in plain}
    statement = {key: value for key, value in plain.items() if key not in _BESIDE}
    if factor == 0.0:
        return {**beside, "value": 0.0}
    if is_probability:
        return {**beside, **_mapped(stated, statement, lambda p: _hazard_scaled(p, factor))}
    return {**beside, **_multiplied(stated, statement, factor)}


def _hazard_scaled(chance: float, factor: float) -> float:
    return 1.0 if chance >= 1.0 else -math.expm1(factor * math.log1p(-chance))


def _multiplied(stated: Quantity, plain: dict[str, Any], factor: float) -> dict[str, Any]:
    if plain.get("family") in _NOT_CLOSED:
        return _mapped(stated, plain, lambda x: factor * x)
    changed: dict[str, Any] = {}
    for key, value in plain.items():
        if key in _PARTS and isinstance(value, list | tuple):
            changed[key] = _each(stated, key, value, lambda q, p: _multiplied(q, p, factor))
        elif key == "truncate":
            changed[key] = _multiplied(_inner(stated), value, factor)
        elif key in _MULTIPLIED:
            changed[key] = _each_number(value, lambda x: factor * x)
        elif key == _LOGARITHMS.get(str(plain.get("family"))):
            changed[key] = value + math.log(factor)
        else:
            changed[key] = value
    return changed


def _mapped(stated: Quantity, plain: dict[str, Any], carry: _Map) -> dict[str, Any]:
    """Return a statement whose own values are carried over by an increasing map."""
    for key in _PARTS:
        if key in plain:
            parts = _each(stated, key, plain[key], lambda q, p: _mapped(q, p, carry))
            return {**plain, key: parts}
    family = plain.get("family")
    if family in (None, "pert", "uniform", "triangular") and set(plain) - {"family"} <= {
        *_POINTS,
        "probabilities",
        "truncate",
    }:
        points: dict[str, Any] = {
            k: _each_number(v, carry) if k in _POINTS else v for k, v in plain.items()
        }
        if "truncate" in plain:
            points["truncate"] = _mapped(_inner(stated), plain["truncate"], carry)
        return points
    # no key of the family is a value of its own: three percentiles are kept
    p5, p50, p95 = (carry(float(x)) for x in stated.ppf(np.array(_PERCENTILES)))
    return {"p5": p5, "p50": p50, "p95": p95}


def _each(
    stated: Quantity,
    key: str,
    parts: Any,
    change: Callable[[Quantity, dict[str, Any]], dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the parts of a mixture or pool, each changed, with its weight or name beside it."""
    own = _PARTS[key]
    found = getattr(stated, "parts" if key == "mixture" else "people")
    several = []
    for part, plain in zip(found, parts, strict=True):
        beside = {name: plain[name] for name in (own, *_BESIDE) if name in plain}
        statement = {k: v for k, v in plain.items() if k not in (own, *_BESIDE, "label")}
        several.append({**beside, **change(part.quantity, statement)})
    return several


def _inner(stated: Quantity) -> Quantity:
    assert isinstance(stated, Truncated)
    return stated.whole


def _each_number(value: Any, change: _Map) -> Any:
    if isinstance(value, list | tuple):
        return [change(float(one)) for one in value]
    return change(float(value))
