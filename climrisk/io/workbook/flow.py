"""Values that have no columns of their own, as YAML on one line in one cell."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

from ruamel.yaml import YAML

from climrisk.io.scalars import Scalar, plain_scalar
from climrisk.io.yaml_tree import read_yaml

__all__ = ["flow_text", "read_flow"]

_UNBROKEN: Final = 1_000_000
"""Longest line [characters]; a cell holds far less."""


def flow_text(value: Any) -> str:
    """Write plain data as YAML on one line, such as `{family: uniform, low: 1, high: 2}`."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = True
    writer.allow_unicode = True
    writer.width = _UNBROKEN
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # typed as None
    stream = io.StringIO()
    writer.dump(_tidy(value), stream)
    return stream.getvalue().removesuffix("\n").removesuffix("\n...")


def read_flow(cell: Scalar) -> tuple[Any, str]:
    """Return the plain data of a cell and what is wrong with it, empty if nothing is.

    Parameters
    ----------
    cell : scalar
        A number or truth value as it is, or a text that is read as YAML.
    """
    if not isinstance(cell, str):
        return cell, ""
    tree = read_yaml(cell, "")
    if tree.faults:
        return None, tree.faults[0].found
    return tree.data, ""


def _tidy(value: Any) -> Any:
    """Write whole numbers without a decimal point, and keep texts that look like numbers texts."""
    if isinstance(value, Mapping):
        return {key: _tidy(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_tidy(one) for one in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def is_plain_word(text: str) -> bool:
    """Say whether a text in a cell of kind `flow` comes back as itself without quotes."""
    return plain_scalar(text) == text and read_flow(text) == (text, "")
