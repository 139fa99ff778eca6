"""How the command tells the app's script that a network is served: address and key."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from climrisk.workshop.codes import normalised

__all__ = ["Proxy", "Serving", "read_proxy", "read_serving"]

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


@dataclass(frozen=True)
class Proxy:
    """What a proxy in front of the server says of a person.

    Parameters
    ----------
    header : str
        Header in which it names whoever has logged in; empty where there is no such proxy.
    operators : frozenset of str
        Who of them may see the study, in lower case.
    """

    header: str = ""
    operators: frozenset[str] = frozenset()

    def lets_in(self, headers: Mapping[str, str]) -> bool:
        """Say whether the person that the proxy names may see the study."""
        named = headers.get(self.header, "") if self.header else ""
        return named.strip().casefold() in self.operators - {""}


def read_proxy(environment: Mapping[str, str]) -> Proxy:
    """Return what the environment says of a proxy: its header, and who may see the study."""
    stated = environment.get("CLIMRISK_APP_OPERATORS", "").split(",")
    named = frozenset(one.strip().casefold() for one in stated)
    return Proxy(environment.get("CLIMRISK_APP_USER_HEADER", "").strip(), named - {""})
