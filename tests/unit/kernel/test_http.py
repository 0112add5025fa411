"""What calling a service means when it is well, away, silent, endless or wrong."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from services.kernel.caller import ANONYMOUS, Caller, CallerSigner, CallerVerifier, generate_keypair
from services.kernel.errors import BadGateway, Conflict, GatewayTimeout, Invalid, Problem, Unavailable
from services.kernel.http import MAX_ANSWER_BYTES, Answer, HttpClient, problem_of
from services.kernel.logs import bind_request_id, clear_request_id

Script = Callable[[socket.socket], None]


class Upstream:
    """A server that answers each connection as the next script says, and keeps what it was sent."""

    def __init__(self, *scripts: Script) -> None:
        self.heads: list[str] = []
        self._scripts = list(scripts)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        for script in self._scripts:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                self.heads.append(connection.recv(65536).decode("latin-1"))
                try:
                    script(connection)
                except OSError:
                    continue

    def close(self) -> None:
        """Refuse connections from now on."""
        self._listener.close()


def answering(status: int, body: object = "", **headers: str) -> Script:
    content = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return lambda to: to.sendall("\r\n".join([*lines, "", ""]).encode() + content)


def sending(raw: bytes) -> Script:
    return lambda to: to.sendall(raw)


def hanging_up(_: socket.socket) -> None:
    """Close without a word."""


def silent(to: socket.socket) -> None:
    """Say nothing until the client goes."""
    to.settimeout(5)
    to.recv(1)


def dripping(to: socket.socket) -> None:
    """A byte now and then, without end."""
    to.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(200):
        to.sendall(b"a")
        time.sleep(0.05)


def endless(to: socket.socket) -> None:
    """More than anyone takes."""
    to.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    for _ in range(2 * MAX_ANSWER_BYTES // 65536):
        to.sendall(b"a" * 65536)


@contextmanager
def upstream(*scripts: Script, signer: CallerSigner | None = None) -> Iterator[tuple[Upstream, HttpClient]]:
    server = Upstream(*scripts)
    client = HttpClient(server.url + "/", service="booking", signer=signer, read_timeout=0.5)
    yield server, client
    client.close()
    server.close()


def test_an_answer_comes_whole() -> None:
    with upstream(answering(200, {"a": "ż"}, ETag='"3"')) as (server, client):
        answer = client.call("GET", "/a?b=%C5%BC")
    assert (answer.status, answer.json(), answer.headers["etag"]) == (200, {"a": "ż"}, '"3"')
    assert server.heads[0].startswith("GET /a?b=%C5%BC HTTP/1.1")


def test_the_request_id_and_the_signed_caller_go_along() -> None:
    private, public = generate_keypair()
    who = Caller("person-1", frozenset({"person"}), language="uk")
    with upstream(answering(200), signer=CallerSigner(private, "gateway")) as (server, client):
        asked = bind_request_id()
        client.send("GET", "/", caller=who, headers={"Authorization": "Bearer forged", "If-Match": '"2"'})
        clear_request_id()
    lines = dict(line.split(": ", 1) for line in server.heads[0].split("\r\n")[1:] if line)
    assert (lines["X-Request-Id"], lines["If-Match"]) == (asked, '"2"')
    token = lines["Authorization"].removeprefix("Bearer ")
    assert CallerVerifier({"gateway": public}, "booking").verify(token) == who


def test_a_redirect_is_not_followed() -> None:
    with upstream(answering(302, Location="http://127.0.0.1:1/")) as (_, client):
        assert client.send("GET", "/").status == 302


@pytest.mark.parametrize(
    ("script", "error", "code"),
    [
        (silent, GatewayTimeout, "service_timeout"),
        (dripping, GatewayTimeout, "service_timeout"),
        (endless, BadGateway, "bad_gateway"),
        (sending(b"not HTTP at all\r\n\r\n"), BadGateway, "bad_gateway"),
        (sending(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), BadGateway, "bad_gateway"),
        (answering(401, {"code": "caller_invalid"}), BadGateway, "bad_gateway"),
    ],
)
def test_an_answer_that_cannot_be_used_is_told_by_its_meaning(
    script: Script, error: type[Problem], code: str
) -> None:
    with upstream(script, script) as (_, client), pytest.raises(error) as told:
        client.send("POST", "/", caller=ANONYMOUS())
    assert (told.value.code, told.value.particulars["service"]) == (code, "booking")


def test_a_service_that_is_away_is_told_at_once() -> None:
    with upstream() as (server, client):
        server.close()
        began = time.monotonic()
        with pytest.raises(Unavailable) as told:
            client.send("GET", "/")
    assert (told.value.code, told.value.retry_after) == ("service_unavailable", 5)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("method", "headers", "repeated"),
    [
        ("GET", {}, True),
        ("POST", {}, False),
        ("DELETE", {}, False),
        ("POST", {"Idempotency-Key": "k"}, True),
    ],
)
def test_only_what_may_be_repeated_is_sent_again(
    method: str, headers: dict[str, str], repeated: bool
) -> None:
    with upstream(hanging_up, answering(200)) as (server, client):
        if repeated:
            assert client.send(method, "/", headers=headers).status == 200
        else:
            with pytest.raises(Unavailable):
                client.send(method, "/", headers=headers)
        assert len(server.heads) == 1 + repeated


def test_nothing_is_sent_a_third_time() -> None:
    with upstream(hanging_up, hanging_up, answering(200)) as (server, client):
        with pytest.raises(Unavailable):
            client.send("GET", "/")
        assert len(server.heads) == 2


def test_silence_is_not_asked_again() -> None:
    with upstream(silent, answering(200)) as (server, client):
        with pytest.raises(GatewayTimeout):
            client.send("GET", "/")
        assert len(server.heads) == 1


@pytest.mark.parametrize(
    ("status", "told", "kind"),
    [
        (409, {"code": "slot_taken", "conflicts": [1]}, Conflict),
        (422, {"code": "invalid_body", "errors": [{"field": "a"}]}, Invalid),
        (503, {"code": "busy"}, Unavailable),
        (418, {"code": "teapot"}, BadGateway),
        (500, ["no", "problem"], BadGateway),
        (404, {"code": 7}, BadGateway),
    ],
)
def test_a_problem_keeps_its_meaning(status: int, told: object, kind: type[Problem]) -> None:
    problem = problem_of(Answer(status, {"retry-after": "3"}, json.dumps(told).encode()))
    assert type(problem) is kind
    if kind is not BadGateway:
        assert isinstance(told, dict)
        assert problem.retry_after == 3
        assert {"code": problem.code, **problem.particulars}.items() >= told.items()


def test_an_answer_that_is_no_json_says_so() -> None:
    with pytest.raises(BadGateway):
        Answer(200, {}, b"<html>").json()
