"""The package keeps its shape: imports point down, pieces stay small, ARCHITECTURE.md is true."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "climrisk"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))

_GROUND = {"names", "errors", "paths", "i18n", "portable"}
_MODEL = {"domain", "metrics"}
_SIMULATION = {"engine", "ghg"}
_EDGE = {"io", "workshop", "charts"}
_PRODUCTS = {"batch", "sensitivity", "verify", "report"}

_BELOW_ANALYSIS = _GROUND | _MODEL | _SIMULATION
_BELOW_EDGE = _BELOW_ANALYSIS | {"analysis"}
_BELOW_PRODUCTS = _BELOW_EDGE | _EDGE
_BELOW_FRONT = _BELOW_PRODUCTS | _PRODUCTS

# unit -> units that it may import, besides itself. Units of one layer never import each other,
# but for the ground floor, whose order is names < errors < paths < i18n.
ALLOWED: dict[str, set[str]] = {
    "names": set(),
    "errors": {"names"},
    "paths": {"names", "errors"},
    "i18n": {"names", "errors", "paths"},
    "portable": set(),
    "metrics": {"names", "portable"},
    "domain": {"names", "errors", "i18n", "portable"},
    **dict.fromkeys(_SIMULATION, _GROUND | _MODEL),
    "analysis": _BELOW_ANALYSIS,
    **dict.fromkeys(_EDGE, _BELOW_EDGE),
    **dict.fromkeys(_PRODUCTS, _BELOW_PRODUCTS),
    "verify": _BELOW_PRODUCTS | {"sensitivity"},  # it verifies what that product calls
    **dict.fromkeys({"cli", "ui"}, _BELOW_FRONT),
}
# the package's own face: it opens the two doors late
ALLOWED["climrisk"] = {"analysis", "io"}

METRICS_LIBRARIES = {"numpy", "scipy", "numba", "llvmlite", *sys.stdlib_module_names}
# numba sees changes in the file of a kernel only, so what calls each other stands together; the
# fused kernel is one loop over instructions
FUSED = PACKAGE / "engine" / "fused.py"
COMPILED = {PACKAGE / "metrics" / "compiled.py", FUSED}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}
MAX_BODY = 40
MAX_MODULE = 300


def module_name(file: Path) -> str:
    """Return the dotted name of a file of the package."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit(module: str) -> str:
    """Return the layer's unit: the first name under climrisk, or climrisk itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def imports(source: str, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Yield line and absolute dotted name of everything imported, at any depth of the source.

    `from climrisk import io` yields `climrisk.io`; `__version__` is no module and allowed to all.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module, is_package)
            if base == "climrisk":
                names = [alias.name for alias in node.names if alias.name != "__version__"]
                yield from ((node.lineno, f"climrisk.{name}") for name in names)
            else:
                yield node.lineno, base


def _absolute(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    package = module.split(".") if is_package else module.split(".")[:-1]
    stem = package[: len(package) - node.level + 1]
    return ".".join([*stem, node.module] if node.module else stem)


def forbidden_imports(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """Return one sentence per import that climbs, or leaves the layers of ARCHITECTURE.md."""
    own = unit(module)
    if own not in ALLOWED:
        return [f"{module}: {own} belongs to no layer; allowed: {', '.join(sorted(ALLOWED))}"]
    found = []
    for line, imported in imports(source, module, is_package):
        if imported.split(".")[0] == "climrisk":
            if unit(imported) not in ALLOWED[own] | {own}:
                found.append(f"{module}:{line} imports {imported}")
        elif own == "metrics" and imported.split(".")[0] not in METRICS_LIBRARIES:
            found.append(
                f"{module}:{line} imports {imported}; metrics sees numpy, scipy and numba only"
            )
    return found


def tree_of_architecture_page() -> dict[str, str]:
    """Return path -> comment of the tree in ARCHITECTURE.md, folders ending in a slash."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = page.split("```text\n")[1].split("```")[0]
    parents: list[str] = []
    tree = {}
    for line in block.splitlines():
        name, _, comment = line.strip().partition(" ")
        depth = (len(line) - len(line.lstrip())) // 2
        parents = [*parents[:depth], name]
        tree["".join(parents)] = comment.strip()
    return tree


@pytest.mark.parametrize("file", MODULES, ids=module_name)
def test_imports_point_down(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    is_package = file.name == "__init__.py"
    assert forbidden_imports(source, module_name(file), is_package=is_package) == []


@pytest.mark.parametrize(
    ("module", "source", "refused"),
    [
        ("climrisk.metrics.tally", "import numpy\nfrom climrisk.names import NET", False),
        ("climrisk.metrics.tally", "import pandas", True),
        ("climrisk.metrics.tally", "from climrisk.domain.base import Figure", True),
        ("climrisk.metrics.tally", "from ..domain import base", True),
        ("climrisk.metrics.tally", "from . import tail", False),
        ("climrisk.metrics.tally", "from .. import domain", True),
        ("climrisk.domain.item", "def late():\n    import climrisk.engine.plan", True),
        ("climrisk.domain.item", "if TYPE_CHECKING:\n    from climrisk import io", True),
        ("climrisk.ghg.carbon", "from climrisk.engine.worlds import worlds", True),
        ("climrisk.analysis", "from climrisk.engine import worlds", False),
        ("climrisk.analysis", "from climrisk.io import study", True),
        ("climrisk.io.run", "from climrisk import __version__", False),
        ("climrisk.io.run", "import climrisk", True),
        ("climrisk.charts.still", "from climrisk.io import run", True),
        ("climrisk.cli.run", "from climrisk.charts import still", False),
        ("climrisk.tools.thing", "import json", True),
    ],
)
def test_the_import_rule_itself(module: str, source: str, refused: bool) -> None:
    assert bool(forbidden_imports(source, module)) is refused


@pytest.mark.parametrize("file", MODULES + SCRIPTS, ids=lambda file: file.stem)
def test_names_say_what_is_inside(file: Path) -> None:
    assert not {file.stem, file.parent.name} & NAMES_THAT_SAY_NOTHING


@pytest.mark.parametrize("file", MODULES + SCRIPTS, ids=lambda file: file.stem)
def test_modules_and_functions_stay_small(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_MODULE or file in COMPILED
    long = {
        node.name: size
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := body_lines(node)) > MAX_BODY
        and file != FUSED
    }
    assert long == {}


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function's body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1


def test_architecture_page_shows_every_module() -> None:
    shown = {path for path in tree_of_architecture_page() if path.endswith(".py")}
    shown = {path for path in shown if path.startswith("climrisk/")}
    present = {file.relative_to(ROOT).as_posix() for file in MODULES if file.name != "__init__.py"}
    assert shown - present == set(), "in ARCHITECTURE.md, but not in the package"
    assert present - shown == set(), "in the package, but not in ARCHITECTURE.md"


def test_architecture_page_shows_what_exists_and_says_what_it_is() -> None:
    tree = tree_of_architecture_page()
    packages = {f"{f.parent.relative_to(ROOT).as_posix()}/" for f in PACKAGE.rglob("__init__.py")}
    assert packages - set(tree) == set(), "a package without its line in ARCHITECTURE.md"
    for path, comment in tree.items():
        entry = ROOT / path
        assert entry.is_dir() if path.endswith("/") else entry.is_file(), path
        assert comment, f"{path} has no comment"
