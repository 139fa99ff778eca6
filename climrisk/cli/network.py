"""`climrisk app --workshop`: the network's address, its QR code, and the facilitator's key."""

from __future__ import annotations

import socket
from io import StringIO
from typing import Any, Final

import typer

from climrisk.errors import ClimriskError, MissingExtraError
from climrisk.workshop.codes import new_return_code, split_return_code
from climrisk.workshop.serving import Serving

__all__ = ["network_address", "open_to_network"]

EVERY_INTERFACE: Final = "0.0.0.0"
ELSEWHERE: Final = ("192.0.2.1", 9)
"""An address kept for documentation (RFC 5737): asking the way there sends nothing."""


def open_to_network(options: dict[str, Any]) -> list[str]:
    """Set the options of a server that the network reaches; return what its script is told.

    Prints address, QR code and key. The key opens the study's pages, once in each browser.

    Raises
    ------
    ClimriskError
        This computer is on no network.
    """
    host = network_address()
    address = f"http://{host}:{options['server.port']}"
    options |= {"server.address": EVERY_INTERFACE, "browser.serverAddress": host}
    options["server.allowedHosts"] = [*options["server.allowedHosts"], host, socket.gethostname()]
    _, key = split_return_code(new_return_code(0)) or (0, "")
    typer.echo(f"people join at: {address}")
    typer.echo(_qr(address))
    typer.echo(f"facilitator: {address}/facilitator  key: {key[:5]}-{key[5:]}")
    typer.echo(
        "Everybody on this network can reach the address; it is not encrypted. If a page stays "
        "empty on a device, its network or proxy blocks websockets: use another network or a "
        "phone's hotspot, or ballots on paper."
    )
    return Serving(address, key).as_arguments()


def network_address() -> str:
    """Return this computer's address on its network.

    Raises
    ------
    ClimriskError
        It is on none.
    """
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect(ELSEWHERE)
            return str(way.getsockname()[0])
    except OSError:
        raise ClimriskError("this computer is on no network; connect it, or leave --workshop "
                            "out") from None  # fmt: skip


def _qr(address: str) -> str:
    try:
        import segno
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a QR code", "app") from missing
    drawn = StringIO()
    segno.make(address).terminal(drawn, compact=True)
    return drawn.getvalue()
