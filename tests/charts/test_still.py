"""The picture says what the table says, legibly, and the same bytes every time."""

from __future__ import annotations

import itertools
import subprocess
import sys
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from climrisk.charts import Caption, MatrixChart, draw_matrix, matrix_table, png, typeface
from climrisk.charts.typeface import MissingFontError
from climrisk.errors import MissingExtraError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def charted(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption, **options: Any
) -> MatrixChart:
    options = {"appetite": 20.0} | options
    return matrix_table(
        matrix,
        titles,
        scenario="delayed_transition",
        horizon="short",
        caption=caption,
        **options,
    )


def texts(figure: Figure) -> list[str]:
    """Return every text of a figure, axes and key included."""
    return [found.get_text() for found in figure.findobj(Text) if found.get_text()]


def variant(name: str, matrix: pd.DataFrame) -> pd.DataFrame:
    """Return a difficult matrix by name."""
    amounts = [c for c in matrix.columns if c.startswith(("impact", "expected"))]
    if name == "opportunities only":
        return matrix[matrix["kind"] == "opportunity"]
    if name == "nothing":
        return matrix.iloc[:0]
    if name == "all certain":
        return matrix.assign(likelihood=1.0, likelihood_se=0.0)
    if name == "huge and tiny":
        factor = matrix["kind"].map({"risk": 1e6, "opportunity": 1e-7})
        return matrix.assign(**{column: matrix[column] * factor for column in amounts})
    if name == "ten on one side":
        risks = matrix[matrix["kind"] == "risk"]
        more = risks[risks["item"] < "R-MKT-2"].assign(item="X" + risks["item"])
        return pd.concat([risks, more])
    return matrix


VARIANTS = [
    "plain", "opportunities only", "nothing", "all certain", "huge and tiny", "ten on one side",
]  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_texts_keep_on_the_page_and_off_each_other(
    name: str, matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    chart = charted(variant(name, matrix), titles, caption, not_assessed=["R-NEW-1"])
    figure = draw_matrix(chart)
    png(figure)
    boxes = {text: text.get_window_extent() for text in figure.texts}
    for text, box in boxes.items():
        assert 0 <= box.x0 <= box.x1 <= 1600, text
        assert 0 <= box.y0 <= box.y1 <= 1000, text
    for (one, box), (other, beside) in itertools.combinations(boxes.items(), 2):
        assert not box.padded(-2).overlaps(beside.padded(-2)), (one, other)


def test_long_and_hostile_titles_keep_off_each_other(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    long = {item: (f"{title} " * 9)[:200] for item, title in titles.items()}
    long["R-TEC-1"] = "X" * 200
    long["O-RES-1"] = "<script>$\\frac{1}{0}$ $$ %s {0} \u202e_^ \\n"
    test_texts_keep_on_the_page_and_off_each_other("plain", matrix, long, caption)


def test_what_must_stand_in_the_picture(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    remarked = replace(caption, remarks=("Carbon prices are unverified.",))
    figure = draw_matrix(charted(matrix, titles, remarked, not_assessed=["R-NEW-1"]))
    everything = "\n".join(texts(figure))
    assert caption.notice is not None
    for wanted in (
        caption.notice,
        "Delayed transition",
        "Short term 2024–2026",
        "RMB million, real, at 2023 prices",
        "Largest expected loss: R-TEC-1",
        "Largest expected gain: O-PRM-1",
        "Appetite RMB 20 million a year",
        "about as likely",
        "33–66%",
        "20,000 draws, seed 1",
        "Not assessed, left out (1): R-NEW-1",
        "Carbon prices are unverified.",
    ):
        assert wanted in everything
    for item in titles:
        assert item in everything


def test_a_long_notice_is_wrapped_and_never_cut(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    notice = " ".join(f"word{rank}" for rank in range(120))
    figure = draw_matrix(charted(matrix, titles, replace(caption, notice=notice)))
    assert notice in " ".join(texts(figure))


def test_notice_is_on_the_bottom_line_and_large_enough(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    figure = draw_matrix(charted(matrix, titles, caption))
    notice = next(text for text in figure.texts if text.get_text() == caption.notice)
    lowest = min(text.get_window_extent().y0 for text in figure.texts)
    assert notice.get_window_extent().y0 == lowest
    assert notice.get_fontsize() >= 12


def test_halves_mirror_each_other_on_one_scale(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    figure = draw_matrix(charted(matrix, titles, caption))
    _, risks, opportunities = figure.axes
    assert risks.get_xlim() == opportunities.get_xlim()[::-1]
    assert risks.get_ylim() == opportunities.get_ylim()
    left, right = risks.get_position(), opportunities.get_position()
    assert left.x0 == pytest.approx(1 - right.x1)
    assert left.width == pytest.approx(right.width)


def test_shape_tells_the_kind_without_colour(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    _, risks, opportunities = draw_matrix(charted(matrix, titles, caption)).axes
    shapes = [
        {line.get_marker() for line in axes.lines} & {"o", "D"} for axes in (risks, opportunities)
    ]
    assert shapes == [{"o"}, {"D"}]


def test_same_chart_same_bytes_whatever_the_readers_settings(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    chart = charted(matrix, titles, caption)
    first = png(draw_matrix(chart))
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "savefig.dpi": 50}):
        second = png(draw_matrix(chart))
    assert first.startswith(PNG_SIGNATURE)
    assert first == second
    width, height = (int.from_bytes(first[start : start + 4]) for start in (16, 20))
    assert (width, height) == (1600, 1000)


@pytest.mark.parametrize("chunk", [b"tIME", b"Software", b"Creation"])
def test_png_holds_no_time_and_no_version(
    chunk: bytes, matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    assert chunk not in png(draw_matrix(charted(matrix, titles, caption)))


def test_without_matplotlib_the_extra_is_named(
    matrix: pd.DataFrame,
    titles: dict[str, str],
    caption: Caption,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"climrisk\[report\]"):
        draw_matrix(charted(matrix, titles, caption))


def test_without_a_font_for_a_character_nothing_is_drawn(
    matrix: pd.DataFrame,
    titles: dict[str, str],
    caption: Caption,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for look in ("_installed", "_installed_since"):
        monkeypatch.setattr(typeface, look, lambda: {"DejaVu Sans"})
    korean = titles | {"R-ACU-1": "폭우"}
    chart = charted(matrix, korean, replace(caption, language="zh-Hant"))
    with pytest.raises(MissingFontError, match="install one of Noto Sans CJK HK"):
        draw_matrix(chart)


def test_the_tables_need_neither_matplotlib_nor_plotly() -> None:
    code = (
        "import sys, climrisk.charts; sys.exit(bool({'matplotlib', 'plotly'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
