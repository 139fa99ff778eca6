"""The briefing as a Word paper."""

from __future__ import annotations

from climrisk.report.paper.write import docx_bytes

__all__ = ["docx_bytes"]
