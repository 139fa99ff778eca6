"""The matrix in sentences, for those who do not see it."""

from __future__ import annotations

from climrisk.charts.matrix import MatrixChart
from climrisk.i18n import percent, significant, translate

__all__ = ["matrix_alt"]


def matrix_alt(chart: MatrixChart) -> str:
    """Return title, subtitle and every labelled point with its likelihood and range."""
    words = chart.words
    language = words.language
    drawn = chart.points[chart.points["labelled"]].drop_duplicates("item")
    points = translate("chart.separator", language).join(
        translate(
            "matrix_alt.point",
            language,
            item=point["label"],
            likelihood=percent(point["likelihood"]),
            range=f"{significant(point['low'])}–{significant(point['high'])}",
        )
        for _, point in drawn.iterrows()
    )
    return translate(
        "matrix_alt.text",
        language,
        title=translate("chart.separator", language).join(words.title),
        subtitle=words.subtitle,
        points=points or translate("matrix_alt.empty", language),
    )
