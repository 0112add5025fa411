"""Fifty equal requests at once have one effect and fifty equal answers, also without any claim."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from services.kernel.audit import AuditEntry
from services.kernel.caller import ANONYMOUS, Caller
from services.kernel.web.parts import Parts
from tests.api.kernel.probe import signed

CROWD = 50


def together(app: Flask, bodies: list[dict[str, str]], who: Caller) -> list[TestResponse]:
    """The answers to these bodies, sent at once with one key."""
    headers = {**signed(who), "Idempotency-Key": "one-key"}

    def send(body: dict[str, str]) -> TestResponse:
        return app.test_client().post("/things", json=body, headers=headers)

    with ThreadPoolExecutor(max_workers=len(bodies)) as pool:
        return list(pool.map(send, bodies))


def effects(app: Flask) -> int:
    """How many things were made."""
    parts: Parts = app.extensions["camp.parts"]
    with parts.database.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_one_key_has_one_effect(client: FlaskClient) -> None:
    app = client.application
    answers = together(app, [{"name": "a"}] * CROWD, ANONYMOUS())
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert effects(app) == 1


def test_of_different_bodies_one_wins_and_the_others_hear_why(client: FlaskClient) -> None:
    app = client.application
    answers = together(app, [{"name": f"a{number}"} for number in range(10)], ANONYMOUS())
    assert sorted(answer.status_code for answer in answers) == [201, *[422] * 9]
    assert {answer.json["code"] for answer in answers if answer.status_code == 422} == {
        "idempotency_key_reused"
    }
    assert effects(app) == 1
