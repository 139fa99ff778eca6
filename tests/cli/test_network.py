"""`climrisk app --workshop` opens the network, prints how to join, and tells the script alone."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest
from typer.testing import CliRunner

from climrisk.cli import app as command
from climrisk.cli import network
from climrisk.cli.main import app
from climrisk.errors import ClimriskError
from climrisk.workshop.serving import read_serving


def test_address_qr_and_key_are_printed_and_the_script_knows_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, Any] = {}
    names = ("script", "arguments", "options")
    monkeypatch.setattr(
        command, "_serve", lambda *given: seen.update(zip(names, given, strict=True))
    )
    monkeypatch.setattr(network, "network_address", lambda: "192.0.2.7")
    result = CliRunner().invoke(app, ["app", "--workshop", "--no-browser", "--port", "9001"])
    assert result.exit_code == 0, result.output
    assert seen["options"]["server.address"] == "0.0.0.0"
    assert seen["options"]["browser.serverAddress"] == "192.0.2.7", "no outside host is asked"
    assert {"192.0.2.7", "127.0.0.1"} <= set(seen["options"]["server.allowedHosts"])
    served = read_serving(seen["arguments"])
    assert served.address == "http://192.0.2.7:9001"
    printed = re.search(r"key: (\w{5}-\w{5})", result.output)
    assert printed
    assert served.opens(printed[1])
    assert "people join at: http://192.0.2.7:9001" in result.output
    assert "\u2588" in result.output or "\u2584" in result.output
    assert "websockets" in result.output


def test_without_a_network_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> None:
        raise OSError("unreachable")

    monkeypatch.setattr(socket.socket, "connect", nowhere)
    with pytest.raises(ClimriskError, match="on no network"):
        network.network_address()
