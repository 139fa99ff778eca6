"""The public face: its names, and that importing does nothing but define names."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import climrisk

PACKAGE = Path(climrisk.__file__).parent
HEAVY = {"numpy", "pandas", "pydantic", "scipy", "xarray", "numba", "ruamel", "typer", "matplotlib"}


def run_python(source: str) -> subprocess.CompletedProcess[str]:
    """Run source in a fresh interpreter, at the root of the checkout."""
    command = [sys.executable, "-c", source]
    done = subprocess.run(
        command, cwd=PACKAGE.parent, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def test_public_names() -> None:
    assert climrisk.__all__ == ["__version__", "analyse", "read_study"]
    assert dir(climrisk) == climrisk.__all__


@pytest.mark.parametrize("name", ["analyse", "read_study"])
def test_public_functions_load_on_use(name: str) -> None:
    assert callable(getattr(climrisk, name))


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="module 'climrisk' has no attribute 'analyze'"):
        _ = climrisk.analyze


def test_version_is_that_of_the_distribution() -> None:
    assert version("climrisk") == climrisk.__version__


@pytest.mark.parametrize(
    "source", ["import climrisk", "import climrisk.names, climrisk.errors, climrisk.paths"]
)
def test_import_is_light(source: str) -> None:
    shown = run_python(f"{source}, json, sys; print(json.dumps(sorted(sys.modules)))").stdout
    loaded = {name.split(".")[0] for name in json.loads(shown)}
    assert loaded & HEAVY == set()


def test_importing_every_module_prints_and_configures_nothing() -> None:
    source = """
import importlib, json, logging, pkgutil, sys, climrisk
names = [m.name for m in pkgutil.walk_packages(climrisk.__path__, "climrisk.")]
for name in names:
    importlib.import_module(name)
loggers = [logging.getLogger(n) for n in logging.root.manager.loggerDict if "climrisk" in n]
sys.stderr.write(json.dumps({
    "modules": len(names),
    "root_handlers": len(logging.root.handlers),
    "root_level": logging.root.level,
    "own_handlers": sum(len(logger.handlers) for logger in loggers),
    "own_levels": sorted({logger.level for logger in loggers} - {logging.NOTSET}),
}))
"""
    done = run_python(source)
    assert done.stdout == ""
    state = json.loads(done.stderr)
    modules = len([file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "__init__.py"])
    assert state == {
        "modules": modules,
        "root_handlers": 0,
        "root_level": 30,
        "own_handlers": 0,
        "own_levels": [],
    }
