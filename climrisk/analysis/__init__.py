"""From a study to labelled results: the one door for the command line, the app and scripts."""

from __future__ import annotations

from climrisk.analysis.run import analyse

__all__ = ["analyse"]
