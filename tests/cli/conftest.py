"""What the tests of the command line share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def everything_compiled() -> Iterator[None]:
    """Let commands say the same whether or not an earlier run has filled the cache of kernels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("climrisk.cli.compile_first.compile_first", lambda study, quiet: None)
        yield
