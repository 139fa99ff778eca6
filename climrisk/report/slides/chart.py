"""Native charts on slides, which a reader can edit."""

from __future__ import annotations

from typing import Any, Final

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.util import Pt

from climrisk.charts.caption import printable
from climrisk.charts.palette import INK, MUTED, PAPER, RULE
from climrisk.charts.table import Axis, Dash, Symbol
from climrisk.names import Language
from climrisk.report.office.id_labels import Side
from climrisk.report.office.plots import Plot, Series
from climrisk.report.slides.chart_cells import chart_workbook, error_range
from climrisk.report.slides.chart_xml import (
    add_errors,
    area_under,
    drop_from_key,
    end_in_arrow,
    label_every,
    make_logarithmic,
    set_faces,
)
from climrisk.report.slides.runs import rgb

__all__ = ["add_chart"]

KINDS: Final = {
    "years": XL_CHART_TYPE.LINE,
    "bars": XL_CHART_TYPE.BAR_STACKED,
    "scatter": XL_CHART_TYPE.XY_SCATTER_LINES,
}
DASHES: Final[dict[Dash, Any]] = {
    "dash": MSO_LINE.DASH,
    "dot": MSO_LINE.ROUND_DOT,
    "dashdot": MSO_LINE.DASH_DOT,
    "longdash": MSO_LINE.LONG_DASH,
    "longdashdot": MSO_LINE.LONG_DASH_DOT,
}
SYMBOLS: Final[dict[Symbol, Any]] = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "triangle-down": XL_MARKER_STYLE.TRIANGLE,
    "cross": XL_MARKER_STYLE.PLUS,
    "x": XL_MARKER_STYLE.X,
    "star": XL_MARKER_STYLE.STAR,
}
SIDES: Final[dict[Side, Any]] = {
    "above": XL_LABEL_POSITION.ABOVE,
    "below": XL_LABEL_POSITION.BELOW,
    "left": XL_LABEL_POSITION.LEFT,
    "right": XL_LABEL_POSITION.RIGHT,
}
SIZE: Final = 11.0
"""Of a chart's texts [pt]."""


def add_chart(shapes: Any, plot: Plot, box: tuple[int, int, int, int], language: Language) -> Any:
    """Draw a plot in a box of left, top, width and height [EMU]; return its shape."""
    frame = shapes.add_chart(KINDS[plot.kind], *box, _data(plot))
    chart = frame.chart
    chart.has_title = False
    chart.font.size = Pt(SIZE)
    chart.font.color.rgb = rgb(INK)
    _set_key(chart, plot)
    _set_axes(chart, plot)
    for rank, (drawn, series) in enumerate(zip(list(chart.series), plot.series, strict=True)):
        _set_series(drawn, series)
        if any(series.error):
            cells = error_range(plot, rank)
            add_errors(drawn, series.error, cells, level=series.error_level, colour=INK)
    chart.part.chart_workbook.update_from_xlsx_blob(chart_workbook(plot))
    under = sum(one.form in ("room", "area") for one in plot.series)
    if plot.kind == "years" and under:
        area_under(chart, under)
    if plot.kind != "scatter":
        label_every(chart, max(len(plot.categories) // 9, 1) if plot.kind == "years" else 1)
    if plot.kind == "bars":
        chart.plots[0].gap_width, chart.plots[0].overlap = 45, 100
    set_faces(chart, language)
    return frame


def _data(plot: Plot) -> Any:
    if plot.kind == "scatter":
        points: Any = XyChartData()  # type: ignore[no-untyped-call]  # python-pptx has none there
        for one in plot.series:
            series = points.add_series(one.name)
            for x, y in zip(one.x, one.values, strict=True):
                series.add_data_point(x, y)
        return points
    table: Any = CategoryChartData()  # type: ignore[no-untyped-call]  # nor there
    table.categories = plot.categories
    for one in plot.series:
        table.add_series(one.name, one.values)
    return table


def _set_key(chart: Any, plot: Plot) -> None:
    chart.has_legend = plot.has_key
    if plot.has_key:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        hidden = [rank for rank, one in enumerate(plot.series) if not one.in_key]
        drop_from_key(chart, hidden)


def _set_axes(chart: Any, plot: Plot) -> None:
    bars = plot.kind == "bars"
    level, upright = chart.category_axis, chart.value_axis
    if bars:
        level, upright = upright, level
    for axis, scale, number_format in zip(
        (level, upright), (plot.x, plot.y), plot.formats, strict=True
    ):
        has_words = (plot.kind == "years") if axis is level else bars
        _set_axis(axis, scale, gridlines=(axis is level) is bars)
        if not has_words:
            _set_numbers(axis, scale, number_format, fixed=plot.kind != "years")
    if plot.mirrored:
        level.reverse_order = True
        upright.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _set_axis(axis: Any, scale: Axis, *, gridlines: bool) -> None:
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.OUTSIDE
    axis.format.line.color.rgb = rgb(MUTED)
    axis.has_major_gridlines = gridlines
    if gridlines:
        axis.major_gridlines.format.line.color.rgb = rgb(RULE)
    axis.has_title = bool(scale.title)
    if scale.title:
        axis.axis_title.text_frame.text = printable(scale.title)
        font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(SIZE), False, rgb(INK)


def _set_numbers(axis: Any, scale: Axis, number_format: str, *, fixed: bool) -> None:
    axis.tick_labels.number_format = number_format
    axis.tick_labels.number_format_is_linked = False
    if fixed and scale.limits is not None:
        axis.minimum_scale, axis.maximum_scale = scale.limits
    if scale.logarithmic:
        make_logarithmic(axis)


def _set_series(drawn: Any, series: Series) -> None:
    if series.form == "room":
        drawn.format.fill.background()
        drawn.format.line.fill.background()
    elif series.form == "area":
        _fill(drawn.format, series.colours[0])
        drawn.format.line.color.rgb = rgb(series.edge)
        drawn.format.line.width = Pt(0.75)
    elif series.form == "bar":
        _set_bars(drawn, series)
    else:
        _set_line(drawn, series)
    if any(series.labels):
        _set_labels(drawn, series)


def _set_bars(drawn: Any, series: Series) -> None:
    drawn.invert_if_negative = False
    hatched = series.hatched or (False,) * len(series.values)
    for rank, (colour, struck) in enumerate(zip(series.colours, hatched, strict=True)):
        if series.values[rank]:
            look = drawn.points[rank].format
            if struck:
                look.fill.patterned()
                look.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
                look.fill.fore_color.rgb, look.fill.back_color.rgb = rgb(PAPER), rgb(colour)
            else:
                _fill(look, colour)
            look.line.color.rgb = rgb(MUTED)
            look.line.width = Pt(0.75)


def _fill(look: Any, colour: str) -> None:
    look.fill.solid()
    look.fill.fore_color.rgb = rgb(colour)


def _set_line(drawn: Any, series: Series) -> None:
    drawn.smooth = False
    if series.form == "line":
        line = drawn.format.line
        line.color.rgb, line.width = rgb(series.edge), Pt(series.width)
        if series.dash in DASHES:
            line.dash_style = DASHES[series.dash]
        if series.arrow:
            end_in_arrow(drawn)
    else:
        drawn.format.line.fill.background()
    drawn.marker.style = SYMBOLS[series.symbol] if series.symbol else XL_MARKER_STYLE.NONE
    if series.symbol:
        drawn.marker.size = 11 if series.form == "points" and series.filled else 7
        _set_marker(drawn.marker, series.colours[0], series)
        for rank, colour in enumerate(series.colours[1:], start=1):
            marker = drawn.points[rank].marker
            marker.style, marker.size = SYMBOLS[series.symbol], drawn.marker.size
            _set_marker(marker, colour, series)


def _set_marker(marker: Any, colour: str, series: Series) -> None:
    _fill(marker.format, colour)
    marker.format.line.color.rgb = rgb(series.edge)


def _set_labels(drawn: Any, series: Series) -> None:
    for rank, text in enumerate(series.labels):
        if text:
            label = drawn.points[rank].data_label
            label.text_frame.text = text
            label.position = SIDES[series.side]
            font = label.text_frame.paragraphs[0].runs[0].font
            font.size, font.color.rgb = Pt(10), rgb(INK)
