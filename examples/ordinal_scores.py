"""Why climrisk shows no likelihood-times-impact score unless asked: six risks, two orders.

Run it with `python examples/ordinal_scores.py`.
"""

from __future__ import annotations

from climrisk.metrics.ordinal import ordinal_scores

LIKELIHOOD_EDGES = (0.10, 0.33, 0.66, 0.90)
IMPACT_EDGES = (5.0, 20.0, 50.0, 100.0)
"""Million."""

RISKS = {
    "A": (0.32, 49.0),
    "B": (0.34, 21.0),
    "C": (0.09, 900.0),
    "D": (0.91, 5.5),
    "E": (0.34, 5.5),
    "F": (0.65, 19.5),
}
"""Likelihood and impact in millions."""


def main() -> None:
    """Print the risks by expected loss beside their scores."""
    likelihood, impact = zip(*RISKS.values(), strict=True)
    scores = ordinal_scores(likelihood, impact, LIKELIHOOD_EDGES, IMPACT_EDGES).score
    rows = [
        (name, p * amount, int(score))
        for (name, (p, amount)), score in zip(RISKS.items(), scores, strict=True)
    ]
    print("risk  expected loss [million]  score")
    for name, loss, score in sorted(rows, key=lambda row: -row[1]):
        print(f"{name:4}  {loss:23.1f}  {score:5}")
    print("The largest expected loss has the lowest score: scores and money are not comparable.")


if __name__ == "__main__":
    main()
