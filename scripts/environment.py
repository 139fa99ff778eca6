"""The project's own virtual environment: made once, renewed when its inputs change.

Standard library only, so that a bare machine with Python can run it. uv is used where it is on
the PATH, else venv and pip; neither needs administrator rights.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
MINIMUM = (3, 11)
_STAMP = VENV / "climrisk-environment.json"
# a new version number is part of what is installed
_INPUTS = ("pyproject.toml", "constraints.txt", "climrisk/__init__.py")


def program(name: str) -> str:
    """Return the path of a program of the environment, such as `python` or `climrisk`."""
    windows = os.name == "nt"
    return str(VENV / ("Scripts" if windows else "bin") / (f"{name}.exe" if windows else name))


def ensure(*extras: str) -> None:
    """Make the environment hold climrisk with these extras; do nothing where it already does.

    Parameters
    ----------
    *extras : str
        Extras of pyproject.toml. Those installed earlier are kept.

    Raises
    ------
    SystemExit
        With a plain sentence, if this Python is too old or cannot make environments, or if the
        installation fails.
    """
    _refuse_old_python()
    stamp = _read_stamp()
    wanted = sorted({*extras, *stamp.get("extras", ())})
    current = {"folder": str(ROOT), "inputs": _hash_of_inputs(), "extras": wanted}
    if stamp == current and Path(program("climrisk")).exists():
        return
    print(f"Setting up {VENV}: once, a minute or two with pip, seconds with uv", flush=True)
    _STAMP.unlink(missing_ok=True)
    if not _answers(program("python"), "-c", f"import sys; assert sys.version_info >= {MINIMUM}"):
        _make()
    _install(wanted)
    _STAMP.write_text(json.dumps(current, indent=1), encoding="utf-8")


def _refuse_old_python() -> None:
    if sys.version_info < MINIMUM:
        found = ".".join(str(number) for number in sys.version_info[:2])
        raise SystemExit(
            f"climrisk needs Python 3.11 or newer; {sys.executable} is Python {found}.\n"
            "Install a newer one (from python.org, your package manager or uv) and call this "
            "script with it, for example python3.12."
        )


def _read_stamp() -> dict[str, Any]:
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _hash_of_inputs() -> str:
    digest = hashlib.sha256()
    for name in _INPUTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _make() -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    uv = shutil.which("uv")
    if uv:
        _call(uv, "venv", "--quiet", "--python", sys.executable, str(VENV))
        return
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise SystemExit(
                f"{sys.executable} cannot make a virtual environment: it has no {module}.\n"
                "Either install uv (https://docs.astral.sh/uv), which needs no administrator, "
                "or the package python3-venv (Debian, Ubuntu), and call this script again."
            )
    _call(sys.executable, "-m", "venv", str(VENV))


def _install(extras: Sequence[str]) -> None:
    wanted = ["--constraint", "constraints.txt", "--editable", f".[{','.join(extras)}]"]
    python, uv = program("python"), shutil.which("uv")
    if uv:
        # without compiled bytecode every start takes about twice as long
        _call(uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *wanted)
        return
    if not _answers(python, "-m", "pip", "--version"):
        _call(python, "-m", "ensurepip")
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    _call(python, "-m", "pip", "install", *quiet, *wanted)


def _answers(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _call(*command: str) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SystemExit(f"The set-up failed at: {' '.join(command)}")
