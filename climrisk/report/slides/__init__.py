"""The briefing as slides."""

from __future__ import annotations

from climrisk.report.slides.write import pptx_bytes

__all__ = ["pptx_bytes"]
