"""Ports that the supervisor holds while a part listens on them, or nobody does."""

import socket

import pytest

from deploy.embedded.faults import Fault
from deploy.embedded.ports import LOOPBACK, HeldPort, hold_public_port


def listen(port: int) -> socket.socket:
    """Listen as gunicorn and Valkey do."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, port))
    listener.listen()
    return listener


def test_a_part_can_listen_on_a_held_port_again_and_again() -> None:
    held = HeldPort(LOOPBACK)
    for _ in range(2):
        with listen(held.port), socket.create_connection((LOOPBACK, held.port), timeout=1):
            pass
    held.close()


def test_a_connection_to_a_part_that_is_away_is_refused_at_once() -> None:
    held = HeldPort(LOOPBACK)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((LOOPBACK, held.port), timeout=5)
    held.close()


def test_others_do_not_get_a_held_port() -> None:
    held = HeldPort(LOOPBACK)
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind((LOOPBACK, held.port))
    held.close()


def test_a_taken_public_port_is_a_fault_with_another_to_try() -> None:
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Fault, match=f"Port {port} is taken .* CAMP_PORT={port + 1}"):
            hold_public_port(LOOPBACK, port)


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1"])
def test_an_address_of_another_machine_is_a_fault(host: str) -> None:
    with pytest.raises(Fault, match="CAMP_HOST"):
        hold_public_port(host, 0)
