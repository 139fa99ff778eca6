"""Many runs from one file: what they are, running them, and what they found."""

from __future__ import annotations
