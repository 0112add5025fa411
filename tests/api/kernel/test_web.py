"""What every service answers to bad requests, to repeats, and to whom."""

import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate as validate_document

from services.kernel.caller import ANONYMOUS, Caller, CallerSigner, generate_keypair, service_caller
from tests.api.kernel.probe import PRIVATE, signed

ANYONE = ANONYMOUS("pl")
PERSON = Caller(subject="p", roles=frozenset({"person"}))
STAFF = Caller(subject="s", roles=frozenset({"person", "staff"}))


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"name": "a" * 21}, "name", "wrong_length"),
        ({"name": "   "}, "name", "wrong_length"),
        ({"count": 101}, "count", "out_of_range"),
        ({"tags": ["a", "\0"]}, "tags.1", "invalid_text"),
        ({"inner": {}}, "inner.name", "required"),
        ({"inner": []}, "inner", "invalid_type"),
    ],
)
@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_field_against_its_schema_is_named(
    client: FlaskClient, changed: dict[str, Any], field: str, code: str
) -> None:
    answer = client.post("/things", json={"name": "a", **changed}, headers=signed(ANYONE))
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_body")
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "limit=1&limit=2", "cursor=!!", "cursor=eyJ", "more=1"]
)
@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_bad_query_names_its_field(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/things?{query}", headers=signed(PERSON))
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_route_without_query_refuses_one(client: FlaskClient) -> None:
    answer = client.get("/things/empty?x=1", headers=signed(STAFF))
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "unknown_field")


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("/things", ANYONE, 401),
        ("/things", PERSON, 200),
        ("/things", STAFF, 200),
        ("/things", service_caller("booking"), 403),
        ("/things/empty", PERSON, 403),
        ("/things/empty", STAFF, 200),
        ("/things/broken", ANYONE, 500),
        ("/nowhere", STAFF, 404),
    ],
)
def test_who_may_call(client: FlaskClient, path: str, who: Caller, status: int) -> None:
    assert client.get(path, headers=signed(who)).status_code == status


def _other_key(_: Any) -> str:
    return CallerSigner(generate_keypair()[0], "gateway").sign(STAFF, "probe")


FORGED: dict[str, Callable[[Any], str]] = {
    "nothing": lambda _: "",
    "no token": lambda _: "abc",
    "another key": _other_key,
    "another audience": lambda _: CallerSigner(PRIVATE, "gateway").sign(STAFF, "booking"),
    "another issuer": lambda _: CallerSigner(PRIVATE, "somebody").sign(STAFF, "probe"),
    "alg none": lambda _: jwt.encode({"iss": "gateway", "aud": "probe", "sub": "s"}, "", algorithm="none"),
    "alg HS256": lambda _: jwt.encode({"iss": "gateway", "aud": "probe"}, "x" * 32, algorithm="HS256"),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_forged_caller_is_nobody(client: FlaskClient, forge: Callable[[Any], str]) -> None:
    answer = client.get("/things", headers={"Authorization": f"Bearer {forge(None)}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_fault_of_ours_shows_nothing_of_the_inside(client: FlaskClient) -> None:
    answer = client.get("/things/broken", headers=signed(ANYONE))
    assert answer.json["code"] == "internal_error"
    assert "secret" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.json["instance"]


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_the_request_id_is_kept_where_it_is_sound(client: FlaskClient) -> None:
    kept = client.get("/healthz", headers={"X-Request-Id": "abcd-1234"})
    assert kept.headers["X-Request-Id"] == "abcd-1234"
    odd = client.get("/healthz", headers={"X-Request-Id": 'a"} {"b'})
    assert odd.headers["X-Request-Id"] != 'a"} {"b'


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_mapping_without_items_dumps_as_one(client: FlaskClient) -> None:
    assert client.get("/things/empty", headers=signed(STAFF)).json == {}


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_the_document_is_valid_and_tells_problems(client: FlaskClient) -> None:
    document = json.loads(client.get("/openapi.json").text)
    validate_document(document)
    assert "application/problem+json" in json.dumps(document)
    parameters = document["paths"]["/things"]["post"]["parameters"]
    assert [(each["in"], each["name"]) for each in parameters] == [("header", "Idempotency-Key")]


def test_a_repeat_gets_the_same_answer(client: FlaskClient) -> None:
    headers = {**signed(PERSON), "Idempotency-Key": "k1"}
    first = client.post("/things", json={"name": "a", "count": 2}, headers=headers)
    again = client.post("/things", json={"count": 2, "name": "a"}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"
    entries = client.get("/things", headers=signed(PERSON)).json["items"]
    assert len(entries) == 1


def test_a_key_belongs_to_one_body_and_one_caller(client: FlaskClient) -> None:
    headers = {**signed(PERSON), "Idempotency-Key": "k1"}
    client.post("/things", json={"name": "a"}, headers=headers)
    other = client.post("/things", json={"name": "b"}, headers=headers)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    stranger = client.post("/things", json={"name": "b"}, headers={**signed(STAFF), "Idempotency-Key": "k1"})
    assert stranger.status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "ä", "k" * 129])
@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_an_odd_key_is_refused(client: FlaskClient, key: str) -> None:
    answer = client.post("/things", json={"name": "a"}, headers={**signed(PERSON), "Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_header")


def test_pages_neither_skip_nor_repeat(client: FlaskClient) -> None:
    made = [client.post("/things", json={"name": "a"}, headers=signed(PERSON)).json["id"] for _ in range(7)]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        told = client.get(f"/things?limit=3{cursor and '&cursor=' + cursor}", headers=signed(PERSON)).json
        seen += [item["id"] for item in told["items"]]
        cursor = told["next"]
    assert len(seen) == len(set(seen)) == len(made)
