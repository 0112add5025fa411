"""What is read of a JSON body, what is refused, and that refusing takes no time."""

import time
from contextlib import suppress

import pytest

from services.kernel.errors import BadRequest, Invalid
from services.kernel.web.json_body import parse_object


def nested(depth: int) -> bytes:
    return b'{"a": ' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (b"{}", {}),
        ('{"a": "ż [[[[ \\" {"}'.encode(), {"a": 'ż [[[[ " {'}),
        (b'{"a": "' + b"[" * 1000 + b'"}', {"a": "[" * 1000}),
        (b'{"a": -9223372036854775807}', {"a": -9223372036854775807}),
        (b'{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),
    ],
)
def test_sound_objects_are_read(raw: bytes, read: dict[str, object]) -> None:
    assert parse_object(raw) == read


def test_twenty_levels_are_read_and_one_more_is_not() -> None:
    assert parse_object(nested(20))
    with pytest.raises(Invalid) as refused:
        parse_object(nested(21))
    assert refused.value.particulars["errors"][0]["code"] == "too_deep"


@pytest.mark.parametrize(
    ("raw", "field", "code"),
    [
        (b'{"a": {"b": [1, 99999999999999999999]}}', "a.b.1", "number_too_large"),
        (b'{"a": 1e999}', "a", "number_too_large"),
        (b'{"a": -Infinity}', "a", "not_a_number"),
        (b'{"a": [{"b": "\\u0000"}]}', "a.0.b", "invalid_text"),
        (b'{"a": {"b": "x\\udfff"}}', "a.b", "invalid_text"),
        (b'{"a": {"\\u0000": 1}}', "a", "invalid_text"),
        (b'{"\\ud800": 1}', "body", "invalid_text"),
        (b'{"a": {"b": 1, "b": 2}}', "a.b", "repeated_field"),
        (b'[{"a": 1}]', "body", "not_an_object"),
    ],
)
def test_what_is_refused_is_named_by_its_path(raw: bytes, field: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_object(raw)
    assert [(e["field"], e["code"]) for e in refused.value.particulars["errors"]] == [(field, code)]


def test_every_fault_is_told_up_to_a_hundred() -> None:
    raw = b'{"a": [' + b", ".join([b"1e999"] * 5000) + b"]}"
    with pytest.raises(Invalid) as refused:
        parse_object(raw)
    assert len(refused.value.particulars["errors"]) == 100


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": "' + b'\\"' * 500_000,
        b'{"a": "' + b"\\\\" * 500_000,
        b'{"a": "' + b"a" * 1_000_000,
        b'"' * 1_000_000,
        b"[" * 1_000_000,
        b'{"a": ' + b"9" * 1_000_000 + b"}",
        b'{"a": 0.' + b"9" * 1_000_000 + b"}",
        b'{"a": [' + b"[]," * 300_000 + b"0]}",
    ],
    ids=["quotes", "backslashes", "open text", "only quotes", "deep", "long number", "fraction", "wide"],
)
def test_a_megabyte_made_to_take_long_does_not(raw: bytes) -> None:
    began = time.process_time()
    with suppress(BadRequest, Invalid):
        parse_object(raw)
    assert time.process_time() - began < 2.0
