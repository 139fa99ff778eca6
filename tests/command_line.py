"""The command line, called in this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple
from unittest import mock

from climrisk.cli.main import main

__all__ = ["Outcome", "call"]


class Outcome(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def call(*words: object, env: Mapping[str, str] | None = None) -> Outcome:
    """Run `climrisk` with the given words and return exit code, output and error output."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    arguments = ["climrisk", *map(str, words)]
    with (
        mock.patch.object(sys, "argv", arguments),
        mock.patch.dict("os.environ", {"COLUMNS": "200", **(env or {})}),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Outcome(code, out.getvalue(), err.getvalue())
