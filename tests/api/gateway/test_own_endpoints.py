"""The gateway's own part of the API: who may, what is refused, and what the answers carry."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.gateway.conftest import bearer, token_of
from tests.api.gateway.upstream import Upstream

PASSWORD = "demo-demo-demo"
NEW = "a wholly new password"
ME, TOKENS, CURRENT, MY_PASSWORD = (
    "/api/v1/me",
    "/api/v1/tokens",
    "/api/v1/tokens/current",
    "/api/v1/me/password",
)
GOOD: dict[str, dict[str, str] | None] = {
    f"POST {TOKENS}": {"email": "member@demo.test", "password": PASSWORD},
    f"DELETE {CURRENT}": None,
    f"GET {ME}": None,
    f"PUT {MY_PASSWORD}": {"current_password": PASSWORD, "new_password": NEW},
}
NEEDED = [operation for operation in GOOD if not operation.startswith("POST")]


def send(client: FlaskClient, operation: str, **options: Any) -> Any:
    method, path = operation.split(" ")
    body = {"json": GOOD[operation]} if GOOD[operation] is not None else {}
    return client.open(path, method=method, **{**body, **options})


@pytest.mark.parametrize("operation", GOOD)
@pytest.mark.parametrize("who", ["resident", "member", "staff", "admin"])
def test_everyone_with_an_account_may(client: FlaskClient, operation: str, who: str) -> None:
    answer = send(client, operation, headers=bearer(token_of(client, who)))
    assert answer.status_code in (200, 201, 204)


@pytest.mark.parametrize("operation", NEEDED)
@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Basic bWU6bWU=", "Bearer " + "A" * 43, "Bearer ą", "bearer x y"],
)
def test_nobody_else_may(client: FlaskClient, operation: str, header: str | None) -> None:
    answer = send(client, operation, headers={} if header is None else {"Authorization": header})
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_who_has_an_old_token_may_ask_for_a_new_one(client: FlaskClient) -> None:
    assert send(client, f"POST {TOKENS}", headers=bearer("A" * 43)).status_code == 201


@pytest.mark.parametrize(
    ("who", "roles", "organizations"),
    [
        ("resident", ["person"], 0),
        ("member", ["person"], 1),
        ("staff", ["person", "staff"], 0),
        ("admin", ["admin", "person", "staff"], 0),
    ],
)
def test_me_tells_what_the_gateway_knows(
    client: FlaskClient, who: str, roles: list[str], organizations: int
) -> None:
    me = send(client, f"GET {ME}", headers=bearer(token_of(client, who))).json
    assert set(me) == {"subject", "email", "name", "roles", "organizations", "language"}
    assert (me["email"], me["roles"], len(me["organizations"])) == (f"{who}@demo.test", roles, organizations)


SECRET = {"email": "member@demo.test", "password": PASSWORD}
# what is sent instead of a good body, and what is said of it
BAD_BODIES: dict[str, tuple[dict[str, Any], int, str]] = {
    "nothing": ({"data": b""}, 422, "invalid_body"),
    "no object": ({"json": [SECRET]}, 422, "invalid_body"),
    "no JSON": ({"data": b"{", "content_type": "application/json"}, 400, "invalid_json"),
    "no UTF-8": ({"data": b'{"a": "\xff"}', "content_type": "application/json"}, 400, "invalid_json"),
    "a form": ({"data": SECRET}, 415, "unsupported_media_type"),
    "plain text": ({"data": b"{}", "content_type": "text/plain"}, 415, "unsupported_media_type"),
    "an unknown field": ({"json": {**SECRET, "admin": True}}, 422, "invalid_body"),
    "no password": ({"json": {"email": "a@b.org"}}, 422, "invalid_body"),
    "a number": ({"json": {**SECRET, "password": 123456789012}}, 422, "invalid_body"),
    "null": ({"json": {**SECRET, "email": None}}, 422, "invalid_body"),
    "a list": ({"json": {**SECRET, "email": ["a@b.org"]}}, 422, "invalid_body"),
    "NUL": ({"json": {**SECRET, "email": "a\x00@b.org"}}, 422, "invalid_body"),
    "a lone surrogate": (
        {"data": b'{"email": "\\ud800", "password": "x"}', "content_type": "application/json"},
        422,
        "invalid_body",
    ),
    "a very long password": ({"json": {**SECRET, "password": "a" * 801}}, 422, "invalid_body"),
    "a very long address": ({"json": {**SECRET, "email": "a" * 255}}, 422, "invalid_body"),
    "too deep": ({"data": b"[" * 100_000, "content_type": "application/json"}, 422, "invalid_body"),
    "too large": ({"data": b"a" * 2_000_000, "content_type": "application/json"}, 413, "body_too_large"),
    "a query": ({"json": SECRET, "query_string": "x=1"}, 422, "invalid_query"),
}


@pytest.mark.parametrize("operation", [f"POST {TOKENS}", f"PUT {MY_PASSWORD}"])
@pytest.mark.parametrize(("sent", "status", "code"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_what_cannot_be_read_is_refused(
    client: FlaskClient, operation: str, sent: dict[str, Any], status: int, code: str
) -> None:
    headers = bearer(token_of(client)) if operation.startswith("PUT") else {}
    method, path = operation.split(" ")
    answer = client.open(path, method=method, headers=headers, **sent)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert PASSWORD not in answer.text


def test_a_token_is_for_no_cache(client: FlaskClient) -> None:
    assert send(client, f"POST {TOKENS}").headers["Cache-Control"] == "no-store"


def test_a_new_password_ends_every_token(client: FlaskClient) -> None:
    here, there = bearer(token_of(client)), bearer(token_of(client))
    assert client.get(ME, headers=there).status_code == 200
    assert send(client, f"PUT {MY_PASSWORD}", headers=here).status_code == 204
    assert [client.get(ME, headers=headers).status_code for headers in (here, there)] == [401, 401]
    assert send(client, f"POST {TOKENS}").status_code == 401
    again = {"email": "member@demo.test", "password": NEW}
    assert client.post(TOKENS, json=again).status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"current_password": "wrong", "new_password": NEW}, "current_password"),
        ({"current_password": PASSWORD, "new_password": "short"}, "new_password"),
        ({"current_password": PASSWORD, "new_password": "Member@Demo.test"}, "new_password"),
    ],
)
def test_a_new_password_that_cannot_be_taken_changes_nothing(
    client: FlaskClient, body: dict[str, str], field: str
) -> None:
    headers = bearer(token_of(client))
    refused = client.put(MY_PASSWORD, json=body, headers=headers)
    assert (refused.status_code, [fault["field"] for fault in refused.json["errors"]]) == (422, [field])
    assert client.get(ME, headers=headers).status_code == 200


def test_the_current_password_cannot_be_guessed_at_will(client: FlaskClient) -> None:
    headers = bearer(token_of(client))
    body = {"current_password": "wrong", "new_password": NEW}
    statuses = [client.put(MY_PASSWORD, json=body, headers=headers).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


@pytest.mark.parametrize("path", [TOKENS, "/api/v1/me/x", "/api/v1/tokens/x", "/api/v2/me"])
def test_what_is_not_there_is_told_as_a_problem(client: FlaskClient, booking: Upstream, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert answer.content_type == "application/problem+json"
    assert booking.seen == []
