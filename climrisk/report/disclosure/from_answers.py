"""What the company states in `disclosure.yaml`; blank is not none."""

from __future__ import annotations

from climrisk.domain.disclosure import stated_answers
from climrisk.domain.disclosure_answers import (
    CapitalDeployed,
    Exposed,
    FinancialEffects,
    Statement,
)
from climrisk.domain.disclosure_checks import DISCLOSURE_FILE
from climrisk.report.disclosure.answer_words import figures_in_words
from climrisk.report.disclosure.evidence import (
    Evidence,
    Found,
    Remark,
    State,
    Term,
    lack,
    none_stated,
    part,
)

__all__ = ["find_answer", "find_statement"]


def find_answer(evidence: Evidence, need: str) -> Found:
    """Look for the answer to one field, such as `metrics.pay_link`."""
    given = dict(stated_answers(evidence.stated)) if evidence.stated is not None else {}
    answer = given.get(need)
    if answer is not None:
        return _judged(answer, need, evidence)
    own_price = evidence.study.settings.internal_carbon_price
    if need == "metrics.internal_carbon_price" and own_price is not None:
        return part("study.json", key="price_without_use")
    if need == "metrics.capital_deployed" and evidence.study.measures:
        return lack("planned_not_deployed")
    return lack("blank", need=Term(f"disclosure.need.{need}"))


def find_statement(evidence: Evidence, row: str) -> Found:
    """Look for the answer under a row's own id."""
    answer = evidence.stated.statements.get(row) if evidence.stated is not None else None
    return lack("no_statement") if answer is None else _judged(answer, "statement", evidence)


def _judged(answer: Statement, need: str, evidence: Evidence) -> Found:
    if answer.none:
        return none_stated(need, DISCLOSURE_FILE, answer.source)
    missing = [
        *([] if answer.missing is None else [Remark("missing", (("text", answer.missing),))]),
        *(Remark(key) for key in _without_figures(answer)),
    ]
    figures = figures_in_words(answer, evidence.study.settings.money.currency)
    told = [] if figures is None else [Remark("stated", (("text", figures),))]
    outputs = (DISCLOSURE_FILE, *(("study.json",) if answer.inventory else ()))
    state: State = "part" if missing else "have"
    return Found(state, (*missing, *told), outputs, answer.source, answer.text)


def _without_figures(answer: Statement) -> list[str]:
    """Return what an answer in words lacks where a number is asked for."""
    if isinstance(answer, Exposed):
        keys = {"amount": "no_amount", "share": "no_share"}
        return [key for name, key in keys.items() if getattr(answer, name) is None]
    if isinstance(answer, FinancialEffects):
        return [] if answer.amounts else ["no_amount"]
    if isinstance(answer, CapitalDeployed):
        return ["no_amount"] if answer.amount is None else []
    return []
