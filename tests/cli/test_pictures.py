from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from climrisk.charts.typeface import MissingFontError
from tests.command_line import call
from tests.small_study import edited, small_study

NOTICE = "Not the company's own assessment."
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = small_study(tmp_path / "small")
    edited(
        folder / "study.yaml",
        ("title: A small study", f'title: A small study\nnotice: "{NOTICE}"'),
    )
    return folder


def test_each_horizon_has_a_picture_that_says_what_the_study_is_not(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def kept(figure: Figure) -> bytes:
        drawn.append(" ".join(" ".join(one.get_text().split()) for one in figure.findobj(Text)))
        return PNG_SIGNATURE

    monkeypatch.setattr("climrisk.charts.png", kept)
    found = call("run", study, "--draws", 60, "--quiet", "--out", tmp_path / "one")
    assert found == (0, "", "")
    assert len(drawn) == 2
    for text in drawn:
        assert NOTICE in text
        assert "Unverified inputs in use: heavy_rain_frequency." in text
        assert "60 draws" in text
    names = sorted(file.name for file in (tmp_path / "one").glob("*.png"))
    assert names == ["matrix-current_policies-medium.png", "matrix-current_policies-short.png"]


def test_titles_are_drawn_as_they_are_written(study: Path, tmp_path: Path) -> None:
    edited(
        study / "register.yaml",
        ("title: Rain at the warehouse", "title: 'Loss of $5 to $\\frac{ $ a year'"),
        ("title: More repairs sold", f"title: '{'A very long title ' * 30}'"),
    )
    found = call("run", study, "--draws", 60, "--quiet", "--out", tmp_path / "one")
    assert found == (0, "", "")
    for file in (tmp_path / "one").glob("*.png"):
        assert file.read_bytes().startswith(PNG_SIGNATURE)


def test_without_a_font_for_the_titles_the_figures_are_written_all_the_same(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_font(*_: object) -> None:
        raise MissingFontError("雨", ["Noto Sans CJK HK"])

    monkeypatch.setattr("climrisk.charts.draw_matrix", without_font)
    found = call("run", study, "--draws", 60, "--quiet", "--out", tmp_path / "one")
    assert found.code == 0
    assert found.err.startswith("no picture: ")
    assert "Noto Sans CJK HK" in found.err
    assert (tmp_path / "one" / "summary.csv").is_file()
    assert not list((tmp_path / "one").glob("*.png"))


def test_without_matplotlib_the_extra_is_named(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("climrisk.cli.pictures.find_spec", lambda _: None)
    found = call("run", study, "--draws", 60, "--quiet", "--out", tmp_path / "one")
    assert (found.code, found.out) == (0, "")
    assert found.err == "no picture: pip install 'climrisk[report]' draws the matrix\n"


def test_a_process_beside_the_run_draws_the_same(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("--draws", 60, "--quiet", "--out")
    assert call("run", study, *words, tmp_path / "here").code == 0
    monkeypatch.setattr("climrisk.cli.pictures._pays", lambda: True)
    monkeypatch.setattr("climrisk.cli.pictures._drawn_here", lambda _: {})
    assert call("run", study, *words, tmp_path / "beside").code == 0
    here, beside = (
        {file.name: file.read_bytes() for file in (tmp_path / name).glob("*.png")}
        for name in ("here", "beside")
    )
    assert len(here) == 2
    assert here == beside


@pytest.mark.parametrize("program", ["/no/such/python", sys.executable])
def test_where_the_process_fails_the_run_draws_itself(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr("climrisk.cli.pictures._pays", lambda: True)
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setenv("PYTHONHOME", "/no/such/folder")  # no Python starts with it
    found = call("run", study, "--draws", 60, "--quiet", "--out", tmp_path / "one")
    assert found == (0, "", "")
    assert len(list((tmp_path / "one").glob("*.png"))) == 2


ANSWER = """
import io, json, os, sys
from climrisk.cli import drawing

def drawn(job):
    if "fails" in job.get("targets", ()):
        raise RuntimeError
    return {name: str(os.getpid()).encode() for name in job}

drawing.drawn = drawn
sys.stdin = io.StringIO(sys.argv[1])
drawing._answer()
"""


def answered(job: dict[str, list[str]]) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", ANSWER, json.dumps(job)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere one picture is drawn after the other"
)
def test_targets_are_drawn_beside_the_matrices() -> None:
    pictures = json.loads(answered({"captions": [], "targets": []}).stdout)
    assert list(pictures) == ["captions", "targets"]
    assert pictures["captions"] != pictures["targets"]  # numbers of the processes


@pytest.mark.parametrize("name", ["captions", "targets"])
def test_what_is_alone_is_drawn_alone(name: str) -> None:
    assert list(json.loads(answered({name: []}).stdout)) == [name]


def test_where_a_picture_fails_there_is_no_answer() -> None:
    found = answered({"captions": [], "targets": ["fails"]})
    assert found.returncode != 0
    assert found.stdout == ""


LARGE = ANSWER.replace("str(os.getpid()).encode()", "bytes(10**6)").replace(
    "def drawn(job):", "def drawn(job):\n    if 'captions' in job:\n        os._exit(3)"
)


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere one picture is drawn after the other"
)
def test_a_child_whose_parent_is_gone_ends() -> None:
    words = [sys.executable, "-c", LARGE, json.dumps({"captions": [], "targets": []})]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        # the child's own error output stays open until it ends
        assert process.communicate(timeout=60)[0] == b""
    assert process.returncode == 3
