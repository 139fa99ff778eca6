from __future__ import annotations

import json
import math
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from climrisk.io import yaml_tree
from climrisk.io.yaml_tree import MAX_DEPTH, MAX_FAULTS, read_yaml

ITEM = """\
  R-{number}:
    kind: risk
    category: acute
    title: {{en: Rainstorm at warehouses, zh-Hant: 倉庫暴雨, zh-Hans: 仓库暴雨}}
    frame: {{period: [2024, 2026], conditions: base_year, given: existing_controls}}
    occurrence: {{type: annual, law: poisson, rate: {{p5: 0.1, p50: 0.3, p95: 0.8}}}}
    links:
      - {{driver: heavy_rain_frequency, acts_on: rate, form: ratio, elasticity: 1}}
    impact:
      repair: {{channel: operating_cost, line: repair, amount: {{p5: 0.2, p95: 3}}}}
"""


def faults_of(text: str) -> list[str]:
    return [str(fault) for fault in read_yaml(text, "register.yaml").faults]


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0x1F", 31),
        ("0o17", 15),
        ("010", 10),
        ("1e-3", 0.001),
        ("1.5E+2", 150.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("-.inf", -math.inf),
        ("1e999", math.inf),
        ("9" * 5000, math.inf),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("on", "on"),
        ("2024-01-31", "2024-01-31"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("12:30", "12:30"),
        ("٣", "٣"),
        ("5%", "5%"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("倉庫暴雨 𠮷", "倉庫暴雨 𠮷"),
    ],
)
def test_scalars_follow_the_core_schema(plain: str, value: object) -> None:
    tree = read_yaml(f"key: {plain}\n", "study.yaml")
    assert tree.data == {"key": value}
    assert type(tree.data["key"]) is type(value)
    assert tree.faults == ()


def test_nan_is_left_for_the_model_to_refuse_with_its_line() -> None:
    tree = read_yaml("a: 1\nb: .nan\n", "study.yaml")
    assert math.isnan(tree.data["b"])
    assert tree.line(("b",)) == 2


plain_data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    # A narrow alphabet suffices: what may stand in text is tested below, by name.
    | st.text("ab :-#'\"[]{},倉\n", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abc-_", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


documents = st.dictionaries(st.text("xyz", min_size=1), plain_data, max_size=4)


@settings(max_examples=60, deadline=None)
@given(documents, st.sampled_from([None, 2]))
def test_json_is_read_as_the_yaml_that_it_is(data: dict[str, object], indent: int | None) -> None:
    tree = read_yaml(json.dumps(data, indent=indent, ensure_ascii=False), "study.yaml")
    assert tree.faults == ()
    assert tree.data == data


@settings(max_examples=60, deadline=None)
@given(documents)
def test_block_style_is_read_back(data: dict[str, object]) -> None:
    stream = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.representer.ignore_aliases = lambda _: True
    writer.dump(data, stream)
    tree = read_yaml(stream.getvalue(), "study.yaml")
    assert tree.faults == ()
    assert tree.data == data


def test_each_key_and_entry_knows_its_line() -> None:
    tree = read_yaml("# c\na: 1\nb:\n  c:\n    - x\n\n    - {d: 1,\n       e: 2}\n", "study.yaml")
    assert tree.line(()) == 1
    assert tree.line(("a",)) == 2
    assert tree.line(("b", "c")) == 4
    assert tree.line(("b", "c", 1)) == 7
    assert tree.line(("b", "c", 1, "e")) == 8
    assert tree.line(("b", "c", 1, "absent", "deeper")) == 7
    assert tree.line(("absent",)) == 1
    assert tree.field(("b", "c", 1, "e")) == "b.c[2].e"
    assert tree.node(("b", "c", 1, "e")) == 2
    assert tree.node(("b", "absent", 3)) is None


def test_years_may_be_keys() -> None:
    tree = read_yaml("2030: 1.5\n2050: 2\n", "scenario.yaml")
    assert tree.data == {2030: 1.5, 2050: 2}
    assert tree.field((2050,)) == "2050"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\nb: 2\na: 3\n", "3: a: a second key 'a', the first is on line 1; allowed: each"),
        ("a:\n  b: 1\n  b: 2\n", "3: a.b: a second key 'b', the first is on line 2"),
        ("2030: 1\n'2030': 2\n", "2: 2030: a second key '2030', the first is on line 1"),
        ("a: &x 1\n", "1: a: anchor '&x'; write the value out where it is needed"),
        ("&x a: 1\n", "1: anchor '&x'"),
        ("a: *x\n", "1: a: alias '*x'; write the value out"),
        ("a:\n  <<: {b: 1}\n", "2: a: merge key '<<'"),
        ("a:\n- 1\n- !!float 2\n", "3: a[2]: tag 'tag:yaml.org,2002:float'; allowed: plain YAML"),
        ("a: !!python/object/apply:os.system [x]\n", "1: a: tag 'tag:yaml.org,2002:python/object"),
        ("1.5: a\n", "1: key number 1.5; allowed: text; put the key in quotes"),
        ("true: a\n", "1: key true; allowed: text"),
        ("null: a\n", "1: key nothing; allowed: text"),
        ("? [a, b]\n: 1\n", "1: a key that is no text"),
        ('"R\\u202e1": 1\n', "1: invisible character U+202E in key 'R\\u202e1'; remove it"),
        ("R\u200b1: 1\n", "1: invisible character U+200B in key 'R\\u200b1'"),
        ('a: "x\\x00"\n', "1: a: invisible character U+0000; remove it"),
        ('a: "\\ud800"\n', "1: a: invisible character U+D800; remove it"),
        ("a: 1\nb: x\u2066y\n", "2: b: invisible character U+2066; remove it"),
        ("a: 1\nb: \x07\n", "2: invisible character U+0007; remove it"),
        ("a: 1\n---\nb: 2\n", "2: a second document; allowed: one; remove the '---' line"),
        ("# c\n%YAML 1.1\n---\na: 1\n", "2: a line that begins with '%'; allowed: no directives"),
        ("%YAML 1.20\n---\na: 1\n", "1: a line that begins with '%'"),
        ("a: 1\n...\n%YAML 1.20\n---\n", "3: a line that begins with '%'"),
        ("a:\n\tb: 1\n", "2: a tab; allowed: spaces for indentation"),
        ("a: 1\nb: [1, 2\nc: 3\n", "3: a '[' from line 2 without its end, or a missing comma"),
        ("b: {x: 1 y: 2}\n", "1: a '{' from line 1 without its end, or a missing comma"),
        ("a: 1\nb: 'x\nc: 1\n", "2: a quote that is never closed"),
        ("a: b: c\n", "1: a ':' where no key can stand"),
        ("a: 1\n b: 2\n", "2: a ':' where no key can stand; indent keys of one level alike"),
        ("a:\n    b: 1\n  c: 2\n", "3: indentation that fits no line above"),
        ("a: 'x' y\n", "1: indentation that fits no line above, or text after a closed quote"),
        ("a: 1\n- b\n", "2: a list entry '-' among keys"),
        ("a: @x\n", "1: text that begins with a reserved sign such as '@'"),
        ("a: [1, ]]\n", "1: indentation that fits no line above, or text after a closed quote"),
        ("a: ]\n", "1: a bracket or comma where a value should stand"),
        ("{", "1: a bracket or comma where a value should stand"),
        ('a: "C:\\x"\n', "1: a '\\' in double quotes that begins no escape"),
        ('a: "C:\\data"\n', "1: a '\\' in double quotes that begins no escape"),
        ("a: * b\n", "1: text that begins with '*' or '&'; put the text in quotes"),
        ("a: >x\n b\n", "1: text on the line of '>' or '|'"),
        ("a: 1\nb\nc: 2\n", "3: a key without ':'"),
    ],
)
def test_broken_text_gives_a_fault_with_its_line(text: str, fault: str) -> None:
    (found,) = faults_of(text)
    assert found.startswith(f"register.yaml:{fault}")


def test_all_faults_are_found_in_one_reading() -> None:
    text = "a: 1\nb: *x\na: 2\nc: !t 3\n1.5: 4\nd: 5\n"
    tree = read_yaml(text, "register.yaml")
    assert [fault.line for fault in tree.faults] == [2, 3, 4, 5]
    assert tree.data == {"a": 1, "b": None, "c": 3, "d": 5}
    assert tree.complete
    assert tree.is_doubtful(("b",))
    assert tree.is_doubtful(("c", "deeper"))
    assert not tree.is_doubtful(("a",))


def test_joiners_and_line_breaks_are_ordinary_in_texts() -> None:
    tree = read_yaml('a: "x\\n\\ty"\nb: می\u200cخواهم\n', "study.yaml")
    assert tree.faults == ()


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    tree = read_yaml(text, "study.yaml")
    assert tree.data is None
    assert tree.faults == ()


def test_aliases_cannot_expand() -> None:
    names = [f"n{level}" for level in range(30)]
    lines = ["n0: &n0 [x, x]"]
    lines += [
        f"{name}: &{name} [{', '.join([f'*{names[level]}'] * 9)}]"
        for level, name in enumerate(names[1:])
    ]
    tree = read_yaml("\n".join(lines), "register.yaml")
    assert len(tree.faults) == MAX_FAULTS + 1
    assert "anchor '&n0'" in str(tree.faults[0])
    assert str(tree.faults[-1]).endswith("too many faults, the rest of the file was not read")
    assert not tree.complete


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_once(opening: str) -> None:
    (fault,) = faults_of(opening * 20_000)
    assert "nested too deep; allowed: 40 levels" in fault


def test_the_deepest_allowed_nesting_is_read() -> None:
    text = "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)
    assert faults_of(text) == []
    assert "nested too deep" in faults_of(f"[{text}]")[0]


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "MAX_VALUES", 50)
    (fault,) = faults_of("\n".join(f"k{number}: 1" for number in range(60)))
    assert fault == "register.yaml:50: more than 50 values; split the study"


def test_a_long_register_is_read_whole() -> None:
    text = "schema: 1\nitems:\n" + "".join(ITEM.format(number=number) for number in range(80))
    assert text.count("\n") > 800
    assert len(read_yaml(text, "register.yaml").data["items"]) == 80


signs = st.sampled_from(
    [*"{}[]:,-?&*!|>%@`'\"#~<. \n\t\\\x00\u2028倉a1", "\n  ", "- ", "%YAML 1.", "<<: "]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(signs, max_size=40).map("".join))
def test_no_text_whatever_raises(text: str) -> None:
    tree = read_yaml(text, "study.yaml")
    for fault in tree.faults:
        assert str(fault).isprintable()
        assert 1 <= fault.line <= text.count("\n") + text.count("\u2028") + 1
