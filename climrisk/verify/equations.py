"""The equations of the model, each with its source."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["EQUATIONS", "Equation"]


class Equation(NamedTuple):
    """One formula of the model with its source."""

    name: str
    formula: str
    source: str


EQUATIONS: Final[tuple[Equation, ...]] = (
    Equation(
        "Two percentiles",
        "mu = (z5 + z95) / 2, sigma = (z95 - z5) / (2 × 1.6449)",
        "Hubbard and Seiersen 2016, How to Measure Anything in Cybersecurity Risk, ch. 3",
    ),
    Equation(
        "Three percentiles (metalog)",
        "z(u) = a1 + a2 L + a3 (u - 1/2) L, L = ln(u / (1 - u))",
        "Keelin 2016, The Metalog Distributions, Decision Analysis 13(4)",
    ),
    Equation(
        "Low, mode, high (PERT)",
        "low + (high - low) B, B ~ Beta(1 + 4 (mode - low) / (high - low), "
        "1 + 4 (high - mode) / (high - low))",
        "Vose 2008, Risk Analysis, 3rd ed., app. III; Malcolm et al. 1959, Operations Research "
        "7(5)",
    ),
    Equation(
        "Mean and cv",
        "sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2 / 2",
        "Johnson, Kotz and Balakrishnan 1994, Continuous Univariate Distributions 1, ch. 14",
    ),
    Equation(
        "Mean and cv of a share",
        "alpha = mean × k, beta = (1 - mean) × k, k = (1 - mean) / (mean cv^2) - 1",
        "Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 25",
    ),
    Equation(
        "Beta",
        "low + (high - low) B, B ~ Beta(alpha, beta)",
        "Johnson, Kotz and Balakrishnan 1995, ch. 25",
    ),
    Equation(
        "Gamma by mean and cv",
        "shape = 1 / cv^2, scale = mean × cv^2",
        "Johnson, Kotz and Balakrishnan 1994, ch. 17",
    ),
    Equation(
        "Triangular",
        "mean = (low + mode + high) / 3",
        "Johnson, Kotz and Balakrishnan 1995, ch. 26",
    ),
    Equation(
        "Generalised Pareto",
        "threshold + scale × ((1 - u)^(-shape) - 1) / shape",
        "Embrechts, Klüppelberg and Mikosch 1997, Modelling Extremal Events, section 3.4",
    ),
    Equation(
        "Weibull",
        "scale × (-ln(1 - u))^(1 / shape)",
        "Johnson, Kotz and Balakrishnan 1994, ch. 21",
    ),
    Equation(
        "Student t",
        "location + scale × T, T Student t with df degrees of freedom",
        "Johnson, Kotz and Balakrishnan 1995, ch. 28",
    ),
    Equation(
        "Shifted lognormal",
        "shift + exp(mu + sigma z)",
        "Johnson, Kotz and Balakrishnan 1994, ch. 14",
    ),
    Equation(
        "Discrete and empirical",
        "Q(u) = smallest value whose cumulative probability reaches u",
        "Hyndman and Fan 1996, Sample quantiles, The American Statistician 50(4)",
    ),
    Equation(
        "Truncated",
        "Q(F(low) + u (F(high) - F(low)))",
        "Johnson, Kotz and Balakrishnan 1994, section 0.3",
    ),
    Equation(
        "Mixture and linear pool",
        "F(x) = Σ w_i F_i(x)",
        "Stone 1961, The opinion pool, Annals of Mathematical Statistics 32(4)",
    ),
    Equation(
        "Logarithmic pool",
        "f(x) = k Π f_i(x)^w_i",
        "Genest and Zidek 1986, Combining probability distributions, Statistical Science 1(1)",
    ),
    Equation(
        "Quantile average",
        "Q(u) = scale(Σ w_i z_i(u))",
        "Lichtendahl, Grushka-Cockayne and Winkler 2013, Is it better to average probabilities or "
        "quantiles?, Management Science 59(7)",
    ),
    Equation(
        "Probability moved by a ratio",
        "p' = 1 - (1 - p)^m",
        "at least one event of a Poisson process whose rate is multiplied by m; Ross 2014, "
        "Introduction to Probability Models, 11th ed., ch. 5",
    ),
    Equation(
        "Negative binomial count",
        "variance = rate + contagion × rate^2",
        "Klugman, Panjer and Willmot 2012, Loss Models, 4th ed., section 6.3",
    ),
    Equation(
        "Occurrence once in a window",
        "P(occurred by t) = 1 - exp(-Λ(t)), Λ(t) = -ln(1 - P) × Σ w m",
        "Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure Time Data, 2nd ed., "
        "section 1.2",
    ),
    Equation(
        "Severities of one year's events",
        "z = sqrt(c) z_year + sqrt(1 - c) z_event",
        "Vasicek 2002, The distribution of loan portfolio value, Risk 15(12)",
    ),
    Equation(
        "Ratio link",
        "m(t) = (d(t) / d_base)^e / mean of the same over the frame's years and conditions",
        "definition of this model",
    ),
    Equation(
        "Latent correlation, Gaussian",
        "r = 2 sin(π ρ / 6)",
        "Kruskal 1958, Ordinal measures of association, JASA 53(284)",
    ),
    Equation(
        "Latent correlation, t",
        "r = sin(π τ / 2)",
        "Lindskog, McNeil and Schmock 2003, Kendall's tau for elliptical distributions",
    ),
    Equation(
        "Persistence",
        "x(t) = φ x(t - 1) + sqrt(1 - φ^2) e(t)",
        "Box, Jenkins and Reinsel 1994, Time Series Analysis, 3rd ed., section 3.2",
    ),
    Equation(
        "Measures",
        "left = Π (1 - share)",
        "definition of this model",
    ),
    Equation(
        "Insurance",
        "recovery = share × min(max(loss - deductible, 0), limit)",
        "Klugman, Panjer and Willmot 2012, Loss Models, 4th ed., ch. 8",
    ),
    Equation(
        "Exposure cap",
        "overlap = max(0, losses on the exposure - its value)",
        "definition of this model",
    ),
    Equation(
        "Effect on profit before tax",
        "net = margin × revenue + operating cost + min(asset value, 0)",
        "definition of this model; with write-ups where carried at fair value through profit",
    ),
    Equation(
        "Net present value",
        "NPV = Σ net(t) / (1 + r)^(t - base year)",
        "Brealey, Myers and Allen 2020, Principles of Corporate Finance, 13th ed., ch. 2",
    ),
    Equation(
        "Value at risk",
        "VaR = min{x: P(loss ≤ x) ≥ level}",
        "Acerbi and Tasche 2002, On the coherence of expected shortfall, J. Banking Finance 26",
    ),
    Equation(
        "Tail value at risk",
        "TVaR = (E[loss; loss > VaR] + VaR (1 - level - P(loss > VaR))) / (1 - level)",
        "Acerbi and Tasche 2002, as above",
    ),
    Equation(
        "Return period",
        "years = 1 / P(loss of the year > x)",
        "Jewson 2022, as worked in the documentation of aggregate, 2_x_cat",
    ),
    Equation(
        "Standard error of a mean",
        "s / sqrt(n)",
        "Cochran 1977, Sampling Techniques, 3rd ed., ch. 2",
    ),
    Equation(
        "Standard error of a share",
        "sqrt(p (1 - p) / n + 1 / (4 n^2)) / (1 + 1 / n)",
        "Wilson 1927, JASA 22, at one standard error: above 0 even if no draw or every draw counts",
    ),
    Equation(
        "Standard error of a quantile",
        "half of Q(p + sqrt(p (1 - p) / n)) - Q(p - sqrt(p (1 - p) / n))",
        "David and Nagaraja 2003, Order Statistics, 3rd ed., section 7.1",
    ),
    Equation(
        "Standard error of TVaR",
        "sqrt((V + level (TVaR - VaR)^2) / (n (1 - level)))",
        "Manistre and Hancock 2005, Variance of the CTE estimator, NAAJ 9(2)",
    ),
    Equation(
        "Mean effect in a material year",
        "R = Σ S_i / Σ M_i, error sqrt(n / (n - 1) Σ (S_i - R M_i)^2) / Σ M_i",
        "Cochran 1977, Sampling Techniques, 3rd ed., sections 2.11 and 9A.3",
    ),
    Equation(
        "Own carbon cost",
        "cost = price × emissions × coverage × (1 - pass-through)",
        "trisk.model, calc_net_profits; case T1",
    ),
    Equation(
        "Projected activity",
        "activity(t) = base × (1 + g)^(t - base year) × drivers(t) × variation(t) × Π (1 - share)",
        "definition of this model",
    ),
    Equation(
        "Cut for a probability",
        "cut = 1 - limit / Q(p)",
        "definition of this model",
    ),
    Equation(
        "Part of the tail",
        "share of an item = E[its loss, total in the tail] / TVaR",
        "Tasche 1999, Risk contributions and performance measurement",
    ),
    Equation(
        "Random numbers",
        "u = (52 bits of Philox4x32-10(draw, stream, year and event; seed) + 1/2) / 2^52",
        "Salmon, Moraes, Dror and Shaw 2011, Parallel random numbers: as easy as 1, 2, 3",
    ),
)
