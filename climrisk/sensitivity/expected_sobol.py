"""Sobol indices of expected net."""

from __future__ import annotations

import pandas as pd

from climrisk.domain.study import Study
from climrisk.names import ALL_YEARS, CURRENT
from climrisk.sensitivity.asked import asked
from climrisk.sensitivity.expected_model import ExpectedNet
from climrisk.sensitivity.inputs import differs_by_model
from climrisk.sensitivity.sobol import BASE_POINTS, sobol_indices

__all__ = ["expected_sobol"]


def expected_sobol(
    study: Study,
    scenario: str,
    *,
    control: str = CURRENT,
    horizon: str = ALL_YEARS,
    model: str | None = None,
    tied_together: bool = False,
    base_points: int = BASE_POINTS,
    seed: int | None = None,
) -> pd.DataFrame:
    """Return first- and total-order Sobol indices of the expected total net.

    The function that is analysed gives the expected net for stated quantiles of all knowledge, by
    formula, so that chance adds no noise. `sensitivity.expected_model` says what is left out.

    Parameters
    ----------
    study, scenario, control, horizon, seed
        As `sensitivity.asked.asked` takes them.
    model : str, optional
        The climate-economy model that holds; must be named where the study has several.
    tied_together : bool, default False
        Move inputs that dependence ties as one; they are refused otherwise.
    base_points : int, default 1024
        As `sensitivity.sobol.sobol_indices` takes it.

    Returns
    -------
    DataFrame
        A row for each input, largest total index first: `scenario, control, horizon, model, input,
        first, first_se, total, total_se, left_out`.

    Raises
    ------
    QuestionRefusedError
        If inputs are tied, a model is to be picked, or nothing varies.
    MissingExtraError
        If SALib is not installed.
    """
    of = asked(study, scenario, control=control, horizon=horizon, seed=seed)
    net = ExpectedNet.of(of, model, tied_together=tied_together)
    frame = sobol_indices(
        net, net.names, groups=net.groups, base_points=base_points, seed=of.seed % 2**32
    )
    models = of.plan.models
    held = models[net.model] if differs_by_model(of.plan) else ""
    labels = {**of.labels(), "model": held}
    for place, (name, word) in enumerate(labels.items()):
        frame.insert(place, name, word)
    frame["left_out"] = "; ".join(f"{name}: {why}" for name, why in net.left_out.items())
    return frame.sort_values("total", ascending=False, ignore_index=True)
