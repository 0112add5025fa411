"""Ports that are ours for as long as we run, also while the part that listens there is being restarted."""

import errno
import socket

from deploy.embedded.faults import Fault

LOOPBACK = "127.0.0.1"


class HeldPort:
    """A port bound by the supervisor, which never listens: the part listens, others cannot take it.

    Both sides bind with SO_REUSEADDR; Linux lets them share the port while only one of them listens, and
    picks a bound port for nobody else. A connection while the part is away is refused at once.
    """

    def __init__(self, host: str, port: int = 0) -> None:
        self.host = host
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self.port: int = self._socket.getsockname()[1]

    def close(self) -> None:
        """Let the port go."""
        self._socket.close()


def hold_public_port(host: str, port: int) -> HeldPort:
    """Hold the port that people use; raises Fault with the mend when it cannot be had."""
    try:
        return HeldPort(host, port)
    except socket.gaierror:
        raise Fault(f"CAMP_HOST={host} is no address of this machine; give 127.0.0.1 or 0.0.0.0") from None
    except OSError as error:
        raise Fault(_explain(host, port, error)) from error


def _explain(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program; choose another with CAMP_PORT={port + 1} ./camp up"
    if error.errno == errno.EACCES:
        return f"Port {port} may only be used by root; choose one above 1023 with CAMP_PORT"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"CAMP_HOST={host} is no address of this machine; give 127.0.0.1 or 0.0.0.0"
    return (
        f"Port {port} at {host} cannot be used ({error.strerror}); choose others with CAMP_HOST and CAMP_PORT"
    )
