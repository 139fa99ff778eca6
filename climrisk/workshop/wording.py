"""The words of a question and of the notice, in three languages: the frame is always part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from climrisk.domain.elicitation.question import Question
from climrisk.i18n.catalogue import known_word, translate
from climrisk.i18n.dates import written_day
from climrisk.i18n.money import money_unit
from climrisk.names import BASE_YEAR_SCENARIO, Language
from climrisk.workshop.plan import LEAST_ANSWERS, SessionPlan

__all__ = ["QuestionWords", "notice", "question_words"]


@dataclass(frozen=True)
class QuestionWords:
    """A question as people read it; texts of the study are as typed, to be escaped where shown.

    Parameters
    ----------
    title : str
        Title of the item.
    frame : tuple of str
        Period, conditions, controls, what the plan contains, and what is known.
    likelihood, severity : str
        The two questions.
    fields : mapping of str to str
        Label of each field of the answer, in the order of asking.
    """

    title: str
    frame: tuple[str, ...]
    likelihood: str
    severity: str
    fields: Mapping[str, str]


def question_words(
    question: Question,
    plan: SessionPlan,
    language: Language,
    wholes: Mapping[str, str] | None = None,
) -> QuestionWords:
    """Return a question in words.

    Parameters
    ----------
    question : Question
        What is asked.
    plan : SessionPlan
        Its session, for money and interval.
    language : {"en", "zh-Hant", "zh-Hans"}
    wholes : mapping of str to str or None
        Titles of exposures and revenue lines by id; the id itself stands where one is missing.
    """
    odds = translate(f"workshop.question.{plan.interval}", language)
    fields = {
        name: translate(f"workshop.question.{name}", language, odds=odds)
        for name in ("low", "high", "best", "sure", *_LIKELIHOOD, "reason", "no_view")
        if question.likelihood is not None or name not in _LIKELIHOOD
    }
    return QuestionWords(
        title=question.title.best(language),
        frame=_frame(question, language),
        likelihood=_likelihood(question, language),
        severity=_severity(question, plan, language, wholes or {}),
        fields=fields,
    )


_LIKELIHOOD = ("likelihood_low", "likelihood_high", "likelihood")


def notice(plan: SessionPlan, retain_until: date, language: Language) -> tuple[str, ...]:
    """Return what people are told before they join: purpose, holder, retention and rights.

    Parameters
    ----------
    plan : SessionPlan
    retain_until : date
        Last day of the key of names.
    language : {"en", "zh-Hant", "zh-Hans"}
    """
    values = {
        "purpose": plan.purpose,
        "holder": plan.holder,
        "contact": plan.contact,
        "least": LEAST_ANSWERS,
        "date": written_day(retain_until, language),
    }
    keys = ("purpose", "holder", "contact", "kept", "shown", "voluntary", "retention", "rights")
    told = [key for key in (*keys, "transfer") if key != "contact" or plan.contact]
    return tuple(translate(f"workshop.notice.{key}", language, **values) for key in told)


def _frame(question: Question, language: Language) -> tuple[str, ...]:
    frame = question.frame
    first, last = frame.period
    conditions = "base_year" if frame.conditions == BASE_YEAR_SCENARIO else "scenario"
    keys = ["year" if first == last else "years", conditions, frame.given, "plan"]
    if question.base_rate:
        keys.append("known")
    values = {
        "first": first,
        "last": last,
        "scenario": _scenario(frame.conditions, language),
        "contains": known_word("contains", frame.plan_contains, language),
        "base_rate": question.base_rate,
    }
    return tuple(translate(f"workshop.frame.{key}", language, **values) for key in keys)


def _scenario(name: str, language: Language) -> str:
    return known_word("scenario", name, language)


def _likelihood(question: Question, language: Language) -> str:
    key: str = question.likelihood or "ongoing"
    if key == "probability":
        key = "probability_window" if question.occurrence["type"] == "once" else "probability_year"
    last = question.frame.period[1]
    return translate(f"workshop.question.{key}", language, last=last)


def _severity(
    question: Question, plan: SessionPlan, language: Language, wholes: Mapping[str, str]
) -> str:
    whole = question.exposure or question.revenue_line or ""
    key = question.measure + ("" if question.likelihood is not None else "_ongoing")
    return translate(
        f"workshop.question.{key}",
        language,
        line=known_word("line", question.line, language),
        whole=wholes.get(whole, whole),
        unit=money_unit(plan.currency, language),
        price_year=plan.price_year,
    )
