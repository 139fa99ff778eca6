from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from climrisk import __version__
from tests.command_line import call
from tests.small_study import edited, small_study

COMMANDS = ("new", "validate", "run", "reproduce", "schema")
HEAVY = ("numpy", "pandas", "scipy", "xarray", "numba", "climrisk.domain.study")
PROGRAM = "from climrisk.cli.main import main; main()"


def started(*words: object, **changes: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "0", **changes},
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str) -> None:
    found = call(command, "--help")
    assert (found.code, found.err) == (0, "")
    assert f"climrisk {command}" in found.out


def test_without_a_command_the_help_is_shown_and_the_exit_code_is_2() -> None:
    found = call()
    assert found.code == 2
    assert all(command in found.out + found.err for command in COMMANDS)


def test_the_version_is_printed() -> None:
    assert call("--version") == (0, f"climrisk {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("runn",), "Did you mean 'run'?"),
        (("run",), "study"),
        (("run", "lx-technology-2023", "--drws", "5"), "--draws"),
        (("run", "lx-technology-2023", "--draws", "many"), "--draws"),
        (("run", "lx-technology-2023", "--draws", "0"), "--draws"),
        (("run", "lx-technology-2023", "--draws", "5000000000"), "--draws"),
        (("run", "lx-technology-2023", "--seed", "-1"), "--seed"),
        (("schema", "inventory"), "targets"),
    ],
)
def test_a_wrong_command_line_ends_with_2(words: tuple[str, ...], answer: str) -> None:
    found = call(*words)
    assert found.code == 2
    assert answer in found.err
    assert "Traceback" not in found.err


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("schema", "--help")])
def test_help_comes_without_loading_what_computes(words: tuple[str, ...]) -> None:
    program = (
        "import sys\n"
        "from climrisk.cli.main import main\n"
        f"sys.argv = ['climrisk', *{words!r}]\n"
        "try:\n    main()\nfinally:\n"
        f"    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stderr.decode().strip() == "[]"


def test_a_run_loads_neither_dask_nor_arrow(tmp_path: Path) -> None:
    words = ("run", str(small_study(tmp_path / "small")), "--draws", "20", "--no-picture")
    program = (
        "import sys\n"
        "from climrisk.cli.main import main\n"
        f"sys.argv = ['climrisk', *{words!r}, '--quiet', '--out', {str(tmp_path / 'one')!r}]\n"
        "try:\n    main()\nfinally:\n"
        "    print([name for name in ('xarray', 'dask', 'pyarrow') if sys.modules.get(name)])\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout.decode().strip() == "['xarray']"


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_while_simulating_leaves_nothing_and_says_one_sentence(tmp_path: Path) -> None:
    study = small_study(tmp_path / "small")
    process = started("run", study, "--draws", "4000000", "--out", tmp_path / "runs" / "one")
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert out == ""
    assert err.split("\n")[-2] == "stopped; no file was left half-written"
    assert "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_a_screen_without_chinese_shows_question_marks(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    edited(
        folder / "register.yaml",
        ("title: More repairs sold", "title: 維修 at +1.5 °C"),
        ("    occurrence: {type: annual, law: bernoulli, probability: 0.4}\n", ""),
    )
    process = started("validate", folder, PYTHONIOENCODING="cp1252")
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert "not assessed: O-1 ?? at +1.5 " in out


@pytest.mark.parametrize("file", ["study", "register", "targets", "scenario"])
def test_the_schema_of_each_file_is_a_json_schema(file: str) -> None:
    found = call("schema", file)
    assert (found.code, found.err) == (0, "")
    schema = json.loads(found.out)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert "schema" in schema["required"]
    for reference in references(schema):
        assert reference.removeprefix("#/$defs/") in schema["$defs"]


def test_the_schema_knows_every_key_of_the_study_that_comes_with_climrisk() -> None:
    from climrisk.io.yaml_tree import read_yaml
    from climrisk.paths import bundled

    folder = bundled("data") / "lx-technology-2023"
    for file in ("study", "register", "targets"):
        text = (folder / f"{file}.yaml").read_text(encoding="utf-8")
        schema = json.loads(call("schema", file).out)
        stated = read_yaml(text, file).data
        assert set(stated) <= set(schema["properties"])
        assert set(schema["required"]) <= set(stated)
    register = json.loads(call("schema").out)
    items = read_yaml((folder / "register.yaml").read_text(encoding="utf-8"), "register").data
    for item in items["items"].values():
        assert set(item) <= set(register["$defs"]["Item"]["properties"])


def references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [one for child in node.values() for one in references(child)]
    if isinstance(node, list):
        return [one for child in node for one in references(child)]
    return []
