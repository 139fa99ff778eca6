"""Set up climrisk and draw the risk-opportunity matrix of the LX study.

Usage: python3 scripts/run_lx.py [options of `climrisk run`, such as --draws 100000]
"""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import environment

STUDY = "lx-technology-2023"


def main(options: list[str]) -> int:
    """Run the study and say where its picture is; return the exit code of climrisk."""
    environment.ensure("report")
    folder = _out_folder(options)
    if folder is None:
        folder = environment.ROOT / "runs" / f"{STUDY}-{datetime.now():%Y%m%d-%H%M%S}"
        options = [*options, "--out", str(folder)]
    code = subprocess.run([environment.program("climrisk"), "run", STUDY, *options]).returncode
    if code == 0:
        for picture in sorted(folder.glob("matrix*.png")):
            print(f"The matrix: {picture}")
    return code


def _out_folder(options: list[str]) -> Path | None:
    for option, value in zip(options, [*options[1:], ""], strict=False):
        if option == "--out":
            return Path(value)
        if option.startswith("--out="):
            return Path(option.removeprefix("--out="))
    return None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
