"""The length of a paper: at most six pages before its appendix."""

from __future__ import annotations

from collections import Counter
from typing import Final

from climrisk.errors import ClimriskError
from climrisk.report.document import Document

__all__ = ["PAGES", "PageLimitError", "refuse_more_sections"]

PAGES: Final = 6
"""Most pages before the appendix, in each language of the paper."""


class PageLimitError(ClimriskError):
    """A paper is longer than its six pages."""


def refuse_more_sections(document: Document) -> None:
    """Refuse a paper with more sections than pages.

    Raises
    ------
    PageLimitError
        If a language has a seventh section before the appendix.
    """
    seen: Counter[str] = Counter()
    for section in document.pages:
        seen[section.language] += 1
        if seen[section.language] > PAGES:
            raise PageLimitError(
                f"section {section.name}: found page {PAGES + 1} of the paper; "
                f"allowed: at most {PAGES} before the appendix"
            )
