"""Results turned into chart tables (what is drawn), and those who draw them."""

from __future__ import annotations

from climrisk.charts.caption import Caption
from climrisk.charts.matrix import Band, MatrixChart, matrix_table
from climrisk.charts.still import draw_matrix, png

__all__ = ["Band", "Caption", "MatrixChart", "draw_matrix", "matrix_table", "png"]
