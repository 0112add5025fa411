"""Malformed requests for any endpoint that takes JSON: give it a good body, get a table of bad ones.

Each row says what is answered, so that a test holds an endpoint to it:

    BAD = bad_bodies(GOOD, texts=["title", "contact.name"], times=["start"])

    @pytest.mark.parametrize("bad", BAD, ids=str)
    def test_a_bad_body_is_told_clearly(client, bad):
        hold(client.post(URL, data=bad.body, content_type=bad.content_type), bad)
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

JSON = "application/json"
PROBLEM = "application/problem+json"
MEGABYTES_10 = 10 * 1024 * 1024
_STANDARD = {"type", "title", "status", "code", "detail", "instance"}


@dataclass(frozen=True)
class Bad:
    """A body that must be refused with this status and one of these codes, naming the field."""

    name: str
    body: bytes
    status: int
    codes: frozenset[str]
    field: str = ""
    content_type: str | None = JSON

    def __str__(self) -> str:
        return self.name


def bad_bodies(
    good: Mapping[str, Any],
    *,
    texts: Iterable[str] = (),
    wholes: Iterable[str] = (),
    flags: Iterable[str] = (),
    times: Iterable[str] = (),
    dates: Iterable[str] = (),
    required: Iterable[str] = (),
) -> list[Bad]:
    """Every way in which a body like `good` can be bad; fields are dotted paths that `good` holds."""
    rows = [*_on_the_wire(good), *_unknown_fields(good)]
    for paths, values in ((texts, TEXTS), (wholes, WHOLES), (flags, FLAGS), (times, TIMES), (dates, DATES)):
        for path in paths:
            rows += [_changed(good, path, *value) for value in values]
    rows += [_without(good, path) for path in required]
    return rows


def hold(answer: TestResponse, bad: Bad) -> None:
    """Hold an answer to what the row says, and to what every problem looks like."""
    told = hold_problem(answer, bad.status)
    errors = told.get("errors", [])
    assert bad.codes & {told["code"], *(error["code"] for error in errors)}, told
    if bad.field:
        assert bad.field in {error["field"] for error in errors}, told


def hold_problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The problem that an answer tells, after a look at its shape."""
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    assert answer.content_type == PROBLEM
    told: dict[str, Any] = json.loads(answer.data)
    assert set(told) >= _STANDARD, told
    assert told["status"] == status
    assert "Traceback" not in answer.text
    for error in told.get("errors", []):
        assert set(error) == {"field", "code", "detail"}, error
        assert all(isinstance(part, str) and part for part in error.values()), error
    return told


NO_SUCH_TEXT = "unknown_choice wrong_format invalid_id invalid_email invalid_phone"
# Values that no field of the kind accepts: (what it is, the value, the codes that may be told)
TEXTS: list[tuple[str, Any, str]] = [
    ("NUL", "a\0b", "invalid_text"),
    ("a lone surrogate", "a\ud800", "invalid_text"),
    ("a control character", "a\x07b", f"control_character {NO_SUCH_TEXT}"),
    ("a number", 7, "invalid_type"),
    ("a list", ["a"], "invalid_type"),
    ("an object", {"a": "b"}, "invalid_type"),
    ("half a megabyte", "a" * 500_000, f"wrong_length too_long {NO_SUCH_TEXT}"),
]
WHOLES: list[tuple[str, Any, str]] = [
    ("a text", "7", "invalid_type"),
    ("a fraction", 7.5, "invalid_type"),
    ("a truth value", True, "invalid_type"),
    ("null", None, "null"),
    ("a list", [7], "invalid_type"),
    ("minus a billion", -(10**9), "out_of_range"),
    ("a billion", 10**9, "out_of_range"),
    ("more than 64 bits", 2**64, "number_too_large"),
    ("infinity", float("inf"), "not_a_number"),
    ("not a number", float("nan"), "not_a_number"),
]
FLAGS: list[tuple[str, Any, str]] = [
    ("a number", 1, "invalid_type"),
    ("a text", "maybe", "invalid_type"),
    ("a list", [True], "invalid_type"),
    ("null", None, "null"),
]
TIMES: list[tuple[str, Any, str]] = [
    ("no offset", "2026-03-05T17:00:00", "naive_time"),
    ("no date", "17:00:00+01:00", "invalid_time"),
    ("no time", "2026-03-05", "invalid_time"),
    ("a word", "tomorrow", "invalid_time"),
    ("nothing", "", "invalid_time"),
    ("30 February", "2026-02-30T17:00:00Z", "invalid_time"),
    ("29 February of a common year", "2027-02-29T17:00:00Z", "invalid_time"),
    ("month 13", "2026-13-01T17:00:00Z", "invalid_time"),
    ("hour 25", "2026-03-05T25:00:00Z", "invalid_time"),
    ("second 60", "2026-03-05T17:00:60Z", "invalid_time"),
    ("an offset of 99 hours", "2026-03-05T17:00:00+99:00", "invalid_time"),
    ("a zone's name", "2026-03-05T17:00:00[Europe/Warsaw]", "invalid_time"),
    ("a week date", "2026-W10-4T17:00:00Z", "invalid_time"),
    ("digits of another script", "٢٠٢٦-03-05T17:00:00Z", "invalid_time"),
    ("seconds since 1970", 1772730000, "invalid_type"),
    ("a year before all", "0001-01-01T00:00:00+14:00", "out_of_range invalid_time"),
    ("the end of time", "9999-12-31T23:59:59-12:00", "out_of_range invalid_time"),
    ("a year of five digits", "12026-03-05T17:00:00Z", "invalid_time"),
    ("NUL", "2026-03-05T17:00:00Z\0", "invalid_text"),
    ("a list", ["2026-03-05T17:00:00Z"], "invalid_type"),
    ("an object", {}, "invalid_type"),
    ("a truth value", True, "invalid_type"),
]
DATES: list[tuple[str, Any, str]] = [
    ("30 February", "2026-02-30", "invalid_date"),
    ("a time", "2026-03-05T17:00:00Z", "invalid_date"),
    ("a word", "tomorrow", "invalid_date"),
    ("another order", "05.03.2026", "invalid_date"),
    ("a number", 20260305, "invalid_date invalid_type"),
    ("a year before all", "0001-01-01", "out_of_range invalid_date"),
    ("the end of time", "9999-12-31", "out_of_range invalid_date"),
]


def _on_the_wire(good: Mapping[str, Any]) -> Iterator[Bad]:
    sound = json.dumps(good).encode()
    first = next(iter(good))
    opened = sound[:-1]

    def bad(name: str, body: bytes, status: int, codes: str, content_type: str | None = JSON) -> Bad:
        return Bad(name, body, status, frozenset(codes.split()), content_type=content_type)

    yield bad("no body", b"", 422, "required contact_required")
    yield bad("blanks", b"   ", 400, "invalid_json")
    yield bad("half an object", sound[: len(sound) // 2], 400, "invalid_json")
    yield bad("two objects", sound + sound, 400, "invalid_json")
    yield bad("a comma too many", opened + b",}", 400, "invalid_json")
    yield bad("single quotes", sound.replace(b'"', b"'"), 400, "invalid_json")
    yield bad("a byte order mark of UTF-16", json.dumps(good).encode("utf-16"), 400, "invalid_json")
    yield bad("invalid UTF-8", opened + b', "more": "\xff\xfe"}', 400, "invalid_json")
    yield bad("an overlong UTF-8 slash", opened + b', "more": "\xc0\xaf"}', 400, "invalid_json")
    yield bad("a raw NUL", opened + b', "more": "a\x00b"}', 400, "invalid_json")
    for value in ("[]", "null", "true", "7", '"text"', f"[{sound.decode()}]"):
        yield bad(f"{value[:8]} for an object", value.encode(), 422, "not_an_object")
    yield bad("100,000 lists deep", b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 422, "too_deep")
    yield bad("50,000 objects deep", b'{"a": ' * 50_000 + b"1" + b"}" * 50_000, 422, "too_deep")
    yield bad("half a million open brackets", b"[" * 500_000, 422, "too_deep")
    yield bad("a string without end", opened + b', "a": "' + b'\\"' * 400_000, 400, "invalid_json")
    yield bad("5,000 digits", opened + b', "more": ' + b"9" * 5_000 + b"}", 422, "number_too_large")
    yield bad("an exponent of 999", opened + b', "more": 1e999}', 422, "number_too_large")
    yield bad("10 MB", opened + b', "more": "' + b"a" * MEGABYTES_10 + b'"}', 413, "body_too_large")
    repeated = opened + b", " + json.dumps({first: good[first]}).encode()[1:]
    yield bad("a field twice", repeated, 422, "repeated_field")
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "multipart/form-data",
        None,
    ):
        yield bad(f"content type {kind}", sound, 415, "unsupported_media_type", kind)


def _unknown_fields(good: Mapping[str, Any]) -> Iterator[Bad]:
    places = ["", *(name for name, value in good.items() if isinstance(value, dict))]
    for place in places:
        for name in ("unknown_thing", "__proto__", "items"):
            path = f"{place}.{name}" if place else name
            body = _encode(_with(good, path, 1))
            yield Bad(f"unknown {path}", body, 422, frozenset({"unknown_field"}), field=path)


def _changed(good: Mapping[str, Any], path: str, name: str, value: Any, codes: str) -> Bad:
    body = _encode(_with(good, path, value))
    return Bad(f"{path}: {name}", body, 422, frozenset(codes.split()), path)


def _without(good: Mapping[str, Any], path: str) -> Bad:
    def drop(holder: dict[str, Any], name: str) -> None:
        del holder[name]

    codes = frozenset({"required", "contact_required"})
    return Bad(f"{path}: missing", _encode(_edited(good, path, drop)), 422, codes, path)


def _with(good: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    def put(holder: dict[str, Any], name: str) -> None:
        holder[name] = value

    return _edited(good, path, put)


def _edited(
    good: Mapping[str, Any], path: str, edit: Callable[[dict[str, Any], str], None]
) -> dict[str, Any]:
    edited = holder = deepcopy(dict(good))
    *outer, name = path.split(".")
    for step in outer:
        holder = holder[step]
    edit(holder, name)
    return edited


def _encode(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body).encode()  # NUL and surrogates leave as \uXXXX
