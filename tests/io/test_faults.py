from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from climrisk.domain.base import Declaration, Figure, Identifier, Number, Year
from climrisk.domain.text import LocalText
from climrisk.io.faults import faults_from_validation
from climrisk.io.yaml_tree import read_yaml


def increasing(value: Any) -> Any:
    if isinstance(value, dict) and value["p5"] > value["p95"]:
        message = "p95 {p95} is below p5 {p5}: percentiles must increase"
        raise PydanticCustomError("quantity", message, value)
    return value


class Annual(Declaration):
    type: Literal["annual"]
    probability: Annotated[Number, Field(ge=0, le=1)]
    """Chance of at least one event. In any one year."""


class Once(Declaration):
    type: Literal["once"]
    by: Year


class Link(Declaration):
    driver: Identifier
    form: Literal["ratio", "difference", "level"] = "ratio"


class Item(Declaration):
    kind: Literal["risk", "opportunity"]
    """`risk` or `opportunity`."""
    title: LocalText | None = None
    occurrence: Annotated[Annual | Once, Field(discriminator="type")] | None = None
    links: tuple[Link, ...] = ()
    size: Number | Figure | None = None
    share: Annotated[Any, BeforeValidator(increasing)] = None
    planned: bool = False
    pair: tuple[Year, Year] | None = None
    span: Annotated[tuple[Year, ...], Field(min_length=2)] | None = None
    owner: str | None = None

    @field_validator("owner")
    @classmethod
    def _named(cls, value: str | None) -> str | None:
        if value == "":
            raise ValueError("empty owner\u202e; allowed: a department")
        return value


class Register(Declaration):
    edition: Literal[1] = Field(alias="schema")
    items: dict[Identifier, Item] = Field(default_factory=dict)
    paths: dict[int, Number] = Field(default_factory=dict)


def faults_of(text: str) -> list[str]:
    tree = read_yaml(text, "register.yaml")
    assert tree.faults == ()
    with pytest.raises(ValidationError) as caught:
        Register.model_validate(tree.data)
    return [str(fault) for fault in faults_from_validation(caught.value, tree, (), Register)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("knd: risk", "knd: unknown key 'knd'; did you mean 'kind'? allowed: kind, title, "),
        ("4: x", "4: unknown key '4'; allowed: kind, title"),
        ("title: {zh-hant: x}", "title.zh-hant: unknown key 'zh-hant'; did you mean 'zh-Hant'?"),
        ("title: {en: 5}", "title.en: found number 5; allowed: text, in quotes"),
        ("title: {en: [x]}", "title.en: found a list; allowed: text"),
        ("links: [{driver: d, form: o'k}]", 'links[1].form: found text "o\'k"; allowed: ratio'),
        ("title: {}", "title: empty text; allowed: a string, or a map of en, zh-Hant, zh-Hans"),
        ("title: [x]", "title: found a list; allowed: text, or a map of en, zh-Hant, zh-Hans"),
        ("occurrence: {type: anual}", "occurrence.type: found text 'anual'; did you mean 'annual'"),
        ("occurrence: {by: 2030}", "occurrence.type: missing; allowed: annual, once"),
        ("occurrence: 5", "occurrence: found number 5; allowed: a mapping of keys to values"),
        (
            "occurrence: {type: annual}",
            "occurrence.probability: missing; needed: Chance of at least one event",
        ),
        (
            "occurrence: {type: annual, probability: 1.2}",
            "occurrence.probability: found number 1.2; allowed: a number of at most 1",
        ),
        (
            "occurrence: {type: annual, probability: -0.1}",
            "occurrence.probability: found number -0.1; allowed: a number of at least 0",
        ),
        (
            "occurrence: {type: annual, probability: .nan}",
            "occurrence.probability: found number nan; allowed: a finite number",
        ),
        (
            "occurrence: {type: annual, probability: '0.5'}",
            "occurrence.probability: found text '0.5'; allowed: a number, without quotes",
        ),
        (
            "occurrence: {type: annual, probability: true}",
            "occurrence.probability: found true; allowed: a number",
        ),
        (
            "occurrence: {type: annual, probability: }",
            "occurrence.probability: found nothing; allowed: a number",
        ),
        (
            "occurrence: {type: once, by: 2030, once: 1}",
            "occurrence.once: unknown key 'once'; allowed: type, by",
        ),
        ("occurrence: {type: once, by: 2030.5}", "occurrence.by: found number 2030.5; allowed: a"),
        (
            "occurrence: {type: once, by: 20300}",
            "occurrence.by: found number 20300; allowed: a num",
        ),
        (
            "links: [{driver: d}, {driver: d, from: x}]",
            "links[2].from: unknown key 'from'; did you",
        ),
        ("links: [{driver: d, form: ratios}]", "links[1].form: found text 'ratios'; did you mean"),
        (
            "links: [{driver: 1d}]",
            "links[1].driver: found text '1d'; allowed: an id: a letter, then",
        ),
        ("links: {driver: d}", "links: found a mapping; allowed: a list"),
        ("links: [~]", "links[1]: found nothing; allowed: a mapping of keys to values"),
        (
            "size: abc",
            "size: found text 'abc'; allowed: a number or a mapping of keys to values (",
        ),
        ("size: {valu: 3, value: 1}", "size.valu: unknown key 'valu'; did you mean 'value'?"),
        (
            "link: {driver: d}",
            "link: unknown key 'link'; did you mean 'links'? allowed: kind, title, occurrence",
        ),
        ("pair: [2030]", "pair[2]: missing; needed: one more entry"),
        ("share: {p5: 3, p95: 1}", "share.p95: p95 1 is below p5 3: percentiles must increase"),
        ("planned: perhaps", "planned: found text 'perhaps'; allowed: true or false"),
        ("span: [2030]", "span: found a list; allowed: 2 or more entries"),
        ("owner: ''", "owner: empty owner\\u202e; allowed: a department"),
    ],
)
def test_each_refusal_names_line_field_found_and_allowed(line: str, fault: str) -> None:
    found = faults_of(f"schema: 1\nitems:\n  R-1:\n    kind: risk\n    {line}\n")
    assert len(found) == 1
    assert found[0].startswith(f"register.yaml:5: items.R-1.{fault}")


def test_text_like_truth_is_asked_for_without_quotes() -> None:
    class Strict(Declaration):
        planned: Annotated[bool, Field(strict=True)]

    tree = read_yaml("planned: 'true'\n", "study.yaml")
    with pytest.raises(ValidationError) as caught:
        Strict.model_validate(tree.data)
    (fault,) = faults_from_validation(caught.value, tree, (), Strict)
    assert str(fault) == (
        "study.yaml:1: planned: found text 'true'; allowed: true or false, without quotes"
    )


def test_every_fault_of_a_file_is_reported_in_the_order_of_lines() -> None:
    found = faults_of("""\
schema: 2
items:
  R-1:
    kind: rsk
    tite: x
  1-bad:
    kind: risk
  R-3:
    title: x
  R-4:
paths: {2030: x, 2040: 1}
""")
    assert [fault.split(": ")[0] for fault in found] == [
        f"register.yaml:{line}" for line in (1, 4, 5, 6, 8, 10, 11)
    ]
    assert "items.1-bad: found text '1-bad'; allowed: an id" in found[3]
    assert "items.R-3.kind: missing; allowed: risk, opportunity" in found[4]
    assert "paths.2030: found text 'x'; allowed: a number" in found[6]


def test_an_empty_file_and_a_list_are_no_register() -> None:
    assert faults_of("") == ["register.yaml:1: found nothing; allowed: a mapping of keys to values"]
    assert faults_of("- a\n") == [
        "register.yaml:1: found a list; allowed: a mapping of keys to values"
    ]


def test_a_key_refused_while_reading_is_not_reported_twice() -> None:
    tree = read_yaml("schema: 1\nitems: {R-1: {kind: *x, planned: 7}}\n", "register.yaml")
    with pytest.raises(ValidationError) as caught:
        Register.model_validate(tree.data)
    found = faults_from_validation(caught.value, tree, (), Register)
    assert [fault.field for fault in found] == ["items.R-1.planned"]
    assert [fault.field for fault in tree.faults] == ["items.R-1.kind"]


def test_part_of_a_file_is_placed_by_its_prefix() -> None:
    tree = read_yaml("schema: 1\nitems:\n  R-1:\n    kind: x\n", "register.yaml")
    prefix = ("items", "R-1")
    with pytest.raises(ValidationError) as caught:
        Item.model_validate(tree.node(prefix))
    (fault,) = faults_from_validation(caught.value, tree, prefix, Item)
    assert (fault.line, fault.field) == (4, "items.R-1.kind")


def test_any_annotation_may_be_validated() -> None:
    declared = dict[Identifier, list[Link]]
    tree = read_yaml("a: [{driver: d, frm: x}]\n", "links.yaml")
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(declared).validate_python(tree.data)
    (fault,) = faults_from_validation(caught.value, tree, (), declared)
    assert str(fault).startswith("links.yaml:1: a[1].frm: unknown key 'frm'; did you mean 'form'?")


def test_long_and_reordering_values_are_cut_and_escaped() -> None:
    tree = read_yaml(f"schema: 1\nitems: {{R-1: {{kind: '{'x' * 5000}'}}}}\n", "register.yaml")
    with pytest.raises(ValidationError) as caught:
        Register.model_validate(tree.data)
    (fault,) = faults_from_validation(caught.value, tree, (), Register)
    assert fault.found == f"found text '{'x' * 119}…'"


def test_pydantic_s_words_never_show() -> None:
    found = "\n".join(
        faults_of("schema: x\nitems: {R-1: {kind: 1, links: 3, size: [], planned: x, span: 1}}\n")
    )
    for jargon in ("Input should", "valid ", "dictionary", "pydantic", "str_type", "function-"):
        assert jargon not in found


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    (found,) = faults_of("schema: 1\nitems: {R-1: {knd: risk}}\n")
    assert found.startswith("register.yaml:2: items.R-1.knd: unknown key 'knd'; did you mean")


def test_a_refused_entry_does_not_make_its_list_too_short() -> None:
    found = faults_of("schema: 1\nitems: {R-1: {kind: risk, span: [2030, x]}}\n")
    assert found == ["register.yaml:2: items.R-1.span[2]: found text 'x'; allowed: a whole number"]


def test_a_model_s_own_message_is_placed_at_the_key_that_it_names_first() -> None:
    class Years(Declaration):
        first: Year
        last: Year

        @model_validator(mode="after")
        def _in_order(self) -> Years:
            if self.last < self.first:
                raise ValueError("last year before the first, allowed a later one")
            return self

    tree = read_yaml("first: 2030\nlast: 2020\n", "study.yaml")
    with pytest.raises(ValidationError) as caught:
        Years.model_validate(tree.data)
    (fault,) = faults_from_validation(caught.value, tree, (), Years)
    assert str(fault) == ("study.yaml:2: last: last year before the first; allowed: a later one")
