"""What a reader must be told about the emissions of a study."""

from __future__ import annotations

from collections.abc import Iterator

from climrisk.domain.factors import Factor, FactorSet, ordered_sets
from climrisk.domain.inventory import COMBINED
from climrisk.domain.study import Study

__all__ = ["emission_advice"]


def emission_advice(study: Study) -> list[str]:
    """Return warnings on totals without a split and on factors that nobody has checked.

    Parameters
    ----------
    study : Study
    """
    return [*_combined(study), *_unchecked(study)]


def _combined(study: Study) -> Iterator[str]:
    names = dict.fromkeys(row.source_id for row in study.inventory if row.scope == COMBINED)
    if names:
        yield (
            f"{', '.join(names)}: scopes 1 and 2 as one total, without a split; "
            "never added to its parts"
        )


def _unchecked(study: Study) -> Iterator[str]:
    sets = ordered_sets(study.settings.emissions.factors, study.factor_sets)
    kinds = dict.fromkeys(row.kind for row in study.inventory if row.scope in ("1", "2", "3"))
    found: dict[str, list[str]] = {}
    for kind in kinds:
        one = next((each for each in sets if kind in {*each.factors, *each.regional}), None)
        if one is not None and any(_is_unchecked(one, each) for each in _of(one, kind)):
            found.setdefault(one.id, []).append(kind)
    for name, unchecked in found.items():
        yield f"emission factors of {name}: {', '.join(unchecked)} not verified against the source"


def _of(one: FactorSet, kind: str) -> tuple[Factor, ...]:
    if kind in one.factors:
        return (one.factors[kind],)
    return tuple(one.regional[kind].values())


def _is_unchecked(one: FactorSet, factor: Factor) -> bool:
    verified = factor.verified if factor.verified is not None else one.verified
    return verified is False
