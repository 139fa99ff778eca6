"""Ordinal scores of the matrix, where the study asks for them."""

from __future__ import annotations

from typing import Final

import xarray as xr

from climrisk.analysis.variables import Variable, labelled
from climrisk.domain.ordinal import Ordinal
from climrisk.metrics.ordinal import ordinal_scores

__all__ = ["scored"]

_DIMS: Final = ("scenario", "control", "item", "horizon")
VARIABLES: Final = {
    "ordinal_likelihood": Variable(_DIMS, "1", "band of the likelihood"),
    "ordinal_impact": Variable(_DIMS, "1", "band of the mean effect in a material year"),
    "ordinal_score": Variable(_DIMS, "1", "band times band, not comparable with money or ranks"),
}


def scored(results: xr.Dataset, edges: Ordinal) -> xr.Dataset:
    """Return bands and scores of every item, (scenario, control, item, horizon).

    Parameters
    ----------
    results : Dataset
        With `probability` and `impact_mean`.
    edges : Ordinal
        Edges of the bands.
    """
    likelihood = results["probability"].sel(subject=results["item"].to_numpy())
    found = ordinal_scores(
        likelihood.to_numpy(), results["impact_mean"].to_numpy(), **edges.model_dump()
    )
    return labelled(
        dict(zip(VARIABLES, found, strict=True)),
        VARIABLES,
        {name: results[name].to_numpy() for name in _DIMS},
    )
