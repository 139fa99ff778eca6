"""The LX study gives the figures that it gave: `update.py` says how they may change."""

from __future__ import annotations

import json

import pytest

from tests.golden.update import FILE, figures


def test_lx_figures_have_not_moved() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    assert len(kept) >= 60
    assert figures() == pytest.approx(kept, rel=1e-12, abs=0.0)
