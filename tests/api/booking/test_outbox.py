"""What has still to be told, for staff."""

from tests.support.booking import at


def test_what_waits_is_told_without_what_it_says(api, clock):
    api.booked()
    clock.move(seconds=90)
    answer = api.get("staff", "/outbox")
    assert (answer.json["waiting"], answer.json["oldest_seconds"], answer.json["next"]) == (2, 90, None)
    assert [item["type"] for item in answer.json["items"]] == ["message.requested", "reservation.changed"]
    assert {item["state"] for item in answer.json["items"]} == {"pending"}
    assert "aneta" not in answer.text


def test_it_is_read_page_by_page(api):
    for hour in (9, 10, 11):
        api.booked(start=at(hour), end=at(hour + 1))
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get("staff", f"/outbox?limit=4{cursor and f'&cursor={cursor}'}").json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert (len(seen), seen) == (6, sorted(set(seen)))
