"""Making a reservation: by a person, a guest, staff."""

import pytest
from sqlalchemy import select

from services.booking.db.models import Reservation
from services.kernel.ids import new_id
from tests.support.booking import ORGANIZATION, UNVERIFIED, at, claims, events, messages, utc


def test_a_person_books_at_once(api, database):
    answer = api.book(purpose="Zebranie\nzarządu", layout="table", public_title="Zarząd")
    assert answer.status_code == 201
    made = answer.json
    room = api.get("anonymous", "/rooms/hall").json
    assert answer.headers["Location"] == f"/api/v1/reservations/{made['id']}"
    assert answer.headers["ETag"] == '"1"'
    assert {**made, "id": None} == {
        "id": None,
        "room_id": room["id"],
        "room": {"slug": "hall", "name": room["name"]},
        "start": at(10),
        "end": at(12),
        "whole_day": False,
        "status": "confirmed",
        "awaiting": None,
        "confirm_by": None,
        "title": "Zebranie zarządu",
        "purpose": "Zebranie\nzarządu",
        "public_title": "Zarząd",
        "participants": 12,
        "layout": "table",
        "organization_id": None,
        "charges_participants": False,
        "contact": {"name": "Żaneta Ćwięk", "email": "zaneta@example.org", "phone": None},
        "language": "pl",
        "cancel_reason": None,
        "decision_reason": None,
        "created_at": "2026-11-24T10:00:00+01:00",
        "version": 1,
    }
    assert claims(database) == [("reservation", utc(9), utc(11), None)]
    assert messages(database) == [("reservation_confirmed", "zaneta@example.org")]
    assert events(database, "reservation.changed") == [{"id": made["id"], "status": "confirmed"}]


def test_what_is_answered_is_what_is_read_later(api):
    for who in ("person", "staff"):
        made = api.booked(who, start=at(13 if who == "staff" else 10), end=at(14 if who == "staff" else 12))
        assert api.get("staff", f"/reservations/{made['id']}").json == made


def test_the_confirmation_carries_a_calendar_entry(api, database):
    made = api.booked()
    (payload,) = events(database, "message.requested")
    assert payload["ics"]["method"] == "REQUEST"
    assert f"UID:{made['id']}@test-centre" in payload["ics"]["content"].replace("\r\n ", "")
    assert "SEQUENCE:0" in payload["ics"]["content"]
    assert payload["reservation_id"] == made["id"]
    assert payload["language"] == "pl"
    assert payload["params"]["link"] == f"http://camp.test/bookings/{made['id']}", "an account needs no key"


def test_a_guest_holds_the_room_until_the_link_is_followed(api, database):
    made = api.booked("anonymous", language=None)
    assert (made["status"], made["awaiting"], made["language"]) == ("requested", "email", "uk")
    assert made["confirm_by"] == "2026-11-24T11:00:00+01:00"
    assert claims(database) == [("hold", utc(9), utc(11), utc(10, day=24))]
    (payload,) = events(database, "message.requested")
    assert payload["template"] == "reservation_confirm_link"
    assert payload["params"]["link"].startswith(f"http://camp.test/bookings/{made['id']}?key=")
    assert payload["params"]["confirm_by"] == made["confirm_by"]
    assert payload["ics"] is None


def test_the_key_is_mailed_and_never_answered(api, database):
    answer = api.book("anonymous")
    (payload,) = events(database, "message.requested")
    key = payload["params"]["link"].partition("key=")[2]
    assert len(key) > 30
    assert key.encode() not in answer.data
    assert key.encode() not in api.get("staff", "/outbox").data


def test_a_guest_needs_an_address(api, database):
    answer = api.book("anonymous", contact={"name": "Jan", "phone": "+48 600 100 200"})
    assert answer.status_code == 422
    assert answer.json["code"] == "invalid_body"
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [
        ("contact.email", "contact_email_required")
    ]
    assert claims(database) == []


def test_a_person_may_be_reached_by_phone_alone(api, database):
    made = api.booked(contact={"name": "Jan", "phone": "+48 600-100-200"})
    assert made["contact"] == {"name": "Jan", "email": None, "phone": "+48600100200"}
    assert events(database, "message.requested")[0]["ics"] is None


def test_a_room_that_staff_give_is_requested_and_kept(api, database):
    made = api.booked(room_id="studio", participants=5)
    assert (made["status"], made["awaiting"], made["confirm_by"]) == ("requested", "staff", None)
    assert claims(database) == [("reservation", utc(9), utc(11), None)]
    assert messages(database) == [("reservation_requested", "zaneta@example.org")]


def test_competing_requests_keep_nobody_out(api, database):
    for who in ("person", "other", "anonymous"):
        assert api.booked(who, room_id="club")["status"] == "requested"
    assert claims(database) == []


def test_what_staff_book_stands_at_once_and_belongs_to_nobody(api, database):
    made = api.booked("staff", room_id="studio", participants=5)
    assert made["status"] == "confirmed"
    with database.reading() as session:
        (stored,) = session.scalars(select(Reservation))
    assert (stored.subject, stored.booked_by) == (None, "staff-1")


def test_staff_book_for_an_account(api):
    made = api.booked("staff", for_subject="person-1")
    assert api.get("person", f"/reservations/{made['id']}").status_code == 200


@pytest.mark.parametrize(
    ("who", "changes", "status", "code"),
    [
        ("person", {"organization_id": ORGANIZATION}, 201, None),
        ("person", {"organization_id": UNVERIFIED}, 403, "not_a_member"),
        ("other", {"organization_id": ORGANIZATION}, 403, "not_a_member"),
        ("anonymous", {"organization_id": ORGANIZATION}, 403, "not_a_member"),
        ("staff", {"organization_id": ORGANIZATION}, 201, None),
        ("person", {"override_reason": "Bo tak"}, 403, "override_not_allowed"),
        ("anonymous", {"override_reason": "Bo tak"}, 403, "override_not_allowed"),
        ("person", {"for_subject": "person-2"}, 403, "for_subject_not_allowed"),
        ("person", {"room_id": "nothing"}, 404, "room_not_found"),
        ("person", {"room_id": str(new_id())}, 404, "room_not_found"),
    ],
)
def test_for_whom_and_with_what_right(api, who, changes, status, code):
    answer = api.book(who, **changes)
    assert (answer.status_code, answer.json.get("code")) == (status, code)


def test_a_whole_day_lasts_from_opening_to_closing(api, database):
    made = api.booked(start=None, end=None, date="2026-11-25", whole_day=True)
    assert (made["start"], made["end"], made["whole_day"]) == (at(8), at(22), True)
    assert claims(database) == [("reservation", utc(7), utc(21), None)]


def test_buffers_are_claimed_and_not_shown(api, database):
    made = api.booked(room_id="annex")
    assert (made["start"], made["end"]) == (at(10), at(12))
    assert claims(database) == [("reservation", utc(8, 30), utc(11, 15), None)]
