"""What matters most in LX: which input moves the result, and which is worth finding out first.

Run it with `python examples/what_matters.py`.
"""

from __future__ import annotations

import climrisk
from climrisk.sensitivity import tornado, value_of_information

SCENARIO = "delayed_transition"
MEASURE = "M-EMERGENCY"


def main(draws: int = 2000) -> None:
    """Print the widest bars of the tornado, then what is worth knowing before one decision."""
    study = climrisk.read_study("lx-technology-2023")
    bars = tornado(study, SCENARIO, draws=draws)
    print(bars[["input", "low", "high", "swing_se"]].head(5).to_string(index=False))
    worth = value_of_information(study, SCENARIO, [MEASURE], draws=draws)
    print(f"{MEASURE}: {worth['decision'][0]}, {worth['net_benefit'][0]:.2f} million expected")
    print(worth[["input", "value", "value_se"]].head(5).to_string(index=False))


if __name__ == "__main__":
    main()
