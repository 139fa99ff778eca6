"""The PDF of a briefing: its looks in typst, its texts as data."""

from __future__ import annotations

from climrisk.report.typeset.pdf import pdf_bytes

__all__ = ["pdf_bytes"]
