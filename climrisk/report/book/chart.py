"""Native charts of a workbook, drawn from ranges of cells."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from climrisk.charts.palette import INK, MUTED, PAPER, RULE
from climrisk.charts.table import Axis, Dash, Symbol
from climrisk.report.book.sheets import Book, number_format
from climrisk.report.office.plots import Plot, Series

__all__ = ["make_chart"]

KINDS: Final = {
    "bars": {"type": "bar", "subtype": "stacked"},
    "scatter": {"type": "scatter", "subtype": "straight_with_markers"},
}
DASHES: Final[dict[Dash, str]] = {
    "solid": "solid",
    "dash": "dash",
    "dot": "round_dot",
    "dashdot": "dash_dot",
    "longdash": "long_dash",
    "longdashdot": "long_dash_dot",
}
SYMBOLS: Final[dict[Symbol, str]] = {
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "triangle-up": "triangle",
    "triangle-down": "triangle",
    "cross": "plus",
    "x": "x",
    "star": "star",
}
WIDTH: Final = 610
HEIGHT: Final = 500


def make_chart(book: Book, sheet: Any, plot: Plot, row: int) -> tuple[Any, int]:
    """Write the cells of a plot from `row` on and return its chart and the last row written."""
    cells = _Cells(book, sheet, row, plot)
    if plot.kind == "years":
        chart = _years(book, plot, cells)
    else:
        chart = book.workbook.add_chart(dict(KINDS[plot.kind]))
        for rank, one in enumerate(plot.series):
            chart.add_series(_options(one, cells, rank, plot))
    _set_axes(chart, plot, cells)
    hidden = [rank for rank, one in enumerate(plot.series) if not one.in_key]
    font = {"name": "Arial", "size": 9, "color": INK}
    chart.set_legend(
        {"position": "top", "delete_series": hidden, "font": font}
        if plot.has_key
        else {"none": True}
    )
    wide = WIDTH if plot.mirrored or plot.formats[1] == "0%" else 1.5 * WIDTH
    chart.set_size({"width": wide, "height": HEIGHT})
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    return chart, cells.last


class _Cells:
    """Where the numbers and words of a plot stand: heads in a row, values under them."""

    def __init__(self, book: Book, sheet: Any, row: int, plot: Plot) -> None:
        self.name = sheet.get_name()
        self._row = row
        self._columns: dict[tuple[int, str], int] = {}
        self._sizes = [len(one.values) for one in plot.series]
        self.last = row + max([*self._sizes, 1])
        self._book, self._sheet, self._next = book, sheet, 0
        for axis, scale in (("x", plot.x), ("y", plot.y)):
            column = self._take((-1, axis), {"x": "→", "y": "↑"}[axis])
            book.write_text(sheet, row + 1, column, scale.title)
        if plot.kind != "scatter":
            self._texts(-1, "categories", plot.categories)
        for rank, one in enumerate(plot.series):
            self._put(rank, one)

    def _put(self, rank: int, one: Series) -> None:
        if one.x:
            self._numbers(rank, "x", one.name, one.x)
        self._numbers(rank, "values", one.name, one.values)
        if any(one.error):
            self._numbers(rank, "error", "±", one.error)
        if any(one.labels):
            self._texts(rank, "labels", one.labels)

    def _take(self, key: tuple[int, str], head: str) -> int:
        column = self._columns[key] = self._next
        self._next += 1
        self._book.write_heads(self._sheet, self._row, [head], column)
        return column

    def _numbers(self, rank: int, what: str, head: str, values: tuple[float | None, ...]) -> None:
        column = self._take((rank, what), head)
        for row, value in enumerate(values, start=self._row + 1):
            if value is not None:
                self._book.write_number(self._sheet, row, column, value, number_format(value))

    def _texts(self, rank: int, what: str, texts: tuple[str, ...]) -> None:
        column = self._take((rank, what), "")
        for row, text in enumerate(texts, start=self._row + 1):
            self._book.write_text(self._sheet, row, column, text)

    def range(self, rank: int, what: str, size: int | None = None) -> str:
        """Return the formula of a column's cells."""
        column = self._columns[rank, what]
        count = self._sizes[rank] if size is None else size
        cells = xl_range_abs(self._row + 1, column, self._row + count, column)
        return f"='{self.name}'!{cells}"

    def head(self, rank: int) -> str:
        """Return the formula of a series' name."""
        cell = xl_rowcol_to_cell(self._row, self._columns[rank, "values"], True, True)
        return f"='{self.name}'!{cell}"

    def cell(self, rank: int, what: str, place: int = 0) -> str:
        """Return the formula of one cell."""
        at = xl_rowcol_to_cell(self._row + 1 + place, self._columns[rank, what], True, True)
        return f"='{self.name}'!{at}"


def _years(book: Book, plot: Plot, cells: _Cells) -> Any:
    """Return areas with lines over them, or lines alone."""
    area = book.workbook.add_chart({"type": "area", "subtype": "stacked"})
    line = book.workbook.add_chart({"type": "line"})
    stacked = 0
    for rank, one in enumerate(plot.series):
        under = one.form in ("room", "area")
        stacked += under
        (area if under else line).add_series(_options(one, cells, rank, plot))
    if not stacked:
        return line
    if stacked < len(plot.series):
        area.combine(line)
    return area


def _options(one: Series, cells: _Cells, rank: int, plot: Plot) -> dict[str, Any]:
    options: dict[str, Any] = {"name": cells.head(rank), "values": cells.range(rank, "values")}
    if plot.kind == "scatter":
        options["categories"] = cells.range(rank, "x")
    else:
        options["categories"] = cells.range(-1, "categories", len(plot.categories))
    options |= _dress(one)
    if plot.kind == "bars":
        options["gap"] = 45
    if any(one.error):
        bars = _bars(cells.range(rank, "error"))
        level = plot.kind == "scatter" and one.error_level
        options["x_error_bars" if level else "y_error_bars"] = bars
    if any(one.labels):
        custom = [
            {"value": _label(text, cells.cell(rank, "labels", place))} if text else {"delete": True}
            for place, text in enumerate(one.labels)
        ]
        options["data_labels"] = {"value": True, "custom": custom, "position": one.side}
    return options


def _label(text: str, cell: str) -> str:
    """Return a label's text, or its cell where the text would be taken for a formula."""
    return cell if text.startswith("=") else text


def _bars(lengths: str) -> dict[str, Any]:
    line = {"color": INK, "width": 1.0}
    return {
        "type": "custom", "plus_values": lengths, "minus_values": lengths, "end_style": 0,
        "line": line,
    }  # fmt: skip


def _dress(one: Series) -> dict[str, Any]:
    if one.form == "room":
        return {"fill": {"none": True}, "border": {"none": True}}
    if one.form == "area":
        return {"fill": {"color": one.colours[0]}, "border": {"color": one.edge, "width": 0.75}}
    if one.form == "bar":
        hatched = one.hatched or (False,) * len(one.values)
        points = [_bar(colour, struck) for colour, struck in zip(one.colours, hatched, strict=True)]
        return {"points": points, "invert_if_negative": False}
    dressed: dict[str, Any] = {"line": {"none": True}}
    if one.form == "line":
        dressed["line"] = {"color": one.edge, "width": one.width, "dash_type": DASHES[one.dash]}
    return dressed | {"marker": _marker(one)} | _points(one)


def _bar(colour: str, struck: bool) -> dict[str, Any]:
    border = {"color": MUTED, "width": 0.75}
    if struck:
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": PAPER, "bg_color": colour}
        return {"pattern": pattern, "border": border}
    return {"fill": {"color": colour}, "border": border}


def _marker(one: Series) -> dict[str, Any]:
    if one.symbol is None:
        return {"type": "none"}
    size = 9 if one.form == "points" and one.filled else 7
    border, fill = {"color": one.edge}, {"color": one.colours[0]}
    return {"type": SYMBOLS[one.symbol], "size": size, "border": border, "fill": fill}


def _points(one: Series) -> dict[str, Any]:
    """Return the fills of single points, where they differ."""
    if len(one.colours) < 2:
        return {}
    return {
        "points": [
            {"fill": {"color": colour}, "border": {"color": one.edge}} for colour in one.colours
        ]
    }


def _set_axes(chart: Any, plot: Plot, cells: _Cells) -> None:
    bars = plot.kind == "bars"
    level = _axis(plot.x, cells.cell(-1, "x"), plot.formats[0], gridlines=bars)
    upright = _axis(plot.y, cells.cell(-1, "y"), plot.formats[1], gridlines=not bars)
    for axis, scale in ((level, plot.x), (upright, plot.y)):
        if plot.kind != "years" and scale.limits is not None:
            axis["min"], axis["max"] = scale.limits
    if plot.mirrored:
        level["reverse"] = True
        upright["label_position"] = "high"
    chart.set_x_axis(level)
    chart.set_y_axis(upright)


def _axis(scale: Axis, title: str, form: str, *, gridlines: bool) -> dict[str, Any]:
    font = {"name": "Arial", "size": 9, "color": INK}
    axis: dict[str, Any] = {
        "num_font": font,
        "line": {"color": MUTED},
        "major_gridlines": {"visible": gridlines, "line": {"color": RULE, "width": 0.5}},
        "label_position": "low",
    }
    if form != "General":
        axis["num_format"] = form
    if scale.title:
        axis |= {"name": title, "name_font": font | {"bold": False}}
    if scale.logarithmic:
        axis["log_base"] = 10
    return axis
