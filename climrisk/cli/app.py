"""`climrisk app`."""

from __future__ import annotations

import os
import socket
import tomllib
from importlib.util import find_spec
from typing import Annotated, Any

import typer

from climrisk.errors import ClimriskError, MissingExtraError

__all__ = ["open_app", "settings"]

FIRST_PORT = 8501
PORTS = 50
"""Ports that are tried one after the other."""


def open_app(
    study: Annotated[
        str, typer.Argument(help="A study folder, or the name of a bundled study.")
    ] = "lx-technology-2023",
    port: Annotated[
        int | None, typer.Option(min=1024, max=65535, help="Port; the first free one by default.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    workshop: Annotated[
        bool, typer.Option("--workshop", help="Open the network, so that people can join.")
    ] = False,
) -> None:
    """Open the app on this computer alone, or with --workshop on its network (extra app).

    Example: climrisk app our-study
    """
    from climrisk.io.study import read_study
    from climrisk.paths import bundled, find_study

    if find_spec("streamlit") is None or find_spec("plotly") is None:
        raise MissingExtraError("the app", "app")
    read_study(study)  # its faults are told here, where they can be read at leisure
    folder = find_study(study).resolve()
    options = settings() | {
        "server.port": _free_port() if port is None else port,
        "server.headless": not browser,
    }
    options["server.allowedHosts"] += _hosts_of_proxies()
    arguments = [str(folder)]
    typer.echo(f"climrisk app: http://127.0.0.1:{options['server.port']}  (stop with Ctrl-C)")
    if workshop:
        from climrisk.cli.network import open_to_network

        arguments += open_to_network(options)
    _serve(str(bundled("app.py")), arguments, options)


def _hosts_of_proxies() -> list[str]:
    """Return the names under which a proxy makes the app known."""
    stated = os.environ.get("CLIMRISK_APP_HOSTS", "")
    return [name.strip() for name in stated.split(",") if name.strip()]


def settings() -> dict[str, Any]:
    """Return the app's own settings by Streamlit's dotted names."""
    from climrisk.paths import bundled

    text = (bundled(".streamlit") / "config.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text), ""))


def _flat(node: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for name, value in node.items():
        if isinstance(value, dict):
            flat += _flat(value, f"{prefix}{name}.")
        else:
            flat.append((f"{prefix}{name}", value))
    return flat


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) != 0:
                return port
    last = FIRST_PORT + PORTS - 1
    raise ClimriskError(f"ports {FIRST_PORT} to {last} are all in use; name one with --port")


def _serve(script: str, arguments: list[str], options: dict[str, Any]) -> None:
    """Run Streamlit in this process; it asks for no e-mail when started this way."""
    from streamlit.web import bootstrap

    flags = {name.replace(".", "_"): value for name, value in options.items()}
    bootstrap.load_config_options(flag_options=flags)
    bootstrap.run(script, False, arguments, flags)
