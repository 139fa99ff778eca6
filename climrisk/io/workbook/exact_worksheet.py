"""A sheet of XlsxWriter whose numbers come back as they were."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

__all__ = ["ExactWorksheet"]


class ExactWorksheet(Worksheet):  # type: ignore[misc]  # the library is untyped
    """A sheet whose numbers keep all their digits; XlsxWriter itself keeps 16 of up to 17."""

    def _xml_number_element(
        self, number: float, attributes: Sequence[tuple[str, object]] = ()
    ) -> None:
        stated = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{stated}><v>{number!r}</v></c>")
