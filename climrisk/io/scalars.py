"""Plain YAML scalars by the core schema of YAML 1.2.2, section 10.3.2.

Only `true` and `false` are truth values, so `no` and `on` stay text; dates and numbers with
thousands separators stay text as well, and a model then refuses them with their line.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["Scalar", "plain_scalar"]

Scalar = str | int | float | bool | None

_CONSTANTS: Final[dict[str, Scalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{sign + word: float("inf") for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **{f"-{word}": float("-inf") for word in (".inf", ".Inf", ".INF")},
}
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OTHER_BASE: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_MAX_DIGITS: Final = 300
"""Longer integers exceed float64; they are read as floats, and come out infinite."""


def plain_scalar(text: str) -> Scalar:
    """Return the value of an unquoted scalar.

    Parameters
    ----------
    text : str
        The scalar as it stands in the file, without surrounding white space.

    Returns
    -------
    str, int, float, bool or None
        Numbers beyond float64 come out infinite and NaN stays NaN; the models refuse both.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _OTHER_BASE.fullmatch(text) and len(text) <= _MAX_DIGITS:
        return int(text, base=0)
    if _DECIMAL.fullmatch(text) and len(text) <= _MAX_DIGITS:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
