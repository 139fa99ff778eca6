"""A server of the app in a process of its own, cut off from every other host."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DRAWS = "100"
OFFLINE = """
import os, sys
ASKED = os.environ["CLIMRISK_TEST_ASKED"]

def refuse(event, values):
    if event not in ("socket.connect", "socket.getaddrinfo"):
        return
    host = values[1][0] if event == "socket.connect" else values[0]
    if isinstance(host, bytes):
        host = host.decode()
    if host not in (None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0"):
        with open(ASKED, "a") as told:
            print(event, host, file=told)
        raise OSError(f"no network: {host}")

sys.addaudithook(refuse)
"""
"""Refuses connections to other hosts, and keeps what was asked for."""
DIE = """
import signal
from climrisk.workshop import study_edits

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

study_edits.settle = die
"""
"""Ends the process inside a commit: the register is replaced, the log does not know it yet."""
START = "from climrisk.cli.main import main; main()"


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Attributes
    ----------
    address : str
    folder : Path
        Where it was started, and where it makes folders of studies.
    process : Popen
    """

    address: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def asked_outside(self) -> str:
        """What the server asked of other hosts."""
        asked = self.folder / "asked.txt"
        return asked.read_text() if asked.exists() else ""

    def kill(self) -> None:
        """End it at once, as kill -9 does."""
        self.process.kill()
        self.process.wait()


def database(folder: Path) -> str:
    """Return the address of a server's database."""
    return f"sqlite:///{folder / 'data' / 'w.sqlite'}"


@contextmanager
def serving(
    folder: Path, study: str = "lx-technology-2023", *, dies: bool = False
) -> Iterator[Server]:
    """Serve the app from a folder."""
    port = _free_port()
    code = OFFLINE + (DIE if dies else "") + START
    command = [sys.executable, "-c", code, "app", study, "--no-browser", "--port", str(port)]
    own = {
        "CLIMRISK_APP_DRAWS": DRAWS,
        "CLIMRISK_DATABASE_URL": database(folder),
        "CLIMRISK_TEST_ASKED": str(folder / "asked.txt"),
    }
    with subprocess.Popen(command, cwd=folder, env={**os.environ, **own}) as process:
        server = Server(f"http://127.0.0.1:{port}", folder, process)
        try:
            _wait_for(server)
            yield server
        finally:
            process.kill()  # a gentler end waits half a minute for open pages


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(server: Server) -> None:
    for _ in range(240):
        if server.process.poll() is not None:
            raise ChildProcessError("the server ended before it answered")
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"nothing answers at {server.address}")
