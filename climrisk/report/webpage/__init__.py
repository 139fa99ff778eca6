"""The HTML page of a briefing: one file that asks no other host."""

from __future__ import annotations

from climrisk.report.webpage.html import html_bytes

__all__ = ["html_bytes"]
