"""What each statistic means, in one sentence."""

from __future__ import annotations

from typing import Final

__all__ = ["DEFINITIONS", "EMISSION_DEFINITIONS"]

DEFINITIONS: Final[dict[str, str]] = {
    "mean": "mean effect over all draws, undiscounted sum over the years; negative is bad",
    "mean_change": "mean paired difference from scenario base_year, same draws: what climate "
    "and policy change add",
    "sd": "standard deviation of the effect over draws",
    "p5": "effect that 5 % of draws fall below: the bad side",
    "p50": "effect that half of the draws fall below",
    "p95": "effect that 95 % of draws fall below: the good side",
    "loss_var95": "loss (minus the effect) that 5 % of draws exceed",
    "loss_tvar95": "mean loss of the worst 5 % of probability (Acerbi and Tasche)",
    "loss_var99": "loss (minus the effect) that 1 % of draws exceed",
    "loss_tvar99": "mean loss of the worst 1 % of probability (Acerbi and Tasche)",
    "probability": "share of draws with at least one material year in the horizon",
    "breach_probability": "share of draws in which a year's loss passes the appetite",
    "npv_mean": "mean net present value of net over all years, real pre-tax rate, no terminal "
    "value",
    "npv_p5": "net present value that 5 % of draws fall below",
    "npv_p50": "net present value that half of the draws fall below",
    "npv_p95": "net present value that 95 % of draws fall below",
    "likelihood": "share of draws with at least one material year in the horizon",
    "likelihood_per_year": "mean share of the horizon's years that are material",
    "impact_mean": "mean net effect in a material year",
    "impact_p5": "net effect that 5 % of material years fall below",
    "impact_p50": "net effect that half of the material years fall below",
    "impact_p95": "net effect that 95 % of material years fall below",
    "expected_per_year": "mean net effect a year over the horizon",
    "rank_expected": "rank by mean effect among items of the kind, 1 the largest",
    "rank_tail": "rank by the mean of the outermost 5 % among items of the kind, 1 the largest",
    "rank_stability": "share of draws in which the item's rank, given the draw's knowledge, is "
    "the reported one",
    "probability_exceeds": "share of draws in which the effect is above that of the world it is "
    "compared with, same draws; ties count half",
    "share": "share of the variance of total net that the input explains: squared correlation "
    "with the input's normal score",
    "cost": "what the measure itself costs, capex and opex, without depreciation",
    "benefit": "change of the total before that cost, current controls with this one measure "
    "against without, same draws",
    "net_benefit": "benefit less cost",
    "ratio": "mean benefit over mean cost",
    "loss": "loss of a year that is passed once in so many years",
}
"""Definition by statistic, or by column where a table has no statistic."""

EMISSION_DEFINITIONS: Final = {
    "value": "gross emissions of a past year; avoided ones stand apart and are never netted",
    "mean": "mean of gross emissions over draws",
    "p5": "gross emissions that 5 % of draws fall below",
    "p50": "gross emissions that half of the draws fall below",
    "p95": "gross emissions that 95 % of draws fall below",
    "probability_met_stated": "share of draws whose figure, rounded half-up to the stated decimals,"
    " meets the limit of the year",
    "probability_met_unrounded": "share of draws whose unrounded figure meets the year's limit",
    "projected_p5": "figure that 5 % of draws fall below",
    "projected_p50": "figure that half of the draws fall below",
    "projected_p95": "figure that 95 % of draws fall below",
    "first_missed": "share of draws in which the year is the first whose figure, as stated, misses",
    "needed_cut": "part of the year's figure to take off so that the limit is met as stated with "
    "the wanted probability",
    "limit": "highest figure of the year that meets the target",
    "base_value": "figure of the base year, as stated where reported, else unrounded",
    "status": "where the median stands, as stated: on track within the limit, at risk up to 5 % "
    "above a cap or 10 % of a required change short, else off track",
    "abated": "tonnes that the measure alone takes off current controls, all years, undiscounted",
    "cost": "present value of capex and opex at the study's rate, all years",
    "saving": "present value of energy saved at unit_cost, all years; never in net",
    "cost_after_saving": "cost less saving",
    "cost_per_tonne": "mean cost over mean tonnes",
    "cost_after_saving_per_tonne": "mean cost after saving over mean tonnes",
}
"""The same for the tables of emissions, targets and abatement, where words mean other things."""
