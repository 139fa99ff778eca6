"""Writing a study as a workbook, with XlsxWriter (extra `excel`)."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from climrisk.domain.study import Study
from climrisk.errors import MissingExtraError
from climrisk.io.workbook.headers import readme, word
from climrisk.io.workbook.lists import open_lists
from climrisk.io.workbook.plain import plain_files
from climrisk.io.workbook.sheets import SHEETS
from climrisk.io.workbook.styles import FONTS
from climrisk.names import Language

__all__ = ["workbook_bytes"]


def workbook_bytes(
    study: Study, shelf: frozenset[str], own_scenarios: Mapping[str, str], language: Language
) -> bytes:
    """Return a workbook that holds the whole study.

    Parameters
    ----------
    study : Study
        What is written.
    shelf : frozenset of str
        Ids of all scenarios that the study may name, for the drop-downs.
    own_scenarios : mapping of str to str
        Text of the scenario files in the study's own folder, by id.
    language : {"en", "zh-Hant", "zh-Hans"}
        Language of names, headings and notes; what the study itself says stays as it is.

    Raises
    ------
    InvalidStudyError
        If a text is longer than a cell can hold; with sheet, cell and length.
    MissingExtraError
        If XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a workbook", "excel") from missing
    from climrisk.io.workbook.page import Pages

    stream = BytesIO()
    font = {"font_name": FONTS[language], "font_size": 11}
    book = Workbook(stream, {"in_memory": True, "default_format_properties": font})
    pages = Pages(book, study.settings.money, _banner(study, language), language)
    pages.readme(readme(study.settings.money, language))
    files = plain_files(study)
    for sheet in SHEETS:
        pages.sheet(sheet, files)
    pages.scenario_files(own_scenarios)
    pages.lists(open_lists(study, shelf))
    book.set_properties({"title": study.settings.title.best(language), "comments": pages.banner})
    book.close()
    pages.raise_faults()
    return stream.getvalue()


def _banner(study: Study, language: Language) -> str:
    """Return what stands on top of every sheet: nobody has approved it, and the study's notice."""
    draft, notice = word("banner", "draft", language), study.settings.notice
    return draft if notice is None else f"{draft} · {notice.best(language)}"
