"""What the model is for, what it assumes and what it cannot express, in plain sentences.

`docs/method.md` explains the same at length; a test holds its sentences to these.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ASSUMPTIONS", "LIMITS", "PURPOSE"]

PURPOSE: Final[tuple[str, ...]] = (
    "climrisk turns a company's register of climate risks and opportunities into ranges of money: "
    "the effect on revenue, operating cost and asset value, and on profit before tax, by year, "
    "horizon and scenario, with the Monte Carlo error of every figure.",
    "It is meant for scenario analysis under TCFD, IFRS S2 and HKEX Part D, for comparing "
    "measures, and for discussing risk appetite. It is not meant for accounting provisions, for "
    "pricing single assets, for regulatory capital, or as a forecast: scenarios carry no "
    "probability, and the results are as good as the estimates that people put in.",
    "Effects are measured against the study's own plan at base-year climate, policy and prices. "
    "An effect is positive when good for the company; a loss is minus the effect. Amounts are "
    "millions of the study's currency in real terms.",
)

ASSUMPTIONS: Final[tuple[str, ...]] = (
    "Each item's estimates hold in the period and under the conditions that its frame states; "
    "drivers move them from there.",
    "What is unknown about an item is drawn once a draw and held for all years; severities are "
    "drawn afresh for each event only where the item says so.",
    "Likelihood and severity of one item are independent of each other, and items are independent "
    "of one another but for the groups that the study states and the climate that they share.",
    "Climate models are equally likely; a draw keeps one model and one percentile of warming in "
    "all scenarios and years.",
    "Drivers are linear between given years, and nothing is extrapolated; published responses of "
    "hazards are held at their ends.",
    "Measures act in full from their start year, and shares of several measures compound.",
    "Capital expenditure is charged in full in the year in which it is spent.",
)

LIMITS: Final[tuple[str, ...]] = (
    "No feedback: losses do not change later exposures, prices, financing cost or behaviour.",
    "No tax, working capital, depreciation, financing or terminal value: net is an effect on "
    "profit before tax in the year in which it occurs.",
    "No location below the item: hazards are not laid over coordinates, and sites share no event "
    "unless the register makes them one item or a dependence group.",
    "No timing within a year, and no event of an annual item that spans two years.",
    "No probability of a scenario, so no expectation over scenarios.",
    "No distribution of a driver beyond the models and percentiles that a scenario states; "
    "percentiles outside the stated ones are clipped to them.",
    "No dependence between likelihood and severity of an item, between growth of exposures, "
    "between shares of measures, or between an item that occurs once and one that recurs.",
    "No dependence other than a Gaussian or t copula: no asymmetric tails, and no cause and effect "
    "between items.",
    "No policy that covers several items, no reinstatement, and no premium that reacts to losses.",
    "No optimisation of measures, and no option to wait.",
    "No fitting to data: percentiles are taken as stated, whoever stated them.",
    "No bound on error in judgement: the Monte Carlo error says how well the stated model was "
    "computed, not how true it is.",
)
