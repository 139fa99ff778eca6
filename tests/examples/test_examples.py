"""Every script of `examples/` runs as it stands, and prints what it promises."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_matters(capsys: pytest.CaptureFixture[str]) -> None:
    loaded("what_matters").main(draws=200)
    printed = capsys.readouterr().out
    assert "register.O-PRM-1.severity" in printed
    assert "M-EMERGENCY: " in printed


def test_sobol_of_a_function(capsys: pytest.CaptureFixture[str]) -> None:
    loaded("sobol_of_a_function").main()
    words = capsys.readouterr().out.split()
    assert words[:5] == ["input", "first", "first_se", "total", "total_se"]
    assert float(words[words.index("x2") + 1]) == pytest.approx(0.442, abs=0.06)


def test_ordinal_scores(capsys: pytest.CaptureFixture[str]) -> None:
    loaded("ordinal_scores").main()
    assert "The largest expected loss has the lowest score" in capsys.readouterr().out
