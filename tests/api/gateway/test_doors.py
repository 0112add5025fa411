"""Methods, headers and health at the one door."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.kernel.caller import CallerVerifier
from tests.api.gateway.conftest import bearer, token_of
from tests.api.gateway.upstream import Upstream, say

pytestmark = pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)


def statement(booking: Upstream) -> str:
    """The signed statement of who asks that came last."""
    return booking.seen[-1][2]["Authorization"]


def test_head_tells_what_get_would(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = say(200, b"", ETag='"7"')
    answer = client.head("/api/v1/rooms")
    assert (booking.seen[-1][0], answer.status_code, answer.headers["ETag"]) == ("HEAD", 200, '"7"')


def test_the_service_says_what_methods_it_knows(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = say(200, b"", Allow="GET, HEAD, OPTIONS")
    answer = client.options("/api/v1/rooms")
    assert (booking.seen[-1][0], answer.headers["Allow"]) == ("OPTIONS", "GET, HEAD, OPTIONS")
    assert client.options("/api/v1/nothing").status_code == 404


@pytest.mark.parametrize(
    "name", ["If-None-Match", "If-Match", "Idempotency-Key", "Reservation-Key", "Accept"]
)
def test_what_a_service_needs_to_know_goes_along(client: FlaskClient, booking: Upstream, name: str) -> None:
    client.get("/api/v1/rooms", headers={name: "value"})
    assert booking.seen[-1][2][name] == "value"


@pytest.mark.parametrize(
    "name",
    ["X-Forwarded-Host", "Forwarded", "X-Real-IP", "Proxy-Authorization", "TE", "Upgrade", "X-Camp-Caller"],
)
def test_what_nobody_may_claim_stays_outside(client: FlaskClient, booking: Upstream, name: str) -> None:
    client.get("/api/v1/rooms", headers={name: "value"})
    assert name not in booking.seen[-1][2]


@pytest.mark.parametrize("name", ["short", "x" * 81, "has blanks in it", "ąęść-ąęść"])
def test_a_request_id_that_is_none_is_made_anew(client: FlaskClient, booking: Upstream, name: str) -> None:
    answer = client.get("/api/v1/rooms", headers={"X-Request-Id": name})
    assert answer.headers["X-Request-Id"] != name
    assert booking.seen[-1][2]["X-Request-Id"] == answer.headers["X-Request-Id"]


def test_not_modified_goes_through_without_a_body(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = say(304, b"", ETag='"7"')
    answer = client.get("/api/v1/rooms", headers={"If-None-Match": '"7"'})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", '"7"')


def test_a_statement_is_signed_once_for_a_while_and_for_each_person(
    client: FlaskClient, booking: Upstream, verifier: CallerVerifier
) -> None:
    said = []
    for who in ("member", "member", "staff"):
        client.get("/api/v1/rooms", headers=bearer(token_of(client, who)))
        said.append(statement(booking))
    assert said[0] == said[1] != said[2]
    subjects = {verifier.verify(one.removeprefix("Bearer ")).subject for one in said}
    assert len(subjects) == 2


def test_answers_of_the_api_are_never_pages(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = say(200, b"<script>alert(1)</script>", Content_Type="text/html")
    headers = client.get("/api/v1/rooms").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-cache"


def test_health_names_each_part(client: FlaskClient, booking: Upstream) -> None:
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    found = {part["name"]: part["ok"] for part in answer.json["parts"]}
    assert answer.status_code == 503
    assert found == {
        "database": True,
        "migrations": True,
        "booking": True,
        "notifications": False,
        "redis": True,
    }


def test_health_passes_on_what_a_service_misses(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = say(
        503, b'{"parts": [{"name": "guards", "ok": false, "needed": true, "reason": "They fell."}]}'
    )
    parts = {part["name"]: part for part in client.get("/readyz").json["parts"]}
    assert parts["booking"]["reason"] == "guards: They fell."


def test_measures_are_told_by_route_and_not_by_path(client: FlaskClient, booking: Upstream) -> None:
    client.get("/api/v1/rooms/some-secret-room")
    told = client.get("/metrics").text
    assert "/api/v1/&lt;path:rest&gt;" in told or "/api/v1/<path:rest>" in told
    assert "some-secret-room" not in told


def test_requests_of_one_address_are_held_to_their_limit(gateway: Flask, booking: Upstream) -> None:
    limits = gateway.extensions["camp.parts"].extras["limits"]
    client = gateway.test_client()
    for _ in range(6000):
        limits.take_request("127.0.0.1")
    refused = client.get("/api/v1/rooms")
    assert (refused.status_code, refused.json["code"]) == (429, "too_many_requests")
    assert int(refused.headers["Retry-After"]) >= 1
    assert client.get("/healthz").status_code == 200
