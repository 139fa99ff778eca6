"""Print a hash of everything that a small study's draws believe: run on pretended processors.

The study holds every family of quantities, both copulas, every law of occurrence and links of every
form. Prints one line for each part, so that a difference names what differs.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from climrisk.domain.quantities import read_quantity
from climrisk.domain.study import Study
from climrisk.engine.kernel import simulate
from climrisk.engine.kernels import simulated_block
from climrisk.engine.occurrences import believed
from climrisk.engine.plan import Plan, make_plan
from climrisk.engine.worlds import worlds
from climrisk.portable import arrays
from climrisk.portable.compiling import is_available

RANGE = {"low": 1, "mode": 2, "high": 5}
PAIR = {"p5": 1, "p95": 8}
TRIPLE = {"p5": 1, "p50": 3, "p95": 9}
STATEMENTS = {
    "pair": PAIR,
    "triple": TRIPLE,
    "pert": RANGE,
    "triangular": {"family": "triangular", **RANGE},
    "mean_cv": {"mean": 2, "cv": 0.7},
    "beta": {"family": "beta", "alpha": 0.7, "beta": 3},
    "gamma": {"family": "gamma", "shape": 0.4, "scale": 2},
    "weibull": {"family": "weibull", "shape": 0.8, "scale": 3},
    "pareto": {"family": "generalised_pareto", "threshold": 1, "scale": 2, "shape": 0.3},
    "shifted": {"family": "shifted_lognormal", "mu": 0, "sigma": 1, "shift": 2},
    "discrete": {"values": [0, 2, 7], "probabilities": [0.5, 0.3, 0.2]},
    "sample": {"sample": [1, 2, 3.5, 4, 9]},
    "truncated": {"truncate": PAIR, "low": 1, "high": 7},
    "mixture": {"mixture": [{"weight": 0.3, "value": 2}, {"weight": 0.7, **PAIR}]},
    "linear pool": {"pool": [RANGE, PAIR]},
    "log pool": {"pool": [RANGE, PAIR], "method": "log"},
    "average": {"pool": [RANGE, TRIPLE], "method": "quantile_average"},
}
SHARES = {"pair": {"p5": 0.1, "p95": 0.4}, "mean_cv": {"mean": 0.3, "cv": 0.4}}
SIGNED = {
    "pair": {"p5": -2, "p95": 4},
    "student": {"family": "student_t", "df": 3.3, "location": 1, "scale": 2},
}


def digest(*parts: np.ndarray) -> str:
    """Return a short hash of the bits of arrays."""
    found = hashlib.sha256()
    for part in parts:
        found.update(np.ascontiguousarray(part).tobytes())
    return found.hexdigest()[:16]


def quantities() -> None:
    """Print a hash of the quantiles of every family."""
    u = arrays.uniform_grid(range(2000), np.arange(1), 7, 7)[0]
    by_scale = {"log": STATEMENTS, "logit": SHARES, "identity": SIGNED}
    for scale, statements in by_scale.items():
        for name, statement in statements.items():
            print(scale, name, digest(read_quantity(statement, scale).ppf(u)))


def study(text: str) -> None:
    """Print hashes of the worlds, beliefs and effects of a study."""
    plan = make_plan(Study.model_validate_json(text))
    world = worlds(plan, 11, range(200))
    print("plan", digest(plan.discount, *(tie.factor for tie in plan.severity_ties)))
    print("knowledge", digest(*world.knowledge.values()))
    print("latents", digest(*world.latents.values()))
    print("climate", digest(*world.climate.base.values(), *world.climate.paths.values()))
    print("sizes", digest(*world.sizes.values()))
    beliefs = tuple(believed(plan, item, world, 11) for item in plan.items)
    print("severities", digest(*(one for own in beliefs for one in own.severities.values())))
    effects = simulate(plan, world, beliefs, plan.scenarios[1], plan.controls[-1])
    print("effects", digest(effects.amounts, effects.largest_event, effects.expected))
    if is_available():
        fused(plan)


def fused(plan: Plan) -> None:
    """Print a hash of what the compiled kernel simulates in every scenario and control."""
    for block in simulated_block(plan, 11, range(200)):
        found = block.effects
        parts = [found.amounts, found.largest_event, found.expected]
        parts += [part for one in block.measures for part in (one.change, one.cost)]
        print("fused", block.scenario, block.control, digest(*parts))


if __name__ == "__main__":
    arrays.compile_loops()
    quantities()
    study(Path(sys.argv[1]).read_text(encoding="utf-8"))
