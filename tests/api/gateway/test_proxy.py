"""The one door: what goes through, as whom, and what is said when a service fails."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.kernel.caller import CallerVerifier
from tests.api.gateway.conftest import bearer, token_of
from tests.api.gateway.upstream import Upstream, break_off, drip, hang, hang_up, once, say, speak_garbage

pytestmark = pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)


def caller_seen(booking: Upstream, verifier: CallerVerifier) -> Any:
    headers = booking.seen[-1][2]
    return verifier.verify(headers["Authorization"].removeprefix("Bearer "))


def test_a_request_goes_through_as_it_is(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = say(201, b'{"a": 1}', ETag='"3"', Location="/x", Set_Cookie="a=b", X_Secret="no")
    answer = client.post(
        "/api/v1/reservations?x=%2F",
        data=b'{"b": 2}',
        content_type="application/json",
        headers={"Idempotency-Key": "k", "Cookie": "login=x", "X-Forwarded-For": "1.2.3.4"},
    )
    method, path, headers, body = booking.seen[-1]
    assert (method, path, body) == ("POST", "/api/v1/reservations?x=%2F", b'{"b": 2}')
    assert headers["Idempotency-Key"] == "k"
    assert "Cookie" not in headers
    assert "X-Forwarded-For" not in headers
    assert (answer.status_code, answer.json, answer.headers["ETag"]) == (201, {"a": 1}, '"3"')
    assert "X-Secret" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_the_request_id_goes_along(client: FlaskClient, booking: Upstream) -> None:
    answer = client.get("/api/v1/rooms", headers={"X-Request-Id": "follow-me-1"})
    assert booking.seen[-1][2]["X-Request-Id"] == "follow-me-1"
    assert answer.headers["X-Request-Id"] == "follow-me-1"


def test_who_asks_is_said_by_the_gateway_alone(
    client: FlaskClient, booking: Upstream, verifier: CallerVerifier
) -> None:
    client.get("/api/v1/rooms")
    assert caller_seen(booking, verifier).is_anonymous
    client.get("/api/v1/rooms", headers=bearer(token_of(client, "staff")))
    assert caller_seen(booking, verifier).is_staff
    client.get("/api/v1/rooms", headers=bearer(token_of(client, "member")))
    member = caller_seen(booking, verifier)
    assert not member.is_staff
    assert [organization.verified for organization in member.organizations] == [True]


def test_a_token_that_is_none_is_not_taken_for_anonymous(client: FlaskClient, booking: Upstream) -> None:
    for header in ("Bearer nonsense", "Basic abc", "Bearer"):
        answer = client.get("/api/v1/rooms", headers={"Authorization": header})
        assert (answer.status_code, answer.json["code"]) == (401, "token_invalid")
    assert booking.seen == []


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing",
        "/api/v1/rooms/../../internal/x",
        "/api/v1/rooms/%2e%2e/%2e%2e/internal/x",
        "/api/v1/rooms/..%2f..%2finternal",
        "/api/v1/rooms//x",
        "/api/v1/rooms/a\\b",
        "/internal/x",
        "/openapi.json",
    ],
)
def test_what_is_not_declared_is_not_reached(client: FlaskClient, booking: Upstream, path: str) -> None:
    assert client.get(path).status_code in (404, 308)
    assert {seen[1] for seen in booking.seen} <= {"/api/v1/centre"}  # which the page for an error asks for


FAILURES: dict[str, tuple[Callable[..., None], int, str]] = {
    "silent": (hang, 504, "service_timeout"),
    "hangs up": (hang_up, 503, "service_unavailable"),
    "garbage": (speak_garbage, 502, "bad_gateway"),
    "breaks off": (break_off, 502, "bad_gateway"),
    "drips": (drip, 504, "service_timeout"),
    "does not know us": (say(401, b'{"code": "caller_invalid"}'), 502, "bad_gateway"),
    "sends elsewhere": (say(302, b"", Location="http://169.254.169.254/"), 502, "bad_gateway"),
    "too long": (say(200, b"a" * (9 * 1024 * 1024)), 502, "bad_gateway"),
}


@pytest.mark.parametrize(("answer", "status", "code"), FAILURES.values(), ids=FAILURES)
def test_a_service_that_fails_is_named(
    client: FlaskClient, booking: Upstream, answer: Callable[..., None], status: int, code: str
) -> None:
    booking.answer = answer
    told = client.get("/api/v1/rooms")
    assert (told.status_code, told.json["code"], told.json["service"]) == (status, code, "booking")
    assert told.content_type == "application/problem+json"


def test_a_service_that_is_away_leaves_the_others_alone(client: FlaskClient) -> None:
    staff = bearer(token_of(client, "staff"))
    assert client.get("/api/v1/deliveries", headers=staff).status_code == 503
    assert client.get("/api/v1/rooms", headers=staff).status_code == 200
    assert client.get("/login").status_code == 200


@pytest.mark.parametrize("location", ["/api/v1/rooms/x", "{url}/api/v1/rooms/x"])
def test_a_redirect_is_passed_on_and_not_followed(
    client: FlaskClient, booking: Upstream, location: str
) -> None:
    booking.answer = say(308, b"", Location=location.format(url=booking.url))
    told = client.get("/api/v1/rooms")
    assert (told.status_code, told.headers["Location"]) == (308, "/api/v1/rooms/x")
    assert len(booking.seen) == 1


def test_a_change_is_never_sent_twice(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = hang_up
    assert client.post("/api/v1/reservations", json={}).status_code == 503
    assert len(booking.seen) == 1


def test_what_may_be_repeated_is_sent_again_when_its_connection_breaks(
    client: FlaskClient, booking: Upstream
) -> None:
    for send in (client.get, partial(client.post, headers={"Idempotency-Key": "k"})):
        booking.answer = once(hang_up, then=say(200, b"{}"), upstream=booking)
        assert send("/api/v1/reservations").status_code == 200
        assert booking.seen[-1][1:2] == booking.seen[-2][1:2]


def test_a_body_over_the_limit_stays_outside(client: FlaskClient, booking: Upstream) -> None:
    told = client.post("/api/v1/reservations", data=b"a" * 10_000_000, content_type="application/json")
    assert (told.status_code, told.json["code"]) == (413, "body_too_large")
    assert booking.seen == []


def test_guests_book_only_so_often(client: FlaskClient) -> None:
    statuses = [client.post("/api/v1/reservations", json={}).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert client.post("/api/v1/reservations/check", json={}).status_code == 200
    member = bearer(token_of(client))
    assert client.post("/api/v1/reservations", json={}, headers=member).status_code == 200
