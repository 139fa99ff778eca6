"""The warm-up: questions with known answers, and what people's ranges were worth.

The score is advice: how many truths lay inside people's ranges, against the share that the ranges
claim. It says too narrow or too wide only where chance would do the same less than once in twenty
(exact binomial).

Performance weights are those of Cooke's classical model (Cooke 1991, Experts in Uncertainty,
ch. 12): calibration times information. Calibration is the chance that an expert whose three
percentiles are right scores as badly: 2 N I(s, p), I the relative information of the observed
shares s of truths in the four intervals against p, compared with chi-square of 3 degrees of
freedom. Information is the mean relative information of the percentiles against a uniform (or
log-uniform) background that reaches 10 % beyond everything stated and the truth.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from climrisk.domain.base import Declaration, Number
from climrisk.domain.elicitation.estimate import Range
from climrisk.domain.elicitation.question import LEVELS, Interval
from climrisk.domain.study import Study
from climrisk.domain.text import LocalText, Words
from climrisk.errors import WorkshopError

__all__ = [
    "LEAST_SEEDS",
    "SeedQuestion",
    "WarmUpScore",
    "performance_weights",
    "score",
    "seed_questions",
]

LEAST_SEEDS: Final = 8
"""Seed questions below which performance weights are refused; Cooke advises about ten."""

_DOUBTFUL: Final = 0.05
_OVERSHOOT: Final = 0.1
_LEAST_SHARE: Final = 1e-12

Advice = Literal["too_narrow", "as_claimed", "too_wide"]


class SeedQuestion(Declaration):
    """A question whose answer the study reports."""

    name: str
    """Where the study states it, such as `revenue_lines.subscription`."""
    subject: LocalText
    unit: str
    year: int
    truth: Number
    """Never sent to anybody before they have answered."""
    source: str = ""


@dataclass(frozen=True)
class WarmUpScore:
    """What one person's ranges were worth.

    Parameters
    ----------
    hits, questions : int
        Truths inside the ranges, and ranges given.
    expected : float
        Hits that the ranges claim, on average.
    advice : str
        Last part of the key `workshop.advice.<advice>`.
    """

    hits: int
    questions: int
    expected: float
    advice: Advice


def seed_questions(study: Study) -> tuple[SeedQuestion, ...]:
    """Return the questions that a study's own reported facts answer, in order of their names.

    Only figures with basis `reported` are asked: revenue lines, exposures, and activity data of
    the whole company.
    """
    found: dict[str, SeedQuestion] = {}
    settings = study.settings
    for group in ("revenue_lines", "exposures"):
        for name, line in getattr(settings, group).items():
            figure = line.value
            if figure.basis == "reported" and figure.value > 0:
                found[f"{group}.{name}"] = SeedQuestion(
                    name=f"{group}.{name}",
                    subject=line.title,
                    unit=f"{settings.money.currency} million",
                    year=settings.base_year,
                    truth=figure.value,
                    source=figure.source or "",
                )
    for row in study.inventory:
        if row.basis == "reported" and row.site == "all" and row.quantity > 0:
            name = f"inventory.{row.source_id}.{row.year}"
            found[name] = SeedQuestion(
                name=name,
                subject=Words(en=row.source_id.replace("_", " ")),
                unit=row.unit,
                year=row.year,
                truth=row.quantity,
                source=row.source or "",
            )
    return tuple(found[name] for name in sorted(found))


def score(answers: Sequence[tuple[Range, float]], interval: Interval) -> WarmUpScore:
    """Return what a person's ranges were worth.

    Parameters
    ----------
    answers : sequence of (Range, float)
        Range and truth of each question answered.
    interval : {"p10-p90", "p5-p95"}
        What low and high mean.
    """
    from scipy.special import bdtr, bdtrc  # the binomial; scipy.stats takes seconds to load

    below, above = LEVELS[interval]
    claimed = above - below
    hits = sum(stated.low <= truth <= stated.high for stated, truth in answers)
    count = len(answers)
    advice: Advice = "as_claimed"
    if count and bdtr(hits, count, claimed) < _DOUBTFUL:
        advice = "too_narrow"
    elif count and bdtrc(hits - 1, count, claimed) < _DOUBTFUL:
        advice = "too_wide"
    return WarmUpScore(hits, count, claimed * count, advice)


def performance_weights(
    answers: Mapping[int, Mapping[str, Range]],
    seeds: Sequence[SeedQuestion],
    interval: Interval,
) -> dict[int, float]:
    """Return Cooke's weight of each person, together 1.

    Parameters
    ----------
    answers : mapping of int to mapping of str to Range
        For each person, the range by name of the seed question; all must have answered all.
    seeds : sequence of SeedQuestion
        The questions with their truths.
    interval : {"p10-p90", "p5-p95"}
        What low and high mean.

    Raises
    ------
    WorkshopError
        Fewer than `LEAST_SEEDS` questions, nobody who answered, or a person who left one out.
    """
    if len(seeds) < LEAST_SEEDS:
        raise WorkshopError(f"{len(seeds)} seed questions; needed: {LEAST_SEEDS} or more")
    if not answers:
        raise WorkshopError("nobody answered the warm-up; allowed: equal weights")
    for stated in answers.values():
        missing = [seed.name for seed in seeds if seed.name not in stated]
        if missing:
            raise WorkshopError(
                f"a voice without an answer to {', '.join(missing)}; needed: all, or equal weights"
            )
    grounds = {seed.name: _background(seed, answers) for seed in seeds}
    products = {
        person: _calibration(stated, seeds, interval) * _information(stated, grounds, interval)
        for person, stated in answers.items()
    }
    total = math.fsum(products.values())
    if total <= 0.0:
        raise WorkshopError("no voice has any calibration; allowed: equal weights")
    return {person: product / total for person, product in products.items()}


def _shares(interval: Interval) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    below, above = LEVELS[interval]
    return np.array([below, 0.5 - below, above - 0.5, 1.0 - above])


def _calibration(
    stated: Mapping[str, Range], seeds: Sequence[SeedQuestion], interval: Interval
) -> float:
    from scipy.special import chdtrc  # the upper tail of chi-square

    counts = np.zeros(4)
    for seed in seeds:
        one = stated[seed.name]
        counts[sum(seed.truth > bound for bound in (one.low, one.best, one.high))] += 1
    observed = counts / len(seeds)
    seen = observed > 0
    information = float(np.sum(observed[seen] * np.log(observed[seen] / _shares(interval)[seen])))
    return float(chdtrc(3, 2.0 * len(seeds) * information))


def _background(
    seed: SeedQuestion, answers: Mapping[int, Mapping[str, Range]]
) -> tuple[float, float, bool]:
    """Return the ends of the background measure, and whether it is log-uniform."""
    ranges = [stated[seed.name] for stated in answers.values()]
    low = min(seed.truth, *(one.low for one in ranges))
    high = max(seed.truth, *(one.high for one in ranges))
    is_log = low > 0.0 and high / low > 1000.0
    if is_log:
        low, high = math.log(low), math.log(high)
    margin = _OVERSHOOT * (high - low)
    return low - margin, high + margin, is_log


def _information(
    stated: Mapping[str, Range],
    grounds: Mapping[str, tuple[float, float, bool]],
    interval: Interval,
) -> float:
    shares = _shares(interval)
    parts = []
    for name, (low, high, is_log) in grounds.items():
        one = stated[name]
        marks = np.array([one.low, one.best, one.high])
        bounds = np.concatenate([[low], np.log(marks) if is_log else marks, [high]])
        widths = np.maximum(np.diff(bounds) / (high - low), _LEAST_SHARE)
        parts.append(float(np.sum(shares * np.log(shares / widths))))
    return math.fsum(parts) / len(parts)
