"""The delivery log: who may read it, what it shows, what can be tried again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from services.kernel.audit import AuditEntry
from services.kernel.ids import new_id
from services.notifications.db.models import Delivery

from .conftest import CALLERS, NOW

LIST = "/api/v1/deliveries"
MAY = {"anonymous": 401, "person": 403, "service": 403, "staff": 200, "admin": 200}


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", LIST), ("GET", LIST + "/{id}"), ("POST", LIST + "/{id}/retry")]
)
def test_only_staff_may(as_, add, who, method, path):
    delivery = add(state="failed", sent_at=None)
    answer = as_(who, method, path.format(id=delivery.id))
    assert answer.status_code == MAY[who]
    if answer.status_code != 200:
        assert answer.content_type == "application/problem+json"
        assert b"zaneta" not in answer.data


def test_without_a_signed_caller_nothing_is_told(client, add):
    add()
    for headers in ({}, {"Authorization": "Bearer forged"}, {"Cookie": "session=1"}):
        assert client.get(LIST, headers=headers).status_code == 401


def test_the_log_shows_the_latest_first_without_what_was_said(as_, add):
    first, second = (
        add(),
        add(created_at=NOW + timedelta(minutes=1), state="failed", last_error="no such box"),
    )
    body = as_("staff", "GET", LIST).json
    assert [item["id"] for item in body["items"]] == [str(second.id), str(first.id)]
    assert body["next"] is None
    assert body["items"][1] == {
        "id": str(first.id),
        "template": "reservation_confirmed",
        "state": "sent",
        "recipient": {"name": "Żaneta Ćwięk", "email": "zaneta@example.org", "phone": None},
        "language": "pl",
        "subject": "Rezerwacja potwierdzona",
        "reservation_id": None,
        "attempts": 1,
        "next_attempt_at": None,
        "last_error": None,
        "created_at": "2026-11-20T10:00:00+00:00",
        "sent_at": "2026-11-20T10:00:00+00:00",
        "erased_at": None,
    }


def test_the_log_can_be_narrowed_and_read_page_by_page(as_, add):
    reservation = new_id()
    made = [add(created_at=NOW + timedelta(seconds=n // 2)) for n in range(5)]
    add(state="failed", reservation_id=reservation)
    assert len(as_("staff", "GET", LIST + "?state=failed").json["items"]) == 1
    assert len(as_("staff", "GET", f"{LIST}?reservation_id={reservation}").json["items"]) == 1
    seen, cursor = [], ""
    while cursor is not None:
        page = as_("staff", "GET", f"{LIST}?state=sent&limit=2&cursor={cursor}".removesuffix("&cursor=")).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(str(delivery.id) for delivery in made)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=lost", "state"),
        ("state=", "state"),
        ("state=sent&state=failed", "state"),
        ("reservation_id=7", "reservation_id"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("cursor=x", "cursor"),
        ("cursor=%00", "cursor"),
        ("cursor=W10", "cursor"),
        ("reservation=1", "reservation"),
    ],
)
def test_a_wrong_query_is_named(as_, query, field):
    answer = as_("staff", "GET", f"{LIST}?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_one_delivery_shows_what_was_said_and_that_it_was_read_is_noted(as_, add, database):
    delivery = add()
    body = as_("staff", "GET", f"{LIST}/{delivery.id}").json
    assert body["text"] == "Dzień dobry"
    assert body["html"] == "<p>Dzień dobry</p>"
    assert body["ics"] == {"method": "REQUEST", "content": "BEGIN:VCALENDAR"}
    with database.reading() as session:
        (entry,) = session.scalars(select(AuditEntry))
    assert (entry.subject, entry.action, entry.entity_id) == ("staff-1", "delivery.read", delivery.id)


def test_an_erased_delivery_shows_that_it_happened(as_, add):
    gone = dict.fromkeys(
        ["recipient_name", "recipient_email", "subject", "text", "html", "calendar", "calendar_method"]
    )
    delivery = add(**gone, erased_at=NOW)
    body = as_("staff", "GET", f"{LIST}/{delivery.id}").json
    assert body["recipient"] == {"name": None, "email": None, "phone": None}
    assert (body["text"], body["html"], body["ics"]) == (None, None, None)


@pytest.mark.parametrize("path", [f"{LIST}/{new_id()}", f"{LIST}/7", f"{LIST}/../settings"])
def test_what_is_not_there_is_not_found(as_, path):
    assert as_("staff", "GET", path).status_code == 404


@pytest.mark.parametrize("state", ["failed", "retrying"])
def test_what_was_refused_can_be_tried_again_now(as_, add, database, state):
    waits = {"failed": None, "retrying": NOW + timedelta(hours=2)}[state]
    delivery = add(state=state, sent_at=None, attempts=6, tries=6, next_attempt_at=waits, last_error="away")
    answer = as_("staff", "POST", f"{LIST}/{delivery.id}/retry")
    assert answer.status_code == 200
    assert answer.json["state"] == "retrying"
    assert answer.json["next_attempt_at"] == "2026-11-20T10:00:00+00:00"
    with database.reading() as session:
        stored = session.get_one(Delivery, delivery.id)
        (entry,) = session.scalars(select(AuditEntry))
    assert (stored.attempts, stored.tries, stored.last_error) == (6, 0, "away")
    assert (entry.action, entry.before) == ("delivery.retry", {"state": state})
    assert as_("staff", "POST", f"{LIST}/{delivery.id}/retry").status_code == 200, "repeating is harmless"


def test_an_attempt_under_way_keeps_its_claim(as_, add, database):
    claimed = NOW + timedelta(minutes=2)
    delivery = add(state="retrying", sent_at=None, next_attempt_at=NOW, claimed_until=claimed)
    as_("staff", "POST", f"{LIST}/{delivery.id}/retry")
    with database.reading() as session:
        assert session.get_one(Delivery, delivery.id).claimed_until == claimed


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "sent"}, "not_retryable"),
        ({"state": "kept"}, "not_retryable"),
        ({"state": "skipped", "recipient_email": None}, "not_retryable"),
        ({"state": "withdrawn"}, "not_retryable"),
        ({"state": "waiting", "next_attempt_at": NOW}, "not_retryable"),
        ({"state": "failed", "html": None}, "nothing_to_send"),
        ({"state": "failed", "recipient_email": None}, "nothing_to_send"),
    ],
)
def test_what_cannot_be_tried_again_says_why(as_, add, fields, code):
    delivery = add(**fields)
    answer = as_("staff", "POST", f"{LIST}/{delivery.id}/retry")
    assert (answer.status_code, answer.json["code"]) == (409, code)


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({}, 200),
        ({"json": {}}, 200),
        ({"json": {"at": "2026-11-20T10:00:00Z"}}, 422),
        ({"json": []}, 422),
        ({"data": "now", "content_type": "text/plain"}, 415),
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": b"\xff", "content_type": "application/json"}, 400),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 422),
        ({"data": b"x" * (1024 * 1024 + 1), "content_type": "application/json"}, 413),
    ],
)
def test_a_retry_takes_no_body(as_, add, options, status):
    delivery = add(state="failed", sent_at=None)
    answer = as_("staff", "POST", f"{LIST}/{delivery.id}/retry", **options)
    assert answer.status_code == status


def test_a_retry_takes_no_query(as_, add):
    delivery = add(state="failed", sent_at=None)
    assert as_("staff", "POST", f"{LIST}/{delivery.id}/retry?now=1").status_code == 422
