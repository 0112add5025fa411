"""The same request sent again makes nothing new."""

import pytest

from services.kernel.claims import Claim
from services.kernel.outbox import OutboxEvent
from tests.support.booking import at, wish


def count(database, model):
    with database.reading() as session:
        return session.query(model).count()


def test_a_repeat_gets_the_first_answer(api, database):
    first, again = (api.book(once="one") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert count(database, Claim) == 1
    assert count(database, OutboxEvent) == 2


def test_another_order_of_fields_is_the_same_request(api):
    first = api.book(once="one")
    body = dict(reversed(wish().items()))
    again = api.post("person", "/reservations", body, headers={"Idempotency-Key": "one"})
    assert again.json == first.json


def test_another_body_is_refused(api):
    api.book(once="one")
    answer = api.book(once="one", title="Coś innego")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")


def test_keys_are_each_callers_own(api):
    assert api.book("person", once="one").status_code == 201
    assert api.book("other", once="one").status_code == 409


def test_a_refusal_is_not_kept(api):
    first = api.booked()
    assert api.book("other", once="one").status_code == 409
    api.post("person", f"/reservations/{first['id']}/cancel")
    assert api.book("other", once="one").status_code == 201


def test_a_repeat_is_answered_even_when_its_time_has_come(api, clock):
    first = api.book(once="one")
    clock.move(days=2)
    assert api.book(once="one").json == first.json


def test_without_a_key_each_request_is_its_own(api):
    assert api.book(start=at(10), end=at(11)).status_code == 201
    assert api.book(start=at(10), end=at(11)).status_code == 409


@pytest.mark.parametrize("key", ["with blank", "k" * 129, "ż"])
def test_a_key_that_cannot_be_one_is_named(api, key):
    answer = api.book(once=key.encode().decode("latin-1"))
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "Idempotency-Key"
