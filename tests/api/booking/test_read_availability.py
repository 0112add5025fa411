"""When a room is open, free and busy."""

import pytest

from services.booking.db.queries import get_room
from services.kernel.claims import add_block
from services.kernel.ids import new_id
from tests.support.booking import NOW, at


def day_of(api, room, day, who="anonymous"):
    date = f"2026-11-{day:02d}"
    answer = api.get(who, f"/rooms/{room}/availability?from={date}&to={date}")
    assert answer.status_code == 200, answer.json
    (found,) = answer.json["days"]
    return found


def span(start, end, day=25):
    return {"start": at(start, day=day), "end": at(end, day=day)}


def test_an_empty_day_is_free(api):
    assert day_of(api, "hall", 25) == {
        "date": "2026-11-25",
        "state": "free",
        "open": [span(8, 22)],
        "free": [span(8, 22)],
        "busy": [],
    }


def test_a_day_without_hours_is_closed(api):
    assert day_of(api, "hall", 29) == {
        "date": "2026-11-29",
        "state": "closed",
        "open": [],
        "free": [],
        "busy": [],
    }


def test_what_is_booked_is_busy_and_nothing_tells_by_whom(api):
    api.booked()
    answer = api.get("anonymous", "/rooms/hall/availability?from=2026-11-25&to=2026-11-25")
    (day,) = answer.json["days"]
    assert (day["state"], day["busy"], day["free"]) == (
        "partial",
        [span(10, 12)],
        [span(8, 10), span(12, 22)],
    )
    assert answer.json["time_zone"] == "Europe/Warsaw"
    assert b"aneta" not in answer.data
    assert b"Zebranie" not in answer.data


def test_a_hold_is_busy_until_it_lapses(api, clock):
    api.booked("anonymous")
    assert day_of(api, "hall", 25)["state"] == "partial"
    clock.move(minutes=60)
    assert day_of(api, "hall", 25)["state"] == "free"


def test_buffers_keep_the_room_on_both_sides(api):
    api.booked(room_id="annex")
    busy = day_of(api, "annex", 25)["busy"]
    # 9:30-12:15 is kept; a new reservation ends 15 minutes before, and starts 30 after
    assert busy == [{"start": at(9, 15), "end": at(12, 45)}]


def test_what_is_shown_as_free_can_be_booked_to_its_very_ends(api):
    api.booked(room_id="annex")
    for free in day_of(api, "annex", 25)["free"]:
        start = free["start"] if free["start"] != at(12, 45) else at(13)  # a start every half hour
        api.booked(room_id="annex", start=start, end=min(free["end"], at(20)))


def test_a_competing_request_is_not_shown(api):
    api.booked(room_id="club")
    assert day_of(api, "club", 25)["state"] == "free"


def test_a_full_day_is_full(api):
    api.booked(start=None, end=None, date="2026-11-25", whole_day=True)
    assert (day_of(api, "hall", 25)["state"], day_of(api, "hall", 25)["free"]) == ("full", [])


def test_a_block_is_busy(api, database):
    with database.unit_of_work() as session:
        add_block(
            session,
            unit=get_room(session, "hall").id,
            starts_at=NOW.replace(day=25, hour=7),
            ends_at=NOW.replace(day=25, hour=9),
            kind="closure",
            owner_id=new_id(),
            reason="Malowanie, tajne",
            now=NOW,
        )
    assert day_of(api, "hall", 25)["busy"] == [span(8, 10)]


def test_at_most_92_days_are_answered(api):
    answer = api.get("anonymous", "/rooms/hall/availability?from=2026-12-01&to=2027-03-02")
    assert len(answer.json["days"]) == 92


@pytest.mark.parametrize(("date", "offset"), [("2027-04-01", "+02:00"), ("2026-11-25", "+01:00")])
def test_times_carry_the_offset_of_their_own_day(api, date, offset):
    (day,) = api.get("anonymous", f"/rooms/hall/availability?from={date}&to={date}").json["days"]
    assert [day["open"][0]["start"], day["open"][0]["end"]] == [
        f"{date}T08:00:00{offset}",
        f"{date}T22:00:00{offset}",
    ]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("", "from", "required"),
        ("from=2026-11-25", "to", "required"),
        ("from=2026-11-25&to=2026-11-24", "to", "end_before_start"),
        ("from=2026-12-01&to=2027-03-03", "to", "too_many_days"),
        ("from=25.11.2026&to=2026-11-25", "from", "invalid_date"),
        ("from=20261125&to=2026-11-25", "from", "invalid_date"),
        ("from=2026-W48-2&to=2026-11-25", "from", "invalid_date"),
        ("from=2026-02-30&to=2026-03-01", "from", "invalid_date"),
        ("from=2026-11-25T00:00:00Z&to=2026-11-25", "from", "invalid_date"),
        ("from=0001-01-01&to=0001-01-02", "from", "out_of_range"),
        ("from=9999-12-31&to=9999-12-31", "from", "out_of_range"),
        ("from=2026-11-25&to=2026-11-25&to=2026-11-26", "to", "repeated_field"),
        ("from=2026-11-25&to=2026-11-25&room=1", "room", "unknown_field"),
        ("from=%00&to=2026-11-25", "from", "invalid_text"),
        ("from=\u0662\u0660\u0662\u0666-11-25&to=2026-11-25", "from", "invalid_date"),
    ],
)
def test_a_wrong_query_is_named(api, query, field, code):
    answer = api.get("anonymous", f"/rooms/hall/availability?{query}")
    assert answer.status_code == 422
    assert (field, code) in [(error["field"], error["code"]) for error in answer.json["errors"]]
