"""What errors and readings say in English is known to the catalogues, and typed words stay."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.domain.elicitation.estimate import read_estimate
from climrisk.domain.quantities import read_quantity
from climrisk.errors import AnswerRefusedError, ClimriskError
from climrisk.i18n.told import retold
from climrisk.workshop.phase import State, moved
from climrisk.workshop.seat import Seat, facilitator_only, participant_only
from tests.workshops import ITEM, ONGOING, question

FAULTY: list[tuple[str, dict[str, Any]]] = [
    (ITEM, {}),
    (ITEM, {"low": "a lot", "high": 2.0, "best": 0.1, "likelihood": -1.0}),
    (ITEM, {"low": 0.5, "best": 0.1, "high": 0.2, "likelihood": 0.2, "sure": 1.0}),
    (ITEM, {"low": 0.1, "best": 0.2, "high": 0.3, "likelihood": 0.2, "likelihood_low": 0.1}),
    (ITEM, {"no_view": True, "low": 0.1, "reason": "x" * 10_001}),
    (ITEM, {"reason": "\x00", "no_view": True}),
    (ONGOING, {"low": 0.1, "best": 0.2, "high": 0.3, "likelihood": 0.5}),
]
STATED = [
    {"p5": 1, "p50": 2, "p95": 5},
    3.0,
    {"pool": [{"p5": 1, "p95": 2}, {"p5": 1, "p95": 3}]},
    {"pool": [{"p5": 1, "p95": 2}, {"p5": 1, "p95": 3}], "weights": [1, 2]},
]


@pytest.mark.parametrize(("item", "given_"), FAULTY)
@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_every_fault_of_an_answer_is_told_in_chinese(
    item: str, given_: dict[str, Any], language: Any
) -> None:
    with pytest.raises(AnswerRefusedError) as refused:
        read_estimate(given_, question(item), "p10-p90")
    for fault in refused.value.faults:
        for said in filter(None, (fault.found, fault.allowed)):
            told = retold(said, language)
            assert re.search("[\u4e00-\u9fff]", told), said
            assert retold(said, "en") == said


@pytest.mark.parametrize("stated", STATED)
def test_readings_are_told_in_chinese_with_the_same_figures(stated: Any) -> None:
    words = read_quantity(stated, "log").in_words()
    told = retold(words, "zh-Hans")
    assert not re.search("[a-z]{2,}", told)
    figures = re.findall(r"\d+(?:\.\d+)?", words.replace("1 in 20", "").replace("20 above", ""))
    assert all(figure in told for figure in figures)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: facilitator_only(Seat("s", "participant", 1)),
        lambda: participant_only(Seat("s", "facilitator")),
        lambda: moved(State("private", 1), "revealed", answers=2),
        lambda: moved(State("planned", 0), "revealed", answers=9),
    ],
)
def test_refusals_are_told_in_chinese(refused: Any) -> None:
    with pytest.raises(ClimriskError, match=r".") as error:
        refused()
    assert not re.search("[a-z]{3,}", retold(str(error.value), "zh-Hant"))


FAULTS = Path(__file__).parents[1] / "faults"
PLACE = re.compile(r"[\w./-]+\.(?:yaml|csv)(?::\d+)?: (?:\S+: )?(.*)")
ENGLISH = re.compile(r"(?<![\w'/._-])(the|of|and|or|found|unknown|is|which|with|each)(?![\w'])")


def study_faults() -> list[str]:
    """Return what is told of every faulty study among the tests, without its place."""
    lines = [
        line
        for file in sorted(FAULTS.glob("*/expected.txt"))
        # an id with a blank in it would not look like a place
        for line in file.read_text(encoding="utf-8").replace("1st stock", "1st-stock").splitlines()
    ]
    told = [found[1] for line in lines if (found := PLACE.fullmatch(line))]
    assert len(told) > 180
    return told


def test_faults_of_a_study_are_told_in_chinese() -> None:
    for sentence in study_faults():
        parts = re.split(r"; (?=allowed: |needed: |remove it|write \d|close it)", sentence)
        for part in parts:
            told = re.sub(r"\d+ in [\w .-]+ and \d+ in [\w .-]+", "", retold(part, "zh-Hans"))
            assert re.search("[\u4e00-\u9fff]", told), part
            assert not ENGLISH.search(told.partition("：")[0]), part


def test_general_sentences_take_no_typed_words_apart() -> None:
    for typed in ("one or other", "5 to 7", "found 'a or b'"):
        assert " " in retold(typed, "zh-Hant")
    assert retold("allowed: loss or repair", "zh-Hant") == "可填：loss或repair"


@given(st.text(max_size=40))
def test_what_people_typed_stays_word_for_word(typed: str) -> None:
    told = retold(f"found {typed!r}", "zh-Hant")
    assert told == f"填了{typed!r}"
    assert retold("a sentence that nobody knows", "zh-Hant") == "a sentence that nobody knows"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("a workbook of Excel 97-2003, or one with a password", "Excel 97-2003工作簿，或设有密码"),
        (
            "allowed: a number; format the cell as General, then type it again",
            "可填：数字；请把该格设为“常规”格式，再输入一次",
        ),
        ("formula '=A1'", "公式'=A1'"),
        ("allowed: each id once", "可填：每个标识只出现一次"),
        ("a second 'R-1', the first is in row 5", "第二个'R-1'，第一个在第5行"),
        ("row with 3 cells for 7 columns", "此行有3格，应有7栏"),
        ("unknown column 'x'", "未知的栏'x'"),
        ("GBK text, not UTF-8", "GBK文本，不是UTF-8"),
        ("found -1; allowed: 0 or more", "填了-1；可填：0或以上"),
        ("allowed: a sum of 0 or more", "可填：总和为0或以上"),
    ],
)
def test_faults_of_tables_and_workbooks_are_told_in_chinese(said: str, told: str) -> None:
    assert retold(said, "zh-Hans") == told
