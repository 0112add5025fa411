"""A PostgreSQL cluster of our own for the length of a test run."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.running import free_port

MISSING = "PostgreSQL is not installed (Debian: apt install postgresql)"
# Nothing of a test run outlives it, so the disk need not be waited for.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def find_programs() -> Path | None:
    """The folder of initdb and postgres, the newest where there are several; None without a server."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def running_cluster(programs: Path) -> Iterator[str]:
    """Start a cluster in a temporary folder; gives the address of its maintenance database."""
    # The server refuses to run as root and then needs a folder that its own user can reach.
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="camp-postgres-"))
    try:
        if user:
            shutil.chown(folder, user)
        data, port = folder / "data", free_port()
        command = [str(programs / "initdb"), "-D", str(data), "-U", "camp", "-A", "trust", "-E", "UTF8"]
        _run([*command, "--locale=C", "--no-sync"], user, folder)
        with _running(programs, data, port, user, folder):
            yield f"postgresql+psycopg://camp@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def execute(url: str, statement: str) -> None:
    """Run one statement outside of any transaction, as CREATE DATABASE wants it."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def _running(programs: Path, data: Path, port: int, user: str | None, folder: Path) -> Iterator[None]:
    options = " ".join(f"-c {name}={value}" for name, value in _FAST.items())
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
    _run([*control, "-o", f"{listen} {options}", "start"], user, folder)
    try:
        yield
    finally:
        _run([*control, "-m", "immediate", "stop"], user, folder)


def _run(command: list[str], user: str | None, folder: Path) -> None:
    done = subprocess.run(
        command,
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr}"


def _major(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0
