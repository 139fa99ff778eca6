"""Sobol indices of any function of one's own: here the Ishigami function.

Run it with `python examples/sobol_of_a_function.py` (needs the extra sensitivity).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from climrisk.sensitivity import sobol_indices


def ishigami(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the function at uniforms in (0, 1), (point, input), stretched to (-pi, pi)."""
    x1, x2, x3 = np.pi * (2.0 * points.T - 1.0)
    return np.asarray(np.sin(x1) + 7.0 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1))


def main() -> None:
    """Print first-order and total indices with their errors."""
    found = sobol_indices(ishigami, ["x1", "x2", "x3"], base_points=4096)
    print(found.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
