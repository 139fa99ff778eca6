"""A PostgreSQL server for the tests: its own user, a temporary folder, a free port.

Usage: python3 scripts/postgres.py start FOLDER   prints the address of the server
       python3 scripts/postgres.py stop FOLDER

The tests take the address from CLIMRISK_TEST_POSTGRES_URL.

Standard library only. PostgreSQL itself must be there (Debian: apt-get install postgresql). It
refuses to run as root, so root calls it as the user `postgres`, which Debian's package makes.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path

_USER = "postgres"
_DATABASE = "postgres"


def main(words: list[str]) -> int:
    """Start or stop a server; return 0 if it worked, 2 if the words are wrong."""
    if len(words) != 2 or words[0] not in ("start", "stop"):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(words[1]).resolve()
    if words[0] == "start":
        print(start(folder))
    else:
        stop(folder)
    return 0


def start(folder: Path) -> str:
    """Start a server in a new folder and return its address.

    Raises
    ------
    SystemExit
        PostgreSQL is missing or does not start.
    """
    folder.mkdir(parents=True)
    if os.geteuid() == 0:
        user = pwd.getpwnam(_USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    port, data = _free_port(), folder / "data"
    _call("initdb", "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
    _call("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    return f"postgresql://{_USER}@127.0.0.1:{port}/{_DATABASE}"


def stop(folder: Path) -> None:
    """Stop the server of a folder and remove the folder."""
    _call("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


def _call(name: str, *words: str) -> None:
    command = [str(_program(name)), *words]
    if os.geteuid() == 0:
        command = ["runuser", "-u", _USER, "--", *command]
    done = subprocess.run(command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout.decode(errors='replace')}")


def _program(name: str) -> Path:
    """Return a server program; Debian keeps those of each version in a folder of their own."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = [Path(path) for path in [shutil.which(name)] if path] or debian[-1:]
    if not found:
        raise SystemExit(f"no {name}: install PostgreSQL (Debian: apt-get install postgresql)")
    return found[0]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
