"""What all charts of a study say alike: titles, units and captions in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import xarray as xr

from climrisk.charts.caption import Caption, printable
from climrisk.domain.advice import unverified_inputs
from climrisk.domain.study import Study
from climrisk.i18n import money, money_range, money_unit, translate
from climrisk.i18n.catalogue import catalogue, known_word
from climrisk.names import BASE_YEAR_SCENARIO, Language

__all__ = ["StudyLabels", "study_labels"]


@dataclass(frozen=True)
class StudyLabels:
    """Titles, units and captions of a study's charts, in one language.

    Attributes
    ----------
    language : {"en", "zh-Hant", "zh-Hans"}
    currency : str
        ISO 4217 code of every amount.
    price_year : int
        Year whose prices the amounts are in.
    scenarios, items, measures, exposures : mapping of id to str
        Titles; revenue lines stand among the exposures.
    years : mapping of horizon to tuple of int
        First and last year.
    appetite, material_effect : float
        Loss in a year that the company will bear; effect from which a year is material [million].
    draws, seed : int
        Of the run.
    notice : str or None
        Printed with every picture.
    remarks : tuple of str
        Further marks that the figures carry, such as unverified inputs.
    drivers : mapping of path to str
        Id of the driver of each link, by the link's path, such as `register.R-1.links.1`.
    """

    language: Language
    currency: str
    price_year: int
    scenarios: Mapping[str, str]
    items: Mapping[str, str]
    measures: Mapping[str, str]
    exposures: Mapping[str, str]
    years: Mapping[str, tuple[int, int]]
    appetite: float
    material_effect: float
    draws: int
    seed: int
    notice: str | None = None
    remarks: tuple[str, ...] = ()
    drivers: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the catalogue."""
        return translate(key, self.language, **values)

    def word(self, group: str, name: str) -> str:
        """Return the word of a name of climrisk, or the study's own name where there is none."""
        known = catalogue(self.language).get(f"{group}.{name}")
        return printable(name) if known is None else known

    def money(self, amount: float) -> str:
        """Return an amount [million] with currency and scale."""
        return money(amount, self.currency, self.language)

    def money_range(self, low: float, high: float) -> str:
        """Return a range [million] with currency and scale."""
        return money_range(low, high, self.currency, self.language)

    @property
    def unit(self) -> str:
        """Currency and scale of amounts."""
        return money_unit(self.currency, self.language)

    @property
    def unit_a_year(self) -> str:
        """Unit of amounts a year."""
        return self.say("chart.unit_a_year", unit=self.unit)

    def scenario(self, name: str) -> str:
        """Return the title of a scenario."""
        if name == BASE_YEAR_SCENARIO:
            return self.word("scenario", name)
        return printable(self.scenarios.get(name, name))

    def horizon(self, name: str) -> str:
        """Return the name of a horizon with its years."""
        years = self.span(name)
        return self.say("chart.horizon", horizon=self.word("horizon", name), years=years)

    def span(self, name: str) -> str:
        """Return the first and the last year of a horizon: `2027–2030`."""
        first, last = self.years[name]
        return str(first) if first == last else f"{first}–{last}"

    def item(self, name: str) -> str:
        """Return id and title of an item."""
        return f"{printable(name)} {printable(self.items.get(name, ''))}".rstrip()

    def measure(self, name: str) -> str:
        """Return id and title of a measure."""
        return f"{printable(name)} {printable(self.measures.get(name, ''))}".rstrip()

    def exposure(self, name: str) -> str:
        """Return the title of an exposure or a revenue line."""
        return printable(self.exposures.get(name, name))

    def subject(self, name: str) -> str:
        """Return the words of a subject: an item, a category or a total."""
        if name in self.items:
            return self.item(name)
        group = "category" if f"category.{name}" in catalogue(self.language) else "subject"
        return self.word(group, name)

    def subtitle(self, *parts: str, unit: str | None = None) -> str:
        """Return the parts and the unit, real, at the prices of the price year."""
        priced = self.say("chart.real", unit=unit or self.unit, price_year=self.price_year)
        return " · ".join(filter(None, (*parts, priced)))

    def notes(self, *notes: str) -> tuple[str, ...]:
        """Return notes, the study's remarks and how it was run."""
        run = self.say("chart.run", draws=f"{self.draws:,}", seed=self.seed)
        return (*filter(None, notes), *map(printable, self.remarks), run)

    def caption(self, scenario: str, horizon: str) -> Caption:
        """Return the caption of a matrix."""
        return Caption(
            scenario=self.scenario(scenario),
            horizon=self.word("horizon", horizon),
            years=self.years[horizon],
            currency=self.currency,
            price_year=self.price_year,
            material_effect=self.material_effect,
            draws=self.draws,
            seed=self.seed,
            notice=self.notice,
            remarks=self.remarks,
            language=self.language,
        )


def study_labels(study: Study, results: xr.Dataset, language: Language = "en") -> StudyLabels:
    """Return the labels of a study's run.

    Parameters
    ----------
    study : Study
    results : Dataset
        As `analyse` returns it.
    language : {"en", "zh-Hant", "zh-Hans"}, default "en"
        Language of all texts; a title without a translation stands in the language it has.
    """
    settings = study.settings
    return StudyLabels(
        language=language,
        currency=settings.money.currency,
        price_year=settings.money.price_year,
        scenarios={name: one.title.best(language) for name, one in study.scenarios.items()},
        items={name: item.title.best(language) for name, item in study.items.items()},
        measures={name: one.title.best(language) for name, one in study.measures.items()},
        exposures={
            name: one.title.best(language)
            for name, one in (settings.exposures | settings.revenue_lines).items()
        },
        years={name: one.years for name, one in settings.horizons.items()},
        appetite=settings.appetite.value,
        material_effect=settings.material_effect.value,
        draws=int(results.attrs["draws"]),
        seed=int(results.attrs["seed"]),
        notice=None if settings.notice is None else printable(settings.notice.best(language)),
        remarks=_remarks(study, results, language),
        drivers={
            f"register.{name}.links.{number}": link.driver
            for name, item in study.items.items()
            for number, link in enumerate(item.links, start=1)
        },
    )


def _remarks(study: Study, results: xr.Dataset, language: Language) -> tuple[str, ...]:
    unchecked = unverified_inputs(study, tuple(results["scenario"].to_numpy().tolist()))
    named = translate("chart.separator", language).join(
        known_word("unverified_input", line.split(":")[0], language) for line in unchecked
    )
    return (translate("chart.unverified", language, inputs=named),) if unchecked else ()
