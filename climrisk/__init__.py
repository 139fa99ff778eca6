"""climrisk: climate risks and opportunities of a company as honest financial ranges.

Two calls do the work: ``study = climrisk.read_study(path)`` and
``results = climrisk.analyse(study, draws=10_000, seed=1)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from climrisk.analysis import analyse
    from climrisk.io.study import read_study

__all__ = ["__version__", "analyse", "read_study"]

__version__ = "0.1.0"

# name -> module; loaded on first use, so that the import and `climrisk --help` stay fast
_LOADED_ON_USE = {"analyse": "climrisk.analysis", "read_study": "climrisk.io.study"}


def __getattr__(name: str) -> Any:
    if name not in _LOADED_ON_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LOADED_ON_USE[name]), name)


def __dir__() -> list[str]:
    return __all__
