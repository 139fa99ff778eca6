"""The briefing's tables, pictures and sources as an Excel workbook."""

from __future__ import annotations

from climrisk.report.book.write import xlsx_bytes

__all__ = ["xlsx_bytes"]
