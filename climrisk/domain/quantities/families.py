"""Every kind of statement: to add one, add its file and one row here."""

from __future__ import annotations

from typing import Final

from climrisk.domain.quantities.base import Quantity
from climrisk.domain.quantities.beta import Beta
from climrisk.domain.quantities.constant import Constant
from climrisk.domain.quantities.discrete import Discrete
from climrisk.domain.quantities.empirical import Empirical
from climrisk.domain.quantities.gamma import Gamma
from climrisk.domain.quantities.generalised_pareto import GeneralisedPareto
from climrisk.domain.quantities.logit_normal import LogitNormal
from climrisk.domain.quantities.lognormal import Lognormal
from climrisk.domain.quantities.mean_cv import MeanCv
from climrisk.domain.quantities.mixture import Mixture
from climrisk.domain.quantities.normal import Normal
from climrisk.domain.quantities.percentile_pair import P5P95
from climrisk.domain.quantities.pert import Pert
from climrisk.domain.quantities.pool import Pool
from climrisk.domain.quantities.shifted_lognormal import ShiftedLognormal
from climrisk.domain.quantities.student_t import StudentT
from climrisk.domain.quantities.three_percentiles import (
    P1P50P99,
    P5P50P95,
    P10P50P90,
    P25P50P75,
)
from climrisk.domain.quantities.triangular import Triangular
from climrisk.domain.quantities.truncated import Truncated
from climrisk.domain.quantities.uniform import Uniform
from climrisk.domain.quantities.weibull import Weibull

__all__ = ["FAMILIES", "STATEMENTS"]

STATEMENTS: Final[dict[tuple[str, ...], type[Quantity]]] = {
    ("value",): Constant,
    ("p5", "p95"): P5P95,
    ("p5", "p50", "p95"): P5P50P95,
    ("p1", "p50", "p99"): P1P50P99,
    ("p10", "p50", "p90"): P10P50P90,
    ("p25", "p50", "p75"): P25P50P75,
    ("low", "mode", "high"): Pert,
    ("mean", "cv"): MeanCv,
    ("values", "probabilities"): Discrete,
    ("sample",): Empirical,
    ("truncate",): Truncated,
    ("mixture",): Mixture,
    ("pool",): Pool,
}
"""Quantities that are known by their keys; a class may take more keys than these."""

FAMILIES: Final[dict[str, type[Quantity]]] = {
    "lognormal": Lognormal,
    "logit_normal": LogitNormal,
    "normal": Normal,
    "pert": Pert,
    "uniform": Uniform,
    "beta": Beta,
    "gamma": Gamma,
    "triangular": Triangular,
    "generalised_pareto": GeneralisedPareto,
    "weibull": Weibull,
    "student_t": StudentT,
    "shifted_lognormal": ShiftedLognormal,
}
"""Quantities that are known by the name of their family."""
