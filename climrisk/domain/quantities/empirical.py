"""Recorded values, each as likely as another.

The law is the step function of the sample (see `steps`): every draw is one of the recorded
values, so that mean and variance are those of the sample and nothing lies beyond its extremes.
Source: Hyndman and Fan 1996, The American Statistician 50(4).
Support: lowest to highest recorded value. Mean: that of the sample.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from climrisk.domain.quantities.base import Numbers, refused, shown
from climrisk.domain.quantities.law import StatedLaw
from climrisk.domain.quantities.steps import Steps

__all__ = ["Empirical"]

_FEWEST: Final = 5


class Empirical(StatedLaw):
    """A number that is as likely to be any of those recorded."""

    sample: Numbers
    """Recorded values, at least 5, in any order."""

    def _check(self) -> None:
        if len(self.sample) < _FEWEST:
            raise refused(
                f"found {len(self.sample)} recorded values, allowed {_FEWEST} or more; "
                "with fewer, state percentiles that also cover what was not seen"
            )
        if min(self.sample) == max(self.sample):
            raise refused(
                f"all recorded values are {shown(self.sample[0])}; "
                f"if the quantity is certain, state the plain number {shown(self.sample[0])}"
            )

    @cached_property
    def law(self) -> Steps:
        """The recorded values in order, equally likely."""
        count = len(self.sample)
        return Steps(tuple(sorted(self.sample)), (1.0 / count,) * count)

    def _words(self) -> str:
        return f"one of {len(self.sample)} recorded values: {super()._words()}"
