"""Loading a centre file brings the stored rooms to what it says, and nothing that was booked is lost."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from services.booking.centre_file import read_booking
from services.booking.db.models import Room
from services.booking.usecases.load_centre import load_centre
from services.kernel.centre import load_centre_file
from tests.support.booking import CENTRE, events

ALL = ["hall", "annex", "studio", "club"]


@pytest.fixture
def load(database):
    """Load the test centre with other rooms, or as it is."""
    centre = load_centre_file(CENTRE)
    definition = read_booking(centre)

    def run(change=lambda rooms: rooms, **common):
        changed = replace(definition, rooms=tuple(change(list(definition.rooms))))
        return database.write(lambda session: load_centre(session, replace(centre, **common), changed))

    return run


def with_policy(slug, **rules):
    return lambda rooms: [
        replace(room, policy=replace(room.policy, **rules)) if room.slug == slug else room for room in rooms
    ]


def room(database, slug):
    with database.reading() as session:
        return session.scalars(select(Room).where(Room.slug == slug)).one()


def test_what_is_loaded_again_is_unchanged(load):
    changes = load()
    assert (changes.centre, changes.unchanged) == ("unchanged", ALL)
    assert (changes.added, changes.changed, changes.withdrawn) == ([], [], [])


def test_other_rules_are_another_version_of_the_policy(load, database):
    before = room(database, "hall")
    assert load(with_policy("hall", max_minutes=60)).changed == ["hall"]
    after = room(database, "hall")
    assert (after.id, after.policy["max_minutes"]) == (before.id, 60)
    assert (before.policy["version"], after.policy["version"]) == (1, 2)
    assert after.version == before.version + 1
    assert room(database, "annex").policy["version"] == 1


def test_a_booking_keeps_the_rules_that_it_was_made_under(load, api, database):
    made = api.booked("anonymous")
    load(with_policy("hall", approval="staff"))
    key = events(database, "message.requested")[0]["params"]["link"].partition("key=")[2]
    confirmed = api.post("anonymous", f"/reservations/{made['id']}/confirm", key=key).json
    assert confirmed["status"] == "confirmed"


def test_a_room_that_left_the_file_is_withdrawn_and_keeps_its_bookings(load, api, database):
    made = api.booked()
    changes = load(lambda rooms: rooms[1:])
    assert changes.withdrawn == ["hall"]
    assert api.get("anonymous", "/rooms/hall").status_code == 404
    assert api.book("other").status_code == 404
    assert api.get("person", f"/reservations/{made['id']}").json["room"]["slug"] == "hall"
    assert load(lambda rooms: rooms[1:]).withdrawn == [], "told once"
    assert load().changed[0] == "hall", "and it can come back"
    assert api.get("anonymous", "/rooms/hall").status_code == 200


def test_the_order_of_the_file_is_the_order_of_the_list(load, api):
    load(lambda rooms: rooms[::-1])
    listed = [each["slug"] for each in api.get("anonymous", "/rooms").json["items"]]
    assert listed == ALL[::-1]


def test_the_centre_itself_can_change(load, api):
    changes = load(demo=False)
    assert changes.lines()[0] == "centre changed"
    assert api.get("anonymous", "/centre").json["demo"] is False
