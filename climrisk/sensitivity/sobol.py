"""First- and total-order Sobol indices of any function of independent uniforms, by SALib."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.errors import MissingExtraError, QuestionRefusedError

__all__ = ["BASE_POINTS", "sobol_indices"]

Floats = NDArray[np.float64]
BASE_POINTS: Final = 1024
_INSIDE: Final = (2.0**-54, 1.0 - 2.0**-53)
_CONFIDENCE: Final = 0.95
_NORMAL_95: Final = 1.959963984540054
_RESAMPLES: Final = 200


def sobol_indices(
    model: Callable[[Floats], Floats],
    inputs: Sequence[str],
    *,
    groups: Sequence[str] | None = None,
    base_points: int = BASE_POINTS,
    seed: int = 1,
) -> pd.DataFrame:
    """Return how much of a function's variance each input explains, alone and with the others.

    The first-order index is the share that an input explains alone; the total index adds all that
    it explains together with others. First-order indices of independent inputs sum to at most 1,
    and to 1 where nothing interacts.

    Parameters
    ----------
    model : callable
        Of uniforms in (0, 1), (point, input), to values, (point,); without chance of its own.
    inputs : sequence of str
        Names of the independent inputs.
    groups : sequence of str, optional
        Name of the group of each input; inputs of one name move together and have one index.
    base_points : int, default 1024
        A power of two; the function is evaluated (inputs or groups + 2) times as often.
    seed : int
        Of the scrambled Sobol sequence and of the bootstrap.

    Returns
    -------
    DataFrame
        A row for each input or group, in their order: `input, first, first_se, total, total_se`,
        errors by bootstrap. An index near 0 may come out below it by its error.

    Raises
    ------
    MissingExtraError
        If SALib is not installed.
    QuestionRefusedError
        If the function does not vary, or `base_points` is no power of two.

    References
    ----------
    .. [1] A. Saltelli et al., Variance based sensitivity analysis of model output, Computer Physics
       Communications 181(2), 259-270, 2010.
    """
    if base_points < 2 or base_points & (base_points - 1):
        raise QuestionRefusedError(f"found {base_points} base points; allowed: a power of two")
    try:
        from SALib.analyze import sobol as analysis  # slow to import
        from SALib.sample import sobol as sampling
    except ModuleNotFoundError as missing:
        raise MissingExtraError("Sobol indices", "sensitivity") from missing
    problem = {
        "num_vars": len(inputs),
        "names": list(inputs),
        "bounds": [[0.0, 1.0]] * len(inputs),
        "groups": list(groups) if groups is not None else None,
    }
    points = sampling.sample(problem, base_points, calc_second_order=False, seed=seed)
    values = model(np.clip(points, *_INSIDE))
    if np.ptp(values) == 0.0:
        raise QuestionRefusedError("the figure is the same whatever the inputs are")
    names = list(dict.fromkeys(groups if groups is not None else inputs))
    if len(names) == 1:  # all there is, so that it explains everything
        columns = {"first": 1.0, "first_se": 0.0, "total": 1.0, "total_se": 0.0}
        return pd.DataFrame({"input": names, **columns})
    found = analysis.analyze(
        problem,
        values,
        calc_second_order=False,
        num_resamples=_RESAMPLES,
        conf_level=_CONFIDENCE,
        seed=seed,
    )
    columns = {
        "first": found["S1"],
        "first_se": found["S1_conf"] / _NORMAL_95,
        "total": found["ST"],
        "total_se": found["ST_conf"] / _NORMAL_95,
    }
    return pd.DataFrame({"input": names, **columns})
