"""The pathway of a target in lines: its figures, its budget, and by how much it is passed."""

from __future__ import annotations

import math

from climrisk.domain.measured import top_and_bottom
from climrisk.domain.study import Study
from climrisk.domain.units import EMISSIONS
from climrisk.ghg.account import Account, account
from climrisk.ghg.budget import cumulative, overshoot
from climrisk.ghg.target_path import TargetPath, target_path
from climrisk.ghg.targets import ResolvedTarget
from climrisk.i18n.numerals import fixed, significant

__all__ = ["path_lines"]


def path_lines(study: Study, one: ResolvedTarget, latest: Account) -> list[str]:
    """Return what there is to say of a target's pathway; nothing without one.

    Parameters
    ----------
    study : Study
    one : ResolvedTarget
    latest : Account
        Account of the last year whose figures count.
    """
    path, pathway = target_path(one, study.pathways.get(one.id)), one.target.pathway
    if path is None or pathway is None:
        return []
    pairs = zip(path.years, path.values.tolist(), strict=True)
    points = ", ".join(f"{year}: {significant(v, 4)}" for year, v in pairs if math.isfinite(v))
    form = pathway.form.replace("_", " ")
    source = f"; {pathway.source}" if pathway.source else ""
    return [
        f"{one.id}: pathway, {form} ({one.unit}{source}): {points or 'none'}",
        *_budget(study, one, path, latest),
        *(f"warning: {words}" for words in path.warnings),
    ]


def _budget(study: Study, one: ResolvedTarget, path: TargetPath, latest: Account) -> list[str]:
    above, below = top_and_bottom(one.unit)
    values = path.values.tolist()
    is_absolute = below is None and above.dimension == EMISSIONS
    if not is_absolute or not all(map(math.isfinite, values)) or one.target.pathway is None:
        return []
    rule = one.target.pathway.budget
    budget = cumulative(path.years, values, rule)
    years = f"{path.years[0]} to {path.years[-1]}, {rule}"
    words = f"{one.id}: budget of the pathway, {years}: {fixed(budget, 2)} {one.unit}"
    figures = _figures(study, one, path.years, latest.year)
    if len(figures) < 2:
        return [words]
    seen = path.years[: len(figures)]
    over = overshoot(seen, figures, values[: len(figures)], rule)
    side = "over" if over > 0 else "under"
    return [f"{words}; {fixed(abs(over), 2)} {side} it by {seen[-1]}"]


def _figures(study: Study, one: ResolvedTarget, years: tuple[int, ...], last: int) -> list[float]:
    """Return the figures from the base year on, up to the first gap."""
    found: list[float] = []
    for year in years:
        value = account(study, year).measure(one.target, one.unit).value if year <= last else None
        if value is None:
            break
        found.append(value)
    return found
