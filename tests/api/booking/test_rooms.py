"""The centre and its rooms, for everybody."""

import pytest

from services.kernel.ids import new_id


def test_the_centre_is_told(api):
    assert api.get("anonymous", "/centre").json == {
        "slug": "test-centre",
        "name": {"pl": "Centrum testowe", "en": "Test centre", "uk": "Тестовий центр"},
        "time_zone": "Europe/Warsaw",
        "languages": ["pl", "en", "uk"],
        "contact": {
            "name": {"pl": "Biuro", "en": "Biuro", "uk": "Biuro"},
            "email": "biuro@centre.test",
            "phone": "+48 61 000 00 00",
            "address": "",
            "url": "",
        },
        "demo": True,
    }


def test_a_room_is_told_with_everything_the_public_may_know(api):
    room = api.get("anonymous", "/rooms/hall").json
    assert room.pop("id")
    assert room == {
        "slug": "hall",
        "name": {"pl": "Aula", "en": "Hall", "uk": "Зала"},
        "description": {},
        "building": {
            "slug": "house",
            "name": {"pl": "Dom", "en": "House", "uk": "Дім"},
            "address": "ul. Testowa 1",
            "directions": dict.fromkeys(["pl", "en", "uk"], "Wejście od podwórza"),
        },
        "capacity": 100,
        "layouts": [
            {"slug": "theatre", "name": {"pl": "Rzędy", "en": "Rows", "uk": "Ряди"}, "capacity": 100},
            {"slug": "table", "name": {"pl": "Stół", "en": "Table", "uk": "Стіл"}, "capacity": 40},
        ],
        "features": [
            {"slug": "projector", "name": {"pl": "Rzutnik", "en": "Projector", "uk": "Проєктор"}},
            {"slug": "piano", "name": {"pl": "Fortepian", "en": "Piano", "uk": "Рояль"}},
        ],
        "accessibility": [
            {"slug": "step-free", "name": {"pl": "Bez progu", "en": "Step-free", "uk": "Без порога"}}
        ],
        "photos": [
            {
                "src": "hall.jpg",
                "alt": {"pl": "Aula z oknami", "en": "The hall with its windows", "uk": "Зала з вікнами"},
            }
        ],
        "policy": {
            "start_step_minutes": 30,
            "min_minutes": 30,
            "max_minutes": 480,
            "whole_day": True,
            "lead_time": {"hours": 0},
            "horizon_days": 90,
            "buffer_before_minutes": 0,
            "buffer_after_minutes": 0,
            "approval": "none",
        },
        "version": 1,
    }


def test_a_room_is_found_by_slug_and_by_id(api):
    by_slug = api.get("anonymous", "/rooms/annex").json
    assert api.get("anonymous", f"/rooms/{by_slug['id']}").json == by_slug


@pytest.mark.parametrize("name", ["nothing", str(new_id()), "%00", "%ED%A0%80", "a%20b", "x" * 500, "%25"])
def test_a_room_that_is_not_there_is_not_found(api, name):
    for path in (f"/rooms/{name}", f"/rooms/{name}/availability?from=2026-11-25&to=2026-11-25"):
        assert api.get("anonymous", path).status_code == 404


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["hall", "annex", "studio", "club"]),
        ("?capacity=20", ["hall", "annex", "club"]),
        ("?capacity=101", []),
        ("?feature=projector", ["hall", "annex"]),
        ("?feature=piano&capacity=50", ["hall"]),
        ("?feature=pian", []),
        ("?feature=%25", []),
        ("?feature=_iano", []),
        ("?feature=projector%7Cpiano", []),
    ],
)
def test_rooms_are_listed_in_the_centres_order_by_what_is_needed(api, query, slugs):
    assert [room["slug"] for room in api.get("anonymous", f"/rooms{query}").json["items"]] == slugs


def test_rooms_are_read_page_by_page(api):
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get("anonymous", f"/rooms?limit=3{cursor and f'&cursor={cursor}'}").json
        seen += [room["slug"] for room in page["items"]]
        cursor = page["next"]
    assert seen == ["hall", "annex", "studio", "club"]


def test_a_room_that_did_not_change_is_not_sent_again(api):
    first = api.get("anonymous", "/rooms/hall")
    again = api.get("anonymous", "/rooms/hall", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
