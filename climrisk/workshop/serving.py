"""How the command tells the app's script that a network is served: address and key."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from climrisk.workshop.codes import normalised

__all__ = ["Serving", "read_serving"]

_ADDRESS: Final = "--workshop="
_KEY: Final = "--key="


@dataclass(frozen=True)
class Serving:
    """How a server was started.

    Parameters
    ----------
    address : str
        Address on the network, empty where only this computer is served.
    key : str
        What the facilitator types once in a browser, where the network is served.
    """

    address: str = ""
    key: str = ""

    def as_arguments(self) -> list[str]:
        """Return arguments of the script; they stay inside the process that serves."""
        return [f"{_ADDRESS}{self.address}", f"{_KEY}{self.key}"]

    def opens(self, key: str) -> bool:
        """Say whether a key as it was typed is the right one; never where there is none."""
        wanted = normalised(self.key).encode()
        return bool(wanted) and hmac.compare_digest(normalised(key).encode(), wanted)


def read_serving(arguments: Sequence[str]) -> Serving:
    """Return how a server was started from the arguments of its script."""

    def stated(flag: str) -> str:
        return next((one.removeprefix(flag) for one in arguments if one.startswith(flag)), "")

    return Serving(stated(_ADDRESS), stated(_KEY))
