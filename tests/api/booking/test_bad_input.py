"""Whatever is sent, the answer is a problem that names the field; never a fault of ours."""

import json

import pytest

from tests.support.booking import at, wish

BAD_FIELDS = [
    # what is missing
    ({"room_id": None}, "room_id", "required"),
    ({"start": None}, "start", "required"),
    ({"end": None}, "end", "required"),
    ({"start": None, "end": None}, "start", "required"),
    ({"title": None}, "title", "required"),
    ({"participants": None}, "participants", "required"),
    ({"contact": None}, "contact", "required"),
    ({"contact": {}}, "contact.name", "required"),
    ({"contact": {"name": "Jan"}}, "contact.email", "contact_required"),
    ({"contact": {"name": "", "email": "a@example.org"}}, "contact.name", "wrong_length"),
    ({"title": ""}, "title", "wrong_length"),
    ({"title": " \u00a0 "}, "title", "wrong_length"),
    ({"start": None, "end": None, "whole_day": True}, "date", "required"),
    # what does not go together
    ({"date": "2026-11-25"}, "date", "not_together"),
    ({"date": "2026-11-25", "whole_day": True}, "start", "not_together"),
    ({"start": None, "end": None, "date": "2026-11-25"}, "date", "not_together"),
    # wrong kinds of values
    ({"room_id": 7}, "room_id", "invalid_type"),
    ({"room_id": ["hall"]}, "room_id", "invalid_type"),
    ({"title": {"pl": "Zebranie"}}, "title", "invalid_type"),
    ({"title": 12}, "title", "invalid_type"),
    ({"participants": "12"}, "participants", "invalid_type"),
    ({"participants": 1.5}, "participants", "invalid_type"),
    ({"participants": True}, "participants", "invalid_type"),
    ({"participants": []}, "participants", "invalid_type"),
    ({"whole_day": "yes"}, "whole_day", "invalid_type"),
    ({"whole_day": 1}, "whole_day", "invalid_type"),
    ({"charges_participants": "perhaps"}, "charges_participants", "invalid_type"),
    ({"contact": "Jan"}, "contact", "invalid_type"),
    ({"contact": [{"name": "Jan"}]}, "contact", "invalid_type"),
    ({"contact": {"name": ["Jan"], "email": "a@example.org"}}, "contact.name", "invalid_type"),
    ({"purpose": ["a"]}, "purpose", "invalid_type"),
    ({"layout": 5}, "layout", "invalid_type"),
    # times
    ({"start": "2026-11-25T10:00:00"}, "start", "naive_time"),
    ({"start": "2026-11-25 10:00"}, "start", "naive_time"),
    ({"start": "tomorrow"}, "start", "invalid_time"),
    ({"start": 1795600800}, "start", "invalid_type"),
    ({"start": ""}, "start", "invalid_time"),
    ({"start": "2026-11-25T25:00:00+01:00"}, "start", "invalid_time"),
    ({"start": "2026-02-30T10:00:00+01:00"}, "start", "invalid_time"),
    ({"start": "2026-11-25T10:00:60+01:00"}, "start", "invalid_time"),
    ({"start": "2026-11-25T10:00:00+25:00"}, "start", "invalid_time"),
    ({"start": "20261125T100000Z"}, "start", "invalid_time"),
    ({"start": "0001-01-01T00:00:00+01:00"}, "start", "invalid_time"),
    ({"end": "9999-12-31T23:59:59Z"}, "end", "out_of_range"),
    ({"end": "2100-01-01T00:00:00Z"}, "end", "out_of_range"),
    ({"start": None, "end": None, "whole_day": True, "date": "25.11.2026"}, "date", "invalid_date"),
    ({"start": None, "end": None, "whole_day": True, "date": 20261125}, "date", "invalid_date"),
    ({"start": None, "end": None, "whole_day": True, "date": "20261125"}, "date", "invalid_date"),
    ({"start": None, "end": None, "whole_day": True, "date": "2026-11-31"}, "date", "invalid_date"),
    ({"start": None, "end": None, "whole_day": True, "date": "9999-12-31"}, "date", "out_of_range"),
    # numbers out of bounds
    ({"participants": 0}, "participants", "out_of_range"),
    ({"participants": -1}, "participants", "out_of_range"),
    ({"participants": 10_001}, "participants", "out_of_range"),
    ({"participants": 2**62}, "participants", "out_of_range"),
    # texts
    ({"title": "x" * 201}, "title", "wrong_length"),
    ({"purpose": "x" * 501}, "purpose", "too_long"),
    ({"public_title": "x" * 201}, "public_title", "too_long"),
    ({"room_id": "x" * 65}, "room_id", "wrong_length"),
    ({"title": "two\nlines"}, "title", "control_character"),
    ({"title": "two\u2028lines"}, "title", "control_character"),
    ({"public_title": "a\tb"}, "public_title", "control_character"),
    ({"title": "bell\u0007"}, "title", "control_character"),
    ({"title": "nul\u0000"}, "title", "invalid_text"),
    ({"purpose": "\ud800"}, "purpose", "invalid_text"),
    (
        {"contact": {"name": "a\r\nBcc: b@example.org", "email": "a@b.org"}},
        "contact.name",
        "control_character",
    ),
    # addresses and numbers
    *(
        ({"contact": {"name": "Jan", "email": email}}, "contact.email", "invalid_email")
        for email in (
            "jan",
            "jan@",
            "@example.org",
            "jan@localhost",
            "jan@example..org",
            "jan jan@example.org",
            "jan@example.org,ewa@example.org",
            "Jan <jan@example.org>",
            ".jan@example.org",
            "jan@-example.org",
            "jan@[127.0.0.1]",
            '"jan"@example.org',
            "żaneta@example.org",
            "j" * 250 + "@example.org",
            "jan@" + "a" * 64 + ".org",
        )
    ),
    ({"contact": {"name": "Jan", "email": 7}}, "contact.email", "invalid_type"),
    *(
        ({"contact": {"name": "Jan", "phone": phone}}, "contact.phone", "invalid_phone")
        for phone in ("abc", "12", "+", "600 100 200 x", "++48600100200", "6" * 40)
    ),
    ({"organization_id": "7"}, "organization_id", "invalid_id"),
    ({"organization_id": 7}, "organization_id", "invalid_id"),
    ({"organization_id": "{0190c1f2-7d3e-7a11-8b52-3f1d5c9a0001}"}, "organization_id", "invalid_id"),
    ({"language": "de"}, "language", "unknown_choice"),
    ({"language": "PL"}, "language", "unknown_choice"),
    ({"language": 1}, "language", "invalid_type"),
    # what is not known
    ({"rooms": ["hall"]}, "rooms", "unknown_field"),
    ({"hold_id": "x"}, "hold_id", "unknown_field"),
    ({"items": []}, "items", "unknown_field"),
    ({"platform": {}}, "platform", "unknown_field"),
    ({"status": "confirmed"}, "status", "unknown_field"),
    ({"contact": {"name": "Jan", "email": "a@b.org", "fax": "1"}}, "contact.fax", "unknown_field"),
]


@pytest.mark.parametrize(("changes", "field", "code"), BAD_FIELDS, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("path", ["/reservations", "/reservations/check"])
def test_a_wrong_field_is_named(api, path, changes, field, code):
    answer = api.post("person", path, wish(**changes))
    assert answer.status_code == 422, answer.text
    assert answer.json["code"] == "invalid_body"
    told = [(error["field"], error["code"]) for error in answer.json["errors"]]
    assert (field, code) in told
    assert all(error["detail"] for error in answer.json["errors"])


def test_all_wrong_fields_are_named_at_once(api):
    body = wish(title=None, participants=0, start="10", contact={"name": "Jan"}, colour="red")
    told = {error["field"] for error in api.post("person", "/reservations", body).json["errors"]}
    assert {"title", "participants", "start", "contact.email", "colour"} <= told


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({}, 422, "invalid_body"),
        ({"data": "{", "content_type": "application/json"}, 400, "invalid_json"),
        ({"data": b"\xff{}", "content_type": "application/json"}, 400, "invalid_json"),
        ({"data": "[]", "content_type": "application/json"}, 422, "invalid_body"),
        ({"data": "null", "content_type": "application/json"}, 422, "invalid_body"),
        ({"data": '"text"', "content_type": "application/json"}, 422, "invalid_body"),
        ({"data": "{" * 30, "content_type": "application/json"}, 422, "invalid_body"),
        ({"data": "[" * 200_000, "content_type": "application/json"}, 422, "invalid_body"),
        ({"data": '{"participants": NaN}', "content_type": "application/json"}, 422, "invalid_body"),
        ({"data": '{"participants": 1e999}', "content_type": "application/json"}, 422, "invalid_body"),
        (
            {"data": '{"participants": %s}' % ("9" * 5000), "content_type": "application/json"},
            422,
            "invalid_body",
        ),
        ({"data": '{"title": "a", "title": "b"}', "content_type": "application/json"}, 422, "invalid_body"),
        ({"data": b"x" * (1024 * 1024 + 1), "content_type": "application/json"}, 413, "body_too_large"),
        ({"data": json.dumps(wish()), "content_type": "text/plain"}, 415, "unsupported_media_type"),
        ({"data": wish(contact="x")}, 415, "unsupported_media_type"),
    ],
    ids=lambda value: str(value)[:30],
)
@pytest.mark.parametrize("path", ["/reservations", "/reservations/check"])
def test_a_body_that_cannot_be_read_is_refused(api, path, options, status, code):
    answer = api.send("person", "POST", path, **options)
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("PUT", "/rooms", 405),
        ("DELETE", "/reservations", 405),
        ("PATCH", "/rooms/hall", 405),
        ("POST", "/reservations?dry=1", 422),
        ("GET", "/rooms?limit=0", 422),
        ("GET", "/rooms?capacity=many", 422),
        ("GET", "/rooms?capacity=0", 422),
        ("GET", "/rooms?capacity=" + "9" * 400, 422),
        ("GET", "/rooms?feature=", 422),
        ("GET", "/rooms?cursor=bm90LWEtY3Vyc29y", 422),
        ("GET", "/rooms?cursor=WzEsMl0", 422),
        ("GET", "/rooms?color=red", 422),
        ("GET", "/centre?full=1", 422),
        ("GET", "/outbox?cursor=x", 422),
        ("GET", "/rooms/hall?expand=all", 422),
    ],
)
def test_a_request_that_means_nothing_is_refused(api, method, path, status):
    answer = api.send("staff", method, path, json=wish() if method == "POST" else None)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("verb", ["confirm", "cancel", "approve", "decline"])
@pytest.mark.parametrize(
    "body", [{"colour": "red"}, {"reason": 5}, {"reason": "x" * 501}, {"reason": "\u0000"}, []], ids=str
)
def test_a_decision_takes_its_own_fields_only(api, verb, body):
    made = api.booked(room_id="studio", participants=2)
    answer = api.post("staff", f"/reservations/{made['id']}/{verb}", body)
    assert answer.status_code == 422
    assert api.get("staff", f"/reservations/{made['id']}").json["status"] == "requested"


@pytest.mark.parametrize(
    "email",
    ["jan@example.org", "jan.k+camp@sub.example.org", "JAN@EXAMPLE.ORG", "jan@żółw.pl", "o'neil@a.ie"],
)
def test_addresses_that_people_have_are_taken(api, email):
    made = api.booked("anonymous", contact={"name": "Jan", "email": f" {email} "})
    assert made["contact"]["email"] == email


@pytest.mark.parametrize("phone", ["+48 600 100 200", "61 000-00-00", "(61) 0000000", "600100200"])
def test_phone_numbers_that_people_write_are_taken(api, phone):
    answer = api.book(contact={"name": "Jan", "phone": phone})
    assert answer.status_code == (201 if phone[0] != "(" else 422)


@pytest.mark.parametrize(
    "start", [at(10), "2026-11-25T09:00:00Z", "2026-11-25t09:00z", "2026-11-25T04:00:00-05:00"]
)
def test_the_same_instant_may_be_written_in_many_ways(api, start):
    assert api.booked(start=start)["start"] == at(10)
