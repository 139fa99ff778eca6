"""A batch without a file: Sobol points over three uncertain settings, and how net goes with them.

Run it with `python examples/batch_sobol.py FOLDER [DRAWS [POINTS]]`; FOLDER must not exist.
"""

from __future__ import annotations

import sys

from climrisk.batch import Batch, open_batch, run_batch

VARIED = {
    "discount_rate": {"low": 0.05, "high": 0.11},
    "scenarios.*.drivers.carbon_price": {"scale": {"low": 0.5, "high": 2.0}},
    "register.R-MKT-1.severity": {"scale": {"low": 0.5, "high": 1.5}},
}


def main(folder: str, draws: str = "5000", points: str = "32") -> None:
    """Run the points and print the rank correlation of each setting with the present value."""
    batch = Batch(
        study="lx-technology-2023",
        draws=int(draws),
        scenarios=("net_zero_2050",),
        vary=VARIED,
        design="sobol",
        points=int(points),
    )
    run_batch(batch, folder)
    headline = open_batch(folder).headline()
    net_zero = headline[(headline["scenario"] == "net_zero_2050") & (headline["run"] != "base")]
    settings = [name for name in headline if name.removesuffix(" [x]") in VARIED]
    print(net_zero[settings].corrwith(net_zero["npv_mean"], method="spearman").round(2).to_string())


if __name__ == "__main__":
    main(*sys.argv[1:])
