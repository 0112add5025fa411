"""Seeing one reservation."""

import pytest

from services.kernel.ids import new_id
from tests.support.booking import events


def mailed_key(database, number=0):
    payload = events(database, "message.requested")[number]
    return payload["params"]["link"].partition("key=")[2]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("person", 200),
        ("other", 404),
        ("anonymous", 404),
        ("staff", 200),
        ("admin", 200),
        ("service", 404),
    ],
)
def test_a_persons_reservation_is_hers_and_the_staffs(api, who, status):
    made = api.booked("person")
    answer = api.get(who, f"/reservations/{made['id']}")
    assert answer.status_code == status
    if status == 404:
        assert answer.json["code"] == "reservation_not_found"
        assert "aneta" not in answer.text


@pytest.mark.parametrize(("who", "status"), [("anonymous", 404), ("person", 404), ("staff", 200)])
def test_a_guests_reservation_is_for_whoever_has_the_key(api, database, who, status):
    made = api.booked("anonymous")
    path = f"/reservations/{made['id']}"
    assert api.get(who, path).status_code == status
    assert api.get("anonymous", path, key=mailed_key(database)).json["id"] == made["id"]


@pytest.mark.parametrize("key", ["x", "", "A" * 43, "ż", "a\tb", "k" * 5000])
def test_another_key_opens_nothing(api, database, key):
    made = api.booked("anonymous")
    other = api.booked("anonymous", room_id="annex")
    sent = key.encode().decode("latin-1")
    assert api.get("anonymous", f"/reservations/{made['id']}", key=sent).status_code == 404
    assert api.get("anonymous", f"/reservations/{other['id']}", key=mailed_key(database)).status_code == 404


@pytest.mark.parametrize("name", [str(new_id()), "7", "..", "%00", "check"])
def test_what_is_not_there_is_not_found(api, name):
    assert api.get("staff", f"/reservations/{name}").status_code in (404, 405)


def test_what_did_not_change_is_not_sent_again(api):
    path = f"/reservations/{api.booked()['id']}"
    tag = api.get("person", path).headers["ETag"]
    assert api.get("person", path, headers={"If-None-Match": tag}).status_code == 304
    assert api.get("other", path, headers={"If-None-Match": tag}).status_code == 404
    api.post("person", f"{path}/cancel")
    assert api.get("person", path, headers={"If-None-Match": tag}).status_code == 200


def test_one_that_was_not_confirmed_in_time_is_shown_as_expired(api, database, clock):
    path = f"/reservations/{api.booked('anonymous')['id']}"
    clock.move(minutes=60)
    read = api.get("anonymous", path, key=mailed_key(database)).json
    assert (read["status"], read["awaiting"]) == ("expired", None)
