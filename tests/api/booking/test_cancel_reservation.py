"""Cancelling gives the hours back at once."""

import pytest
from sqlalchemy import select

from services.kernel.audit import AuditEntry
from services.kernel.claims import Claim
from tests.support.booking import at, events, messages

from .test_read_reservation import mailed_key


def test_the_owner_cancels_and_the_hours_are_free(api, database):
    made = api.booked()
    answer = api.post("person", f"/reservations/{made['id']}/cancel", {"reason": "Choroba"})
    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["cancel_reason"]) == ("cancelled", "Choroba")
    assert answer.json["version"] > made["version"]
    assert answer.json == api.get("person", f"/reservations/{made['id']}").json
    with database.reading() as session:
        assert session.scalars(select(Claim)).all() == []
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, entry.before, entry.after, entry.why) == (
        "reservation.cancel",
        {"status": "confirmed"},
        {"status": "cancelled"},
        "Choroba",
    )
    api.booked("other")


def test_the_calendar_entry_is_taken_away(api, database):
    made = api.booked()
    api.post("person", f"/reservations/{made['id']}/cancel")
    payload = events(database, "message.requested")[-1]
    assert (payload["template"], payload["ics"]["method"]) == ("reservation_cancelled", "CANCEL")
    assert "SEQUENCE:1" in payload["ics"]["content"]


def test_what_never_was_in_a_calendar_is_not_taken_from_it(api, database):
    made = api.booked(room_id="studio", participants=2)
    api.post("person", f"/reservations/{made['id']}/cancel")
    assert events(database, "message.requested")[-1]["ics"] is None


def test_to_cancel_again_changes_nothing(api, database):
    path = f"/reservations/{api.booked()['id']}/cancel"
    first = api.post("person", path, {"reason": "Choroba"})
    again = api.post("staff", path, {"reason": "Inny powód"})
    assert (again.status_code, again.json) == (200, first.json)
    assert len(messages(database)) == 2


def test_a_guest_cancels_with_the_key(api, database):
    made = api.booked("anonymous")
    path = f"/reservations/{made['id']}/cancel"
    assert api.post("anonymous", path).status_code == 404
    assert api.post("anonymous", path, key=mailed_key(database)).json["status"] == "cancelled"


def test_it_can_be_cancelled_until_it_ends(api, clock):
    made = api.booked(start=at(12, day=24), end=at(13, day=24))
    clock.move(hours=2, minutes=59)
    assert api.post("person", f"/reservations/{made['id']}/cancel").status_code == 200


def test_what_has_ended_cannot_be_cancelled(api, clock):
    made = api.booked(start=at(12, day=24), end=at(13, day=24))
    clock.move(hours=3)
    answer = api.post("person", f"/reservations/{made['id']}/cancel")
    assert (answer.status_code, answer.json["code"]) == (409, "not_cancellable")


def test_what_was_declined_cannot_be_cancelled(api):
    path = f"/reservations/{api.booked(room_id='studio', participants=2)['id']}"
    api.post("staff", f"{path}/decline", {"reason": "Remont"})
    answer = api.post("person", f"{path}/cancel")
    assert (answer.status_code, answer.json["code"]) == (409, "not_cancellable")
    assert answer.json["reservation_status"] == "declined"


def test_without_a_body_it_is_cancelled_too(api):
    made = api.booked()
    assert api.send("person", "POST", f"/reservations/{made['id']}/cancel").status_code == 200


@pytest.mark.parametrize(
    ("match", "status"), [('"1"', 200), ('W/"1"', 200), ("*", 200), ('"2"', 412), ('"x"', 412), ("1", 412)]
)
def test_if_match_is_honoured(api, match, status):
    path = f"/reservations/{api.booked()['id']}"
    answer = api.post("person", f"{path}/cancel", headers={"If-Match": match})
    assert answer.status_code == status
    assert api.get("person", path).json["status"] == ("cancelled" if status == 200 else "confirmed")
