"""Whether kernels can be compiled, with which options, and where they are kept.

Compiled kernels are kept in a folder that is named by everything they depend on, so that a kernel
of another version, or for another processor, is never run: numba itself does not notice when a
function changes that lives in another file.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from climrisk import __version__

__all__ = [
    "OPTIONS",
    "cache_folder",
    "compiled",
    "inlined",
    "is_available",
    "is_compiled",
    "mark_compiled",
]

F = TypeVar("F", bound=Callable[..., object])

# no fastmath: the order of operations is part of the result; NumPy's error model because the
# test for a zero divisor would keep loops from being vectorised
OPTIONS: Final[dict[str, Any]] = {"error_model": "numpy", "nogil": True, "fastmath": False}

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_SOURCES: Final = ("portable/*.py", "engine/fused*.py", "metrics/compiled*.py")
_ALL_THERE: Final = "complete"
_KEPT: Final = 12  # folders of other versions and processors that stay, a few megabytes each

_log = logging.getLogger(__name__)


@cache
def is_available() -> bool:
    """Return whether kernels can be compiled here; says once why not, unless the user chose so.

    The environment variable `CLIMRISK_KERNEL=numpy` switches compiled kernels off.
    """
    if os.environ.get("CLIMRISK_KERNEL") == "numpy":
        return False
    try:
        import numba  # noqa: F401  # whether it can be imported is the question
    except ImportError as error:
        _log.warning(
            "numba cannot be used (%s): NumPy simulates instead, several times slower; "
            "the numbers are the same",
            error,
        )
        return False
    return True


def compiled(function: F) -> F:
    """Return a kernel that is compiled at its first call and kept in the cache folder."""
    import numba

    with _numba_keeps_in(cache_folder()) as is_kept:
        kernel: F = numba.njit(cache=is_kept, **OPTIONS)(function)
    return kernel


def inlined(function: F) -> F:
    """Return a small function that is compiled into each kernel that calls it."""
    import numba

    kernel: F = numba.njit(forceinline=True, **OPTIONS)(function)
    return kernel


@cache
def cache_folder() -> Path | None:
    """Return the folder that compiled kernels are kept in, or None where none can be written.

    It is made below `CLIMRISK_CACHE_DIR`, or else the user's own folder for caches; folders of
    other versions are removed but for the last few.
    """
    home = _home_of_caches()
    folder = home / f"kernels-{_fingerprint()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            os.utime(folder)
    except OSError as error:
        _log.warning(
            "compiled kernels cannot be kept in %s (%s): each start compiles them anew, about "
            "20 seconds; CLIMRISK_CACHE_DIR can name a folder that can be written",
            home,
            error.strerror,
        )
        return None
    _remove_oldest(home, folder)
    return folder


def is_compiled() -> bool:
    """Return whether all kernels are kept, so that nobody has to wait for any."""
    folder = cache_folder()
    return folder is not None and (folder / _ALL_THERE).exists()


def mark_compiled() -> None:
    """Note that all kernels have been compiled; nothing where none can be kept."""
    folder = cache_folder() if is_available() else None
    if folder is not None:
        (folder / _ALL_THERE).touch()


def _home_of_caches() -> Path:
    stated = os.environ.get("CLIMRISK_CACHE_DIR")
    if stated:
        return Path(stated)
    if sys.platform == "win32":
        own = os.environ.get("LOCALAPPDATA", "~/AppData/Local")
    elif sys.platform == "darwin":
        own = "~/Library/Caches"
    else:
        own = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.path.expanduser(own)) / "climrisk"


def _fingerprint() -> str:
    """Return a hash of all sources of kernels, the compiler and the processor."""
    import llvmlite
    import numba
    from llvmlite import binding

    asked = (os.environ.get("NUMBA_CPU_NAME"), os.environ.get("NUMBA_CPU_FEATURES"))
    cpu = (binding.get_host_cpu_name(), *asked)
    versions = (__version__, numba.__version__, llvmlite.__version__, sys.version, cpu)
    digest = hashlib.sha256(repr(versions).encode())
    for pattern in _SOURCES:
        for source in sorted(_PACKAGE.glob(pattern)):
            digest.update(f"\n{source.relative_to(_PACKAGE)}\n".encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def _remove_oldest(home: Path, current: Path) -> None:
    others = [one for one in home.glob("kernels-*") if one != current]
    for folder in sorted(others, key=_last_used, reverse=True)[_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


def _last_used(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # another process has just removed it
        return 0.0


@contextmanager
def _numba_keeps_in(folder: Path | None) -> Iterator[bool]:
    """Let numba keep what is decorated inside in `folder`; yields whether it can."""
    import numba

    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder or before)
    try:
        yield folder is not None
    finally:
        settings.CACHE_DIR = before
