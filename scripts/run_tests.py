"""Set up climrisk and check it: ruff, mypy and the tests, with the totals in the last line.

Usage: python3 scripts/run_tests.py [options of pytest, such as tests/metrics or -k tally]
"""

from __future__ import annotations

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
PYTEST = ("pytest", "-q", "-n", "2", "--hypothesis-profile=ci")


def main(options: list[str]) -> int:
    """Run every check even if one fails; return 0 if all passed."""
    environment.ensure("app", "dev", "postgres", "report")
    failed = [" ".join(check) for check in CHECKS if _run(*check)]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        if _run(*PYTEST, f"--junitxml={report}", *options):
            failed.append("pytest")
        totals = _totals(report)
    print(f"Failed: {', '.join(failed)}" if failed else "ruff, mypy and pytest: no faults")
    print(totals)
    return 1 if failed else 0


def _run(*command: str) -> int:
    print(f"$ {' '.join(command)}", flush=True)
    python = environment.program("python")
    return subprocess.run([python, "-m", *command], cwd=environment.ROOT).returncode


def _totals(report: Path) -> str:
    """Return pytest's totals as `N passed, N failed, N skipped`; errors count as failed."""
    if not report.exists():
        return "0 passed, 1 failed, 0 skipped: pytest did not start"
    suites = ElementTree.parse(report).getroot().findall("testsuite")
    count = {
        name: sum(int(suite.get(name, "0")) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    }
    failed = count["failures"] + count["errors"]
    passed = count["tests"] - failed - count["skipped"]
    return f"{passed} passed, {failed} failed, {count['skipped']} skipped"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
