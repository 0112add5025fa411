"""Lists of reservations: a person's own, all for staff, by time, room and status, page by page."""

import pytest

from tests.support.booking import at


@pytest.fixture
def made(api):
    """Five reservations of two people."""
    return [
        api.booked("person", start=at(10, day=25), end=at(11, day=25), title="one"),
        api.booked("other", start=at(10, day=26), end=at(11, day=26), title="two"),
        api.booked("person", start=at(9, day=26), end=at(10, day=26), title="three", room_id="annex"),
        api.booked(
            "person", start=at(9, day=27), end=at(10, day=27), title="four", room_id="studio", participants=3
        ),
        api.booked("staff", start=at(9, day=30), end=at(10, day=30), title="five"),
    ]


def titles(api, who, query=""):
    answer = api.get(who, f"/reservations{query}")
    assert answer.status_code == 200, answer.json
    return [item["title"] for item in answer.json["items"]]


@pytest.mark.parametrize(
    ("who", "query", "found"),
    [
        ("person", "", "one three four"),
        ("person", "?mine=true", "one three four"),
        ("other", "", "two"),
        ("staff", "", "one three two four five"),
        ("admin", "", "one three two four five"),
        ("staff", "?mine=true", ""),
        ("staff", "?order=desc", "five four two three one"),
        ("staff", "?status=requested", "four"),
        ("staff", "?status=confirmed&room_id=annex", "three"),
        ("staff", "?room_id=hall", "one two five"),
        ("staff", "?from=2026-11-26T09:30:00%2B01:00", "three two four five"),
        ("staff", "?from=2026-11-26T10:00:00%2B01:00&to=2026-11-27T09:00:00%2B01:00", "two"),
        ("staff", "?from=2026-11-26&to=2026-11-26", "three two"),
        ("staff", "?from=2026-11-28&to=2026-11-29", ""),
        ("staff", "?from=2026-11-27&to=2026-11-26", ""),
        ("other", "?room_id=annex", ""),
    ],
)
def test_what_is_found(api, made, who, query, found):
    assert titles(api, who, query) == found.split()


def test_a_list_shows_what_one_shows(api, made):
    assert api.get("other", "/reservations").json == {
        "items": [api.get("other", f"/reservations/{made[1]['id']}").json],
        "next": None,
    }


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("limit", [1, 2, 4])
def test_pages_neither_skip_nor_repeat(api, made, order, limit):
    seen, cursor = [], ""
    while cursor is not None:
        query = f"?order={order}&limit={limit}{cursor and f'&cursor={cursor}'}"
        page = api.get("staff", f"/reservations{query}").json
        assert len(page["items"]) <= limit
        seen += [item["title"] for item in page["items"]]
        cursor = page["next"]
    wanted = ["one", "three", "two", "four", "five"]
    assert seen == (wanted if order == "asc" else wanted[::-1])


def test_the_anonymous_have_no_list(api, made):
    assert api.get("anonymous", "/reservations").status_code == 401


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "from"),
        ("to=2026-11-25T10:00:00", "to"),
        ("from=2026-13-01", "from"),
        ("from=1999-12-31", "from"),
        ("status=lost", "status"),
        ("status=", "status"),
        ("mine=1x", "mine"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=WyIyMDI2Il0", "cursor"),
        ("cursor=%00", "cursor"),
        ("order=up", "order"),
        ("room_id=", "room_id"),
        ("room_id=a&room_id=b", "room_id"),
        ("subject=person-1", "subject"),
    ],
)
def test_a_wrong_query_is_named(api, query, field):
    answer = api.get("staff", f"/reservations?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_a_room_that_is_not_there_is_not_found(api):
    assert api.get("staff", "/reservations?room_id=nothing").status_code == 404
