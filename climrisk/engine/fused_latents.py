"""Tied latents in compiled code: from random numbers to correlated, persistent normal scores.

Works on as many draws at a time as stay in the processor's cache. Importing this module needs
numba.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from climrisk.portable.compiling import compiled
from climrisk.portable.functions import normal_cdf, normal_quantiles, uniform

__all__ = ["tied_latents"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_TOGETHER: Final = 256


@compiled
def tied_latents(
    numbers: Any,
    places: Integers,
    names: Any,
    seed: Any,
    factor: Floats,
    persistence: Floats,
    as_uniforms: bool,
    lowest: float,
    highest: float,
    out: Floats,
) -> None:
    """Write the tied latents of draws.

    Parameters
    ----------
    numbers : uint64 array (draw,)
        Numbers of the draws.
    places : int64 array (place,)
        Places in the streams, one after the other in time.
    names : uint64 array (item,)
        Streams.
    seed : uint64
    factor : float64 array (item, item)
        Lower triangular factor of the latent correlation.
    persistence : float64 array (item,)
        Autocorrelation.
    as_uniforms : bool
        Whether to write probabilities, within `lowest` and `highest`, instead of normal scores.
    lowest, highest : float
    out : float64 array (item, place, draw)
        Receives them.
    """
    items, draws = names.size, out.shape[2]
    uniforms, mixed = np.empty(_TOGETHER), np.empty((items, _TOGETHER))
    scores = np.empty((items, _TOGETHER))
    fresh = np.sqrt(1.0 - persistence * persistence)
    for start in range(0, draws, _TOGETHER):
        width = min(_TOGETHER, draws - start)
        own = numbers[start : start + width]
        for place in range(places.size):
            index = np.uint64(places[place])
            for item in range(items):
                name = names[item]
                for n in range(width):
                    uniforms[n] = uniform(own[n], index, name, seed)
                normal_quantiles(uniforms[:width], scores[item, :width])
            for item in range(items):
                latent = uniforms[:width]
                latent[:] = 0.0
                for other in range(item + 1):
                    weight, score = factor[item, other], scores[other, :width]
                    for n in range(width):
                        latent[n] += weight * score[n]
                before, again = mixed[item, :width], persistence[item]
                if place > 0 and again != 0.0:
                    for n in range(width):
                        latent[n] = again * before[n] + fresh[item] * latent[n]
                before[:] = latent
                row = out[item, place, start : start + width]
                if as_uniforms:
                    for n in range(width):
                        chance: Any = normal_cdf(latent[n])
                        row[n] = min(max(chance, lowest), highest)
                else:
                    row[:] = latent
