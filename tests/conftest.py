"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# the first example may wait for a compiler; how long a test takes is no property of the code
settings.register_profile("climrisk", deadline=None)
settings.load_profile("climrisk")
