"""Keeping things apart on a line, each as near as can be to where it belongs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["spaced"]


def spaced(
    wanted: NDArray[np.float64],
    gap: float,
    *,
    lowest: float = -np.inf,
    highest: float = np.inf,
) -> NDArray[np.float64]:
    """Move positions apart with the least sum of squared moves.

    Less `gap` times its rank, each position must not lie under the one before it: that is an
    isotonic regression, which the pool-adjacent-violators algorithm solves (Barlow et al. 1972,
    Statistical Inference under Order Restrictions). Bounds clip its solution.

    Parameters
    ----------
    wanted : ndarray, shape (n,)
        Positions in ascending order.
    gap : float
        Least distance between neighbours, in the same unit.
    lowest, highest : float, optional
        Bounds; the gap shrinks where the positions would not fit between them.

    Returns
    -------
    ndarray, shape (n,)
        Positions in the same order, at least `gap` apart.

    Raises
    ------
    ValueError
        If the positions are not in ascending order.
    """
    if np.any(np.diff(wanted) < 0):
        raise ValueError(f"wanted: found {wanted.tolist()}, allowed ascending positions")
    if wanted.size < 2:
        return np.clip(wanted, lowest, highest)
    room = highest - lowest
    gap = min(gap, room / (wanted.size - 1))
    steps = gap * np.arange(wanted.size)
    relaxed = _rising(wanted - steps)
    return np.asarray(np.clip(relaxed, lowest, highest - steps[-1]) + steps)


def _rising(wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the nearest positions that never fall: whoever would pass the next shares its mean.

    SciPy has the same, in a package that takes longer to load than every picture to draw.
    """
    blocks: list[tuple[float, int]] = []
    for total in wanted.tolist():
        count = 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before, members = blocks.pop()
            total, count = total + before, count + members
        blocks.append((total, count))
    return np.repeat([total / count for total, count in blocks], [count for _, count in blocks])
