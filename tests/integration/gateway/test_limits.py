"""Limits hold over processes, and in each process while Redis is away; nobody is ever shut out by that."""

import os
import signal
import time

import pytest

from gateway.identity import limits as limits_module
from gateway.identity.limits import Limits, network_of
from services.kernel.errors import TooManyRequests
from tests.support.valkey import Valkey

ADDRESS, EMAIL = "192.0.2.7", "person@example.org"
NOWHERE = "redis://127.0.0.1:1/0"


def limits_at(url: str) -> Limits:
    """The limits as one process has them: two bad logins, two guest bookings, three requests."""
    return Limits(url, logins=2, guest_bookings=2, requests=3)


def fail_login(limits: Limits, address: str = ADDRESS, email: str = EMAIL) -> None:
    limits.check_login(address, email)
    limits.count_failed_login(address, email)


def test_what_one_process_counted_another_knows(valkey_url: str) -> None:
    one, other = limits_at(valkey_url), limits_at(valkey_url)
    fail_login(one)
    fail_login(other)
    for process in (one, other):
        with pytest.raises(TooManyRequests) as refused:
            process.check_login(ADDRESS, EMAIL)
        assert 1 <= (refused.value.retry_after or 0) <= 60


def test_guessing_is_held_by_address_and_by_email(valkey_url: str) -> None:
    limits = limits_at(valkey_url)
    fail_login(limits, "192.0.2.1", "a@example.org")
    fail_login(limits, "192.0.2.1", "b@example.org")
    with pytest.raises(TooManyRequests):
        limits.check_login("192.0.2.1", "c@example.org")
    fail_login(limits, "192.0.2.2", "a@example.org")
    with pytest.raises(TooManyRequests):
        limits.check_login("192.0.2.3", " A@Example.org")
    limits.check_login("192.0.2.3", "c@example.org")


def test_logins_that_succeed_are_free(valkey_url: str) -> None:
    limits = limits_at(valkey_url)
    for _ in range(20):
        limits.check_login(ADDRESS, EMAIL)


def test_without_redis_each_process_counts_for_itself() -> None:
    one, other = limits_at(NOWHERE), limits_at(NOWHERE)
    for _ in range(2):
        fail_login(one)
        one.take_guest_booking(ADDRESS)
    for refused in (lambda: one.check_login(ADDRESS, EMAIL), lambda: one.take_guest_booking(ADDRESS)):
        with pytest.raises(TooManyRequests):
            refused()
    other.check_login(ADDRESS, EMAIL)
    other.take_guest_booking(ADDRESS)


def test_redis_may_go_and_come_back(own_valkey: Valkey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_module, "AWAY_SECONDS", 0.0)
    limits = limits_at(own_valkey.url)
    limits.take_guest_booking(ADDRESS)
    own_valkey.stop()
    limits.take_guest_booking(ADDRESS)
    own_valkey.start()
    limits.take_guest_booking(ADDRESS)
    with pytest.raises(TooManyRequests):
        limits.take_guest_booking(ADDRESS)


def test_a_redis_that_hangs_slows_one_request_only(own_valkey: Valkey) -> None:
    limits = limits_at(own_valkey.url)
    limits.take_guest_booking("192.0.2.1")
    assert own_valkey._process is not None
    os.kill(own_valkey._process.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        for number in range(50):
            limits.take_guest_booking(f"192.0.2.{number + 2}")
        assert time.monotonic() - began < 1.5
    finally:
        os.kill(own_valkey._process.pid, signal.SIGCONT)


def test_requests_are_counted_for_each_address() -> None:
    limits = limits_at(NOWHERE)
    for _ in range(3):
        limits.take_request("192.0.2.1")
    with pytest.raises(TooManyRequests):
        limits.take_request("192.0.2.1")
    limits.take_request("192.0.2.2")


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::1", "::/64"),
        ("", "unknown"),
        ("unix:", "unix:"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_ipv6(address: str, client: str) -> None:
    assert network_of(address) == client


@pytest.mark.parametrize("url", ["unix:///nowhere/at/all.sock?db=1", "rediss://127.0.0.1:1/0"])
def test_every_way_to_redis_that_a_setting_may_name_is_known(url: str) -> None:
    limits_at(url).take_guest_booking(ADDRESS)
