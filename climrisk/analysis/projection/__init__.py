"""Emissions and targets in the worlds that drive the risks."""

from __future__ import annotations

from climrisk.analysis.projection.run import project, projected

__all__ = ["project", "projected"]
