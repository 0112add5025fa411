"""Accounts, tokens, sessions: who gets in, for how long, and how often one may try."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.accounts import create_account
from gateway.identity.limits import Limits
from gateway.identity.passwords import password_fault
from services.kernel.database import Database
from services.kernel.errors import Conflict, TooManyRequests
from services.kernel.web.parts import _NAME as PARTS
from tests.api.gateway.conftest import START, Time, bearer, token_of
from tests.concurrency.crowd import at_once


def test_a_token_tells_who_one_is(client: FlaskClient) -> None:
    me = client.get("/api/v1/me", headers=bearer(token_of(client))).json
    assert (me["email"], me["roles"]) == ("member@demo.test", ["person"])
    assert [organization["role"] for organization in me["organizations"]] == ["member"]


def test_a_token_given_back_is_dead(client: FlaskClient) -> None:
    headers = bearer(token_of(client))
    assert client.delete("/api/v1/tokens/current", headers=headers).status_code == 204
    assert client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_token_grows_old(client: FlaskClient, gateway: Flask, time: Time) -> None:
    headers = bearer(token_of(client))
    time.pass_(timedelta(days=31))
    gateway.extensions[PARTS].extras["tokens"]._known.clear()  # a minute is remembered in process
    assert client.get("/api/v1/me", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("email", "password"),
    [("member@demo.test", "wrong"), ("nobody@demo.test", "demo-demo-demo"), ("a" * 254, "x")],
)
def test_wrong_credentials_are_not_told_apart(client: FlaskClient, email: str, password: str) -> None:
    told = client.post("/api/v1/tokens", json={"email": email, "password": password})
    assert (told.status_code, told.json["code"]) == (401, "wrong_credentials")


def test_capitals_and_blanks_around_an_address_do_not_matter(client: FlaskClient) -> None:
    body = {"email": " Member@Demo.Test ", "password": "demo-demo-demo"}
    assert client.post("/api/v1/tokens", json=body).status_code == 201


def test_only_so_many_tries(client: FlaskClient) -> None:
    body = {"email": "member@demo.test", "password": "wrong"}
    statuses = [client.post("/api/v1/tokens", json=body).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    late = client.post("/api/v1/tokens", json=body)
    assert int(late.headers["Retry-After"]) > 0


def test_without_redis_each_process_counts_for_itself() -> None:
    limits = Limits("redis://127.0.0.1:1/0", logins=2, guest_bookings=1, requests=10)
    for _ in range(2):
        limits.check_login("1.2.3.4", "a@demo.test")
        limits.count_failed_login("1.2.3.4", "a@demo.test")
    with pytest.raises(TooManyRequests):
        limits.check_login("1.2.3.4", "a@demo.test")


def log_in(client: FlaskClient) -> str:
    page = client.get("/login").text
    csrf = page.partition('name="csrf_token" value="')[2].partition('"')[0] or _csrf_reversed(page)
    form = {"email": "member@demo.test", "password": "demo-demo-demo", "csrf_token": csrf}
    answer = client.post("/login", data=form)
    assert answer.status_code == 303, answer.text
    return client.get_cookie("login").value  # type: ignore[union-attr]


def _csrf_reversed(page: str) -> str:
    tag = next(part for part in page.split("<input") if 'name="csrf_token"' in part)
    return tag.partition('value="')[2].partition('"')[0]


def test_a_session_ends_when_it_is_left_alone(client: FlaskClient, time: Time) -> None:
    log_in(client)
    assert client.get("/bookings").status_code != 303
    time.pass_(timedelta(hours=13))
    assert client.get("/bookings").status_code == 303


def test_a_session_in_use_lives_for_a_week_and_no_longer(client: FlaskClient, time: Time) -> None:
    log_in(client)
    for _ in range(13):
        time.pass_(timedelta(hours=11))
        assert client.get("/bookings").status_code != 303, time.now - START
    for _ in range(4):
        time.pass_(timedelta(hours=11))
        client.get("/bookings")
    assert client.get("/bookings").status_code == 303


def test_logging_in_gives_a_new_session(client: FlaskClient) -> None:
    client.set_cookie("login", "A" * 43)
    assert log_in(client) != "A" * 43


def test_the_api_takes_no_cookie(client: FlaskClient) -> None:
    log_in(client)
    assert client.get("/api/v1/me").status_code == 401


def test_two_who_come_at_once_make_one_account(gateway: Flask) -> None:
    database: Database = gateway.extensions[PARTS].database

    def come() -> str:
        try:
            create_account(database, email="New@demo.test", name="New", password="long enough 1", now=START)
        except Conflict as conflict:
            return conflict.code
        return "made"

    assert sorted(at_once([come] * 4)) == ["email_taken"] * 3 + ["made"]


@pytest.mark.parametrize(
    ("password", "is_fine"),
    [
        ("short", False),
        ("a" * 201, False),
        ("aaaaaaaaaaaa", False),
        ("Password1234", False),
        ("member@demo.test", False),
        ("correct horse battery", True),
        ("zażółć gęślą jaźń", True),
    ],
)
def test_new_passwords(password: str, is_fine: bool) -> None:
    assert (password_fault(password, "member@demo.test") is None) == is_fine


@pytest.mark.parametrize(
    "body",
    [{}, {"email": "a@b.c"}, {"email": 1, "password": "x"}, {"email": "a@b", "password": None}, {"x": 1}],
)
def test_bad_credentials_name_their_field(client: FlaskClient, body: dict[str, object]) -> None:
    told = client.post("/api/v1/tokens", json=body)
    assert told.status_code == 422
    assert told.json["errors"]
