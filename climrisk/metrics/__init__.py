"""Numbers to statistics, in constant memory: every result is built from these tallies.

All sums and counts are integers, so any split of the draws and any order of merging gives the
same bits. Effects are positive when good for the company; a loss is minus the effect.
"""

from __future__ import annotations

from climrisk.metrics.blocks import SeriesOverflowError
from climrisk.metrics.convergence import Convergence, judge_convergence
from climrisk.metrics.distribution import Distribution
from climrisk.metrics.exact_sum import ExactSum
from climrisk.metrics.exceedance import ExceedanceCurve, exceedance_curve
from climrisk.metrics.histogram import Histogram
from climrisk.metrics.matrix import MaterialYears, MatrixPoints
from climrisk.metrics.moments import Moments
from climrisk.metrics.ranking import rank
from climrisk.metrics.ratio import RatioOfSums
from climrisk.metrics.tally import Tally

__all__ = [
    "Convergence",
    "Distribution",
    "ExactSum",
    "ExceedanceCurve",
    "Histogram",
    "MaterialYears",
    "MatrixPoints",
    "Moments",
    "RatioOfSums",
    "SeriesOverflowError",
    "Tally",
    "exceedance_curve",
    "judge_convergence",
    "rank",
]
