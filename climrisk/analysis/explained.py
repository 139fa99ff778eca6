"""Which inputs the spread of total net comes from."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.variables import labelled, with_error
from climrisk.domain.inputs import Input, study_inputs
from climrisk.domain.study import Study
from climrisk.engine.knowledge import KnownInput, known_inputs, normal_scores
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import Worlds
from climrisk.metrics.explained import ExplainedVariance
from climrisk.names import ALL_YEARS

__all__ = ["MODEL", "PERCENTILE", "ExplainedInputs", "basis_and_source"]

Floats = NDArray[np.float64]
MODEL = KnownInput("scenarios.model", ("world", "model"), ("scenarios.", ()))
PERCENTILE = KnownInput("scenarios.percentile", ("world", "percentile"), ("scenarios.", ()))
VARIABLES = with_error(
    "input_share",
    ("scenario", "control", "input", "input_horizon"),
    "1",
    "share of the variance of total net that an input explains in a straight line",
)


class ExplainedInputs:
    """Shares of the variance of total net in the last horizon and of its present value.

    Parameters
    ----------
    plan : Plan
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known = known_inputs(plan)
        self._models = len(plan.models) if len(plan.models) > 1 else 0
        several = len(self._known) + 1
        self._runs = len(plan.scenarios) * len(plan.controls)
        self._shares = ExplainedVariance(self._models, several, 2 * self._runs, plan.scale)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._shares.nbytes

    def add(self, world: Worlds, totals: Floats) -> None:
        """Add a block of draws.

        Parameters
        ----------
        world : Worlds
            What the draws believe.
        totals : float64 array (run, horizon and present value, draw)
            Net of `total`, runs as `engine.variants.runs` orders them.
        """
        picked = world.climate.picks.model == np.arange(self._models)[:, np.newaxis]
        inputs = np.concatenate([picked, normal_scores(self._known, world)])
        last = totals[:, -2:].reshape(2 * self._runs, totals.shape[-1])
        self._shares.add(int(world.draws[0]), inputs, last)

    def merge(self, other: ExplainedInputs) -> None:
        """Add the sums of other draws of the same plan."""
        self._shares.merge(other._shares)

    def dataset(self, study: Study) -> xr.Dataset:
        """Return the shares with basis and source of each input.

        NaN where an input does not act under a control.
        """
        known = (*((MODEL,) if self._models else ()), *self._known, PERCENTILE)
        shape = (len(known), len(self._plan.scenarios), len(self._plan.controls), 2)
        values = {}
        for name, found in zip(
            ("input_share", "input_share_se"), self._shares.shares(), strict=True
        ):
            by_run = np.moveaxis(found.reshape(shape), 0, 2)
            values[name] = np.where(self._acts(known), by_run, np.nan)
        return labelled(values, VARIABLES, self._coordinates(study, known))

    def _acts(self, known: tuple[KnownInput, ...]) -> NDArray[np.bool_]:
        """Return whether an input acts, (control, input, 1)."""
        series = [s for d in self._plan.drivers.values() for s in (d.base, *d.own.values())]
        acts = [
            [
                (one is not PERCENTILE or any(s.scores is not None for s in series))
                and (not one.controls or control in one.controls)
                for one in known
            ]
            for control in self._plan.controls
        ]
        return np.array(acts)[..., np.newaxis]

    def _coordinates(self, study: Study, known: tuple[KnownInput, ...]) -> dict[str, object]:
        figures = study_inputs(study)
        stated = [basis_and_source(study, figures, one) for one in known]
        last = list(self._plan.horizons)[-1]
        return {
            "scenario": list(self._plan.scenarios),
            "control": list(self._plan.controls),
            "input": [one.path for one in known],
            "input_basis": ("input", [basis for basis, _ in stated]),
            "input_source": ("input", [source for _, source in stated]),
            "input_horizon": [last, ALL_YEARS],
        }


def basis_and_source(
    study: Study, figures: tuple[Input, ...], known: KnownInput
) -> tuple[str, str]:
    """Return basis and source of the figures that are drawn with an input, each once."""
    prefix, endings = known.stated
    if not endings:
        basis = sorted({one.basis for one in study.scenarios.values() if one.basis})
        return "; ".join(basis), "the scenario files"
    own = sorted(
        (one for one in figures if one.path.startswith(prefix) and one.path.endswith(endings)),
        key=lambda one: one.path,  # whatever the order in the files
    )
    bases = dict.fromkeys(one.basis for one in own if one.basis)
    return "; ".join(bases), "; ".join(dict.fromkeys(one.source for one in own if one.source))
