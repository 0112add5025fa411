"""Staff approve or decline what was requested."""

import pytest
from sqlalchemy import select

from services.kernel.claims import Claim
from tests.support.booking import events, messages


@pytest.fixture
def asked(api):
    """A request that waits for the staff."""
    return api.booked(room_id="studio", participants=5)


def test_approved_is_confirmed(api, database, asked):
    answer = api.post("staff", f"/reservations/{asked['id']}/approve")
    assert (answer.status_code, answer.json["status"], answer.json["awaiting"]) == (200, "confirmed", None)
    assert messages(database)[-1] == ("reservation_confirmed", "zaneta@example.org")
    assert events(database, "message.requested")[-1]["ics"]["method"] == "REQUEST"
    assert events(database, "reservation.changed")[-1]["status"] == "confirmed"


def test_declined_tells_why_and_gives_the_hours_back(api, database, asked):
    answer = api.post("staff", f"/reservations/{asked['id']}/decline", {"reason": "Remont"})
    assert (answer.json["status"], answer.json["decision_reason"]) == ("declined", "Remont")
    assert events(database, "message.requested")[-1]["params"]["reason"] == "Remont"
    with database.reading() as session:
        assert session.scalars(select(Claim)).all() == []


@pytest.mark.parametrize(("verb", "body"), [("approve", {}), ("decline", {"reason": "Remont"})])
def test_to_decide_the_same_again_changes_nothing(api, database, asked, verb, body):
    first, again = (api.post("staff", f"/reservations/{asked['id']}/{verb}", body) for _ in range(2))
    assert (again.status_code, again.json) == (200, first.json)
    assert len(messages(database)) == 2


@pytest.mark.parametrize(
    ("before", "verb"),
    [("approve", "decline"), ("decline", "approve"), ("cancel", "approve"), ("cancel", "decline")],
)
def test_what_is_decided_stays_decided(api, asked, before, verb):
    body = {"reason": "Remont"}
    path = f"/reservations/{asked['id']}"
    api.post("staff", f"{path}/{before}", {} if before == "approve" else body)
    answer = api.post("staff", f"{path}/{verb}", {} if verb == "approve" else body)
    assert (answer.status_code, answer.json["code"]) == (409, "already_decided")


def test_what_its_guest_has_still_to_confirm_is_not_the_staffs_to_decide(api):
    made = api.booked("anonymous", room_id="studio", participants=5)
    assert api.post("staff", f"/reservations/{made['id']}/approve").json["code"] == "already_decided"


def test_of_competing_requests_one_gets_the_room(api):
    first, second = (api.booked(who, room_id="club") for who in ("person", "other"))
    assert api.post("staff", f"/reservations/{first['id']}/approve").status_code == 200
    refused = api.post("staff", f"/reservations/{second['id']}/approve")
    assert (refused.status_code, refused.json["code"]) == (409, "slot_taken")
    assert [conflict["kind"] for conflict in refused.json["conflicts"]] == ["claim"]
    assert api.get("staff", f"/reservations/{second['id']}").json["status"] == "requested"


@pytest.mark.parametrize("room", ["studio", "club"])
def test_a_request_whose_time_is_over_can_only_be_declined(api, database, clock, room):
    path = f"/reservations/{api.booked(room_id=room, participants=5)['id']}"
    clock.move(hours=26)  # it ended at twelve
    before = messages(database)
    answer = api.post("staff", f"{path}/approve")
    assert (answer.status_code, answer.json["code"]) == (409, "in_the_past")
    assert messages(database) == before
    assert api.post("staff", f"{path}/decline", {"reason": "Za późno"}).status_code == 200


def test_a_decline_needs_its_reason(api, asked):
    for body in ({}, {"reason": ""}, {"reason": "  "}, {"reason": None}):
        answer = api.post("staff", f"/reservations/{asked['id']}/decline", body)
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "reason")


def test_if_match_is_honoured(api, asked):
    path = f"/reservations/{asked['id']}/approve"
    assert api.post("staff", path, headers={"If-Match": '"7"'}).status_code == 412
    assert api.post("staff", path, headers={"If-Match": '"1"'}).status_code == 200
