"""Yearly totals against distributions added up by fast Fourier transform, without any draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

import climrisk
from climrisk.domain.occurrence import Annual, Once
from climrisk.engine.drivers import Picks
from climrisk.engine.fused_block import simulate_world
from climrisk.engine.kernels import simulated_block
from climrisk.engine.occurrences import EventSeverities, happening, held, intensity
from climrisk.engine.plan import Plan, make_plan
from climrisk.engine.planned import PlannedItem, net_part
from climrisk.engine.program import program
from climrisk.engine.severity import struck
from climrisk.engine.worlds import Worlds, climate, worlds
from climrisk.names import CURRENT
from tests.studies import annual_risk, make_settings, make_study, poisson

Floats = NDArray[np.float64]
SEED, POINTS = 5, 1 << 16
PROBABILITIES = np.array([0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
SIGMAS = 4.0
"""Standard errors that a share may be off: some 6e-5 of all comparisons would be by chance."""


def masses(values: Floats, weights: Floats, step: float) -> Floats:
    """Return the characteristic function of values on a circular grid, each shared by its two
    neighbours so that its mean is kept.
    """
    low = np.floor(values / step)
    part = values / step - low
    grid = np.zeros(POINTS)
    np.add.at(grid, low.astype(int) % POINTS, weights * (1.0 - part))
    np.add.at(grid, (low.astype(int) + 1) % POINTS, weights * part)
    return np.asarray(np.fft.fft(grid))


def assert_distributed(found: Floats, transform: Floats, step: float, reach: int) -> None:
    """Compare a sample with a distribution on a grid, which blurs it by `reach` steps at most."""
    mass = np.fft.fftshift(np.real(np.fft.ifft(transform)))
    places = (np.arange(POINTS) - POINTS // 2) * step
    chance = np.cumsum(mass)
    at = np.minimum(np.searchsorted(chance, PROBABILITIES), POINTS - 1 - reach)
    share = (found[:, None] <= places[at]).mean(axis=0)
    error = np.sqrt(chance[at] * (1.0 - chance[at]) / found.size)
    below, above = chance[at - reach], chance[at + reach]
    assert (share >= below - SIGMAS * error - 1e-9).all(), (share, below)
    assert (share <= above + SIGMAS * error + 1e-9).all(), (share, above)
    exact = float(mass @ places)
    spread = float(np.sqrt(mass @ (places - exact) ** 2))
    assert abs(found.mean() - exact) <= SIGMAS * spread / np.sqrt(found.size) + 1e-6 * spread
    assert spread > 100.0 * step, "the grid is fine enough to see the distribution"


def test_a_year_of_compound_poisson_lognormal_risks_is_their_convolution() -> None:
    """Independent risks of some 11 events a year; each year is one draw of the same total."""
    rates, sigma, step = 0.05 * 1.4 ** np.arange(10), 0.8, 1.0 / 64.0
    severity = {"family": "lognormal", "mu": 0.0, "sigma": sigma}
    items = {
        f"R-{n}": annual_risk(poisson(float(rate)), severity, severity="per_event")
        for n, rate in enumerate(rates)
    }
    plan = make_plan(make_study(items, make_settings(2)))
    blocks = [one for one in simulated_block(plan, SEED, range(20_000)) if one.scenario == "flat"]
    edges = (np.arange(POINTS // 2 + 1) - 0.5) * step
    weight = np.diff(stats.lognorm.cdf(edges, sigma))
    single = masses(-step * np.arange(POINTS // 2), weight, step)
    transform = np.exp(rates.sum() * (single - 1.0))
    for year in range(2):
        found = np.concatenate([one.effects.amounts[:, -1, year].sum(axis=0) for one in blocks])
        assert_distributed(found, transform, step, reach=2)


# ------------------------------------------------------------------ LX, given what a draw believes


def repeated(plan: Plan, world: Worlds, draw: int, times: int) -> Worlds:
    """Return worlds of `times` draws that all believe what one does; chance alone differs."""
    own = world.climate.picks
    picks = Picks(np.repeat(own.model[draw], times), np.repeat(own.score[draw], times))
    known = {key: np.repeat(one[draw], times) for key, one in world.knowledge.items()}
    sizes = {key: np.repeat(one[:, draw, None], times, 1) for key, one in world.sizes.items()}
    fresh = worlds(plan, SEED + 1, range(times))
    return replace(fresh, climate=climate(plan, picks), knowledge=known, sizes=sizes)


def net_of(plan: Plan, item: PlannedItem, world: Worlds, happened: Floats, name: str) -> Floats:
    """Return net of given occurrences, of which no two are in the same year by event, (year, n)."""
    belief = held(item, world)
    if item.per_event:
        place = np.flatnonzero(happened.ravel())
        quantile = np.tile((np.arange(happened.shape[1]) + 0.5) / happened.shape[1], len(happened))
        own = {one.name: one.severity.ppf(quantile[place]) for one in item.impacts}
        belief = replace(belief, events=EventSeverities(place, np.zeros_like(place), own))
    found = struck(plan, item, belief, world, happened, name, CURRENT)
    parts = zip(item.impacts, found.effects, strict=True)
    return np.asarray(sum(net_part(one, effect) for one, effect in parts))


def item_transform(
    plan: Plan, item: PlannedItem, world: Worlds, name: str, year: int, step: float
) -> Floats:
    """Return the characteristic function of an item's net in a year, given one draw's beliefs."""
    several = len(world.draws)
    belief, years = held(item, world), len(plan.years)
    likely = intensity(plan, item, belief, world, name, CURRENT)
    law, rate = item.occurrence, float(likely[year, 0])
    counts = np.broadcast_to(np.arange(several, dtype=np.float64), (years, several))
    if isinstance(law, Annual) and item.per_event:
        assert law.law == "poisson"
        assert law.contagion is None
        net = net_of(plan, item, world, np.ones((years, several)), name)[year]
        single = masses(net, np.full(several, 1.0 / several), step)
        return np.asarray(np.exp(rate * (single - 1.0)))
    if isinstance(law, Annual):
        weights = stats.poisson.pmf(counts[0], rate)
        if law.law == "bernoulli":
            weights = stats.bernoulli.pmf(counts[0], rate)
        elif law.contagion is not None:
            size = 1.0 / law.contagion
            weights = stats.nbinom.pmf(counts[0], size, size / (size + rate))
        return masses(net_of(plan, item, world, counts, name)[year], weights, step)
    if isinstance(law, Once):
        belief = replace(belief, latent=(np.arange(several) + 0.5) / several)
    happened = happening(plan, item, belief, likely)
    net = net_of(plan, item, world, np.asarray(happened), name)[year]
    return masses(net, np.full(several, 1.0 / several), step)


@pytest.mark.parametrize("draw", [0, 3])
def test_lx_years_given_picks_and_knowledge_are_the_convolution_of_their_items(draw: int) -> None:
    study = climrisk.read_study("lx-technology-2023")
    study = study.model_copy(update={"dependence": type(study.dependence)()})
    plan = replace(make_plan(study, ("high_warming",)), measures=())
    assert not plan.occurrence_ties
    assert not plan.severity_ties
    world = worlds(plan, SEED, range(8))
    found = simulate_world(plan, repeated(plan, world, draw, 20_000), SEED + 1)
    runs = program(plan).runs
    rows = runs.row[runs.place["high_warming", CURRENT]][: len(plan.items), -1]
    beliefs = repeated(plan, world, draw, 2048)
    for year in (0, len(plan.years) // 2, len(plan.years) - 1):
        sample = found.rows[rows, year].sum(axis=0)
        step = 2.0 ** np.ceil(np.log2(np.abs(sample).max() / POINTS * 6))
        transform = np.ones(POINTS, dtype=complex)
        for item in plan.items:
            transform = transform * item_transform(
                plan, item, beliefs, "high_warming", year, float(step)
            )
        assert_distributed(sample, transform, float(step), reach=len(plan.items))
