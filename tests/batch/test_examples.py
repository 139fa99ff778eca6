from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from climrisk.batch import read_batch

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"


def test_the_sweep_runs_as_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main = runpy.run_path(str(EXAMPLES / "batch_sweep.py"))["main"]
    main(str(tmp_path / "out"), "20")
    shown = capsys.readouterr().out
    assert len(re.findall(r"^ *(?:base|r[1-6]) +(?:base_year|net_zero_2050|current_policies)",
                          shown, re.MULTILINE)) == 7 * 3  # fmt: skip


def test_sobol_points_find_what_moves_net(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main = runpy.run_path(str(EXAMPLES / "batch_sobol.py"))["main"]
    main(str(tmp_path / "out"), "20", "8")
    found = dict(line.rsplit(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    # a higher rate brings losses nearer to 0; dearer carbon and a deeper slump deepen them
    assert float(found["register.R-MKT-1.severity [x]"]) < 0
    assert float(found["scenarios.*.drivers.carbon_price [x]"]) < 0
    assert float(found["discount_rate"]) > 0


@pytest.mark.parametrize("page", ["README.md", "docs/batches.md"])
def test_batch_files_on_pages_are_valid(page: str, tmp_path: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (stated,) = [block for block in blocks if block.startswith("study:")]
    (tmp_path / "batch.yaml").write_text(stated, encoding="utf-8")
    plan = read_batch(tmp_path / "batch.yaml")
    assert plan.batch == read_batch(EXAMPLES / "lx-sweep.yaml").batch
    assert (len(plan.studies[0].runs), plan.distinct) == (7, 6)
