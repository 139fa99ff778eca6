"""Set up climrisk and check it: ruff, mypy and the tests, with the totals in the last line.

Usage: python3 scripts/run_tests.py [--browser] [options of pytest, such as -k tally]

With --browser, the tests that drive the app in Chromium run after all others, one by one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import environment

CHECKS = (
    ("ruff", "check", "--quiet", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    ("mypy",),
)
# two workers and fixed examples: the same tests with the same inputs on every machine
PYTEST = ("pytest", "-q", "--hypothesis-profile=ci")
TWO_WORKERS = ("-n", "2")
IN_CHROMIUM = ("-m", "browser")
BROWSER = "--browser"
EXTRAS = ("app", "cluster", "dev", "postgres", "report", "sensitivity")
COUNTED = ("tests", "failures", "errors", "skipped")


def main(options: list[str]) -> int:
    """Run every check even if one fails; return 0 if all passed."""
    with_browser = BROWSER in options
    own = [option for option in options if option != BROWSER]
    environment.ensure(*EXTRAS, *(["browser"] if with_browser else []))
    failed = [" ".join(check) for check in CHECKS if _run(*check)]
    with tempfile.TemporaryDirectory() as folder:
        reports = [Path(folder) / "report.xml"]
        if _run(*PYTEST, *TWO_WORKERS, f"--junitxml={reports[0]}", *own):
            failed.append("pytest")
        if with_browser:
            reports.append(Path(folder) / "browser.xml")
            if _run(*PYTEST, *IN_CHROMIUM, f"--junitxml={reports[1]}"):
                failed.append("pytest in Chromium")
        totals = _totals(reports)
    print(f"Failed: {', '.join(failed)}" if failed else "ruff, mypy and pytest: no faults")
    print(totals)
    return 1 if failed else 0


def _run(*command: str) -> int:
    print(f"$ {' '.join(command)}", flush=True)
    python = environment.program("python")
    run = subprocess.run([python, "-m", *command], cwd=environment.ROOT, env=_keeping_bytecode())
    return run.returncode


def _keeping_bytecode() -> dict[str, str]:
    """Return an environment in which Python keeps what it compiles, in the environment's folder.

    Many tests start Python anew: where bytecode is not kept, each compiles all libraries again.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(environment.VENV / "bytecode")}


def _totals(reports: list[Path]) -> str:
    """Return pytest's totals as `N passed, N failed, N skipped`; errors count as failed."""
    if not all(report.exists() for report in reports):
        return "0 passed, 1 failed, 0 skipped: pytest did not start"
    suites = [one for report in reports for one in ElementTree.parse(report).findall("testsuite")]
    count = {name: sum(int(suite.get(name, "0")) for suite in suites) for name in COUNTED}
    failed = count["failures"] + count["errors"]
    passed = count["tests"] - failed - count["skipped"]
    return f"{passed} passed, {failed} failed, {count['skipped']} skipped"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
