"""The gateway as gunicorn runs it: what a test client never sends."""

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import urllib3

from services.kernel.caller import generate_keypair
from tests.api.gateway.upstream import Upstream, running_upstream
from tests.support.running import run_command, running_service

pytestmark = pytest.mark.slow

PRIVATE, _ = generate_keypair()


@pytest.fixture(scope="module")
def booking() -> Iterator[Upstream]:
    with running_upstream() as upstream:
        yield upstream


@pytest.fixture(scope="module")
def address(booking: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gateway behind one proxy, without Redis, where each address may send two guest bookings."""
    folder: Path = tmp_path_factory.mktemp("gateway")
    settings = {
        "GATEWAY_DATABASE_URL": f"sqlite:///{folder}/gateway.db",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "BOOKING_URL": booking.url,
        "NOTIFICATIONS_URL": "http://127.0.0.1:1",
        "CAMP_PUBLIC_URL": "https://centre.example.org",
        "GATEWAY_PRIVATE_KEY": PRIVATE,
        "GATEWAY_SECRET_KEY": "s" * 40,
        "CAMP_TRUSTED_PROXIES": "1",
        "GATEWAY_GUEST_BOOKINGS_PER_HOUR": "2",
    }
    run_command(["gateway.cli", "migrate"], settings)
    run_command(["gateway.cli", "seed-demo"], settings)
    with running_service("gateway.wsgi", settings, folder / "log", processes=1) as url:
        yield url


def ask(address: str, path: str, method: str = "GET", **options: object) -> tuple[int, bytes]:
    """Send a path just as it is written; no library tidies it up."""
    target = urlsplit(address)
    connection = http.client.HTTPConnection(str(target.hostname), target.port, timeout=10)
    try:
        connection.request(method, path, **options)  # type: ignore[arg-type]
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/rooms/../../internal/x",
        "/api/v1/rooms/%2e%2e/%2e%2e/internal/x",
        "/api/v1/rooms/..%2f..%2finternal%2fx",
        "/api/v1/rooms%2f..%2f..%2finternal",
        "/api/v1/rooms/%5c..%5cinternal",
        "/api/v1/rooms/%00",
        "/api/v1/rooms/%ff",
        "/internal/x",
        "/api/v1/../../openapi.json",
    ],
)
def test_no_spelling_of_a_path_leads_behind_the_door(address: str, booking: Upstream, path: str) -> None:
    before = len(booking.seen)
    assert ask(address, path)[0] in (308, 400, 404)
    assert len(booking.seen) == before


def test_an_encoded_name_arrives_as_it_was_meant(address: str, booking: Upstream) -> None:
    assert ask(address, "/api/v1/rooms/%C5%9Bwietlica%20a?x=%2F%26")[0] == 200
    assert booking.seen[-1][1] == "/api/v1/rooms/%C5%9Bwietlica%20a?x=%2F%26"


def test_a_chunked_body_over_the_limit_stays_outside(address: str, booking: Upstream) -> None:
    before = len(booking.seen)
    chunks = (b"a" * 65_536 for _ in range(32))
    headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    try:
        status, _ = ask(
            address, "/api/v1/reservations/check", "POST", body=chunks, headers=headers, encode_chunked=True
        )
        assert status == 413
    except OSError:  # the door was shut while we were still talking
        pass
    assert len(booking.seen) == before


def test_a_chunked_body_within_the_limit_arrives_whole(address: str, booking: Upstream) -> None:
    headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    body = (piece for piece in (b'{"a":', b" 1}"))
    status, _ = ask(
        address, "/api/v1/reservations/check", "POST", body=body, headers=headers, encode_chunked=True
    )
    assert (status, booking.seen[-1][3]) == (200, b'{"a": 1}')


def test_only_the_trusted_proxy_says_who_the_client_is(address: str) -> None:
    """What a client writes into X-Forwarded-For stands before what the proxy adds, and counts for nothing."""

    def book(forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded, "Content-Type": "application/json"}
        return ask(address, "/api/v1/reservations", "POST", body=b"{}", headers=headers)[0]

    assert [book(f"203.0.113.{number}, 192.0.2.1") for number in range(3)] == [200, 200, 429]
    assert book("203.0.113.1, 192.0.2.2") == 200


def test_with_tls_the_cookie_of_a_login_is_for_this_host_alone(address: str) -> None:
    headers = {"X-Forwarded-Proto": "https", "Referer": "https://centre.example.org/login"}
    headers["Host"] = "centre.example.org"
    with urllib3.PoolManager(retries=False) as pool:
        page = pool.request("GET", f"{address}/login", headers=headers)
        token = page.data.decode().partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        form = {"email": "member@demo.test", "password": "demo-demo-demo", "csrf_token": token}
        answer = pool.request(
            "POST",
            f"{address}/login",
            fields=form,
            encode_multipart=False,
            headers={**headers, "Cookie": cookie},
            redirect=False,
        )
    assert answer.status == 303, answer.data.decode()
    login = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-login="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(login.split("; "))
    assert "Domain" not in login
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_two_requests_hidden_in_one_are_not_let_through(address: str, booking: Upstream) -> None:
    """Content-Length and Transfer-Encoding that disagree: refused, or read as one request."""
    before = len(booking.seen)
    target = urlsplit(address)
    with socket.create_connection((str(target.hostname), target.port or 80), timeout=5) as connection:
        connection.sendall(
            b"POST /api/v1/reservations/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"0\r\n\r\nGET /api/v1/outbox HTTP/1.1\r\nHost: x\r\n\r\n"
        )
        answered = connection.recv(65_536)
    assert answered.startswith(b"HTTP/1.1 ")
    assert "/api/v1/outbox" not in [path for _, path, _, _ in booking.seen[before:]]
