from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.verify import suite
from climrisk.verify.case import Case, Check, Estimate
from tests.command_line import call

RIGHT = Case("R1", "Right", "a book", lambda: (Check("sum", Estimate(4.0), 4.0, 0.0, "1"),))
WRONG = Case("W1", "Wrong", "a book", lambda: (Check("sum", Estimate(4.0), 5.0, 0.5, "1"),))


@pytest.fixture
def one_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "CASES", (RIGHT, WRONG))


def test_a_line_each_and_the_total() -> None:
    found = call("verify", "--case", "E1")
    assert (found.code, found.err) == (0, "1 of 1: E1 Lognormal from P5 = 1 and P95 = 10\n")
    assert found.out.splitlines() == [
        "E1 mu: ours 1.1512925465, theirs 1.151292546, tolerance 5e-10: pass",
        "E1 sigma: ours 0.699936169172, theirs 0.699936169, tolerance 5e-10: pass",
        "E1 mean: ours 4.04001282695, theirs 4.04001282695, tolerance 1e-13: pass",
        "1 of 1 cases passed, 3 figures",
    ]


@pytest.mark.usefixtures("one_wrong")
def test_a_wrong_expectation_fails_and_exits_1() -> None:
    assert call("verify", "--quiet") == (
        1,
        "W1 sum: ours 4, theirs 5, tolerance 0.5: FAIL\n"
        "1 of 2 cases passed, 2 figures; failed: W1\n",
        "",
    )


@pytest.mark.usefixtures("one_wrong")
@pytest.mark.parametrize(("name", "start"), [("m.md", "# climrisk "), ("m.html", "<!doctype")])
def test_the_document_is_written_even_where_a_case_fails(
    name: str, start: str, tmp_path: Path
) -> None:
    found = call("verify", "--quiet", "--report", tmp_path / name)
    assert found.code == 1
    assert f"model document: {tmp_path / name}" in found.out.splitlines()
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.startswith(start)
    assert "R1: Right" in text
    assert "FAIL" in text
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_an_unknown_case_is_a_wrong_command_line() -> None:
    found = call("verify", "--case", "E2")
    assert (found.code, found.out) == (2, "")
    assert "unknown case 'E2'; allowed: E1, " in " ".join(found.err.replace("│", " ").split())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("model.pdf", "found 'model.pdf'; allowed: a name that ends in .md or .html"),
        ("nowhere/model.md", "no such folder: "),
    ],
)
def test_a_report_that_cannot_be_written_is_refused_before_any_case_runs(
    name: str, told: str, tmp_path: Path
) -> None:
    found = call("verify", "--report", tmp_path / name)
    assert (found.code, found.out) == (2, "")
    assert told in " ".join(found.err.replace("│", " ").split())
