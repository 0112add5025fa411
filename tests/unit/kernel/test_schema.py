"""What the fields of all schemas take, and how they give it back."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from marshmallow import ValidationError, fields, validate

from services.kernel.web import Instant, QueryWhole, Schema, Text, Whole, YesNo
from services.kernel.web.faults import Fault, field_error, field_errors


class ItemsSchema(Schema):
    items = fields.List(fields.String())
    keys = fields.String()


class InnerSchema(Schema):
    name = Text(required=True, validate=validate.Length(1, 3))


class OuterSchema(Schema):
    inner = fields.Nested(InnerSchema)
    many = fields.List(fields.Nested(InnerSchema))
    whole = Whole(validate=validate.Range(1, 5))
    choice = fields.String(validate=validate.OneOf(["a"]))
    id = fields.UUID()
    at = fields.Field(validate=lambda _: fail())


def fail() -> None:
    raise ValidationError(Fault("a_code", "A sentence."))


@pytest.mark.parametrize(
    ("field", "value", "loaded"),
    [
        (Text(), "  Cafe\u0301\n", "Caf\u00e9"),
        (Text(), "a\tb\nc", "a\tb\nc"),
        (Instant(), "2026-03-29T03:30:00+02:00", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (Instant(), "2026-03-05t17:00:00z", datetime(2026, 3, 5, 17, tzinfo=UTC)),
        (Instant(), "2026-03-05T17:00:00.123456789Z", datetime(2026, 3, 5, 17, 0, 0, 123456, tzinfo=UTC)),
        (Instant(), "2026-03-05T17:00:00-00:00", datetime(2026, 3, 5, 17, tzinfo=UTC)),
        (Whole(), 0, 0),
        (QueryWhole(), "+7", 7),
        (YesNo(), True, True),
        (YesNo(), "false", False),
    ],
)
def test_a_sound_value_is_loaded(field: fields.Field[Any], value: Any, loaded: Any) -> None:
    assert field.deserialize(value) == loaded


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Whole(), True),
        (Whole(), "1"),
        (Whole(), 1.0),
        (QueryWhole(), 1),
        (QueryWhole(), "1.0"),
        (QueryWhole(), "٣"),
        (QueryWhole(), "1_0"),
        (QueryWhole(), "9" * 19),
        (YesNo(), 1),
        (YesNo(), "yes"),
        (YesNo(), []),
        (Text(), "\x1b"),
    ],
)
def test_what_only_looks_like_one_is_refused(field: fields.Field[Any], value: Any) -> None:
    with pytest.raises(ValidationError):
        field.deserialize(value)


def test_a_time_keeps_its_offset_when_dumped() -> None:
    class AtSchema(Schema):
        at = Instant()

    zone = timezone(timedelta(hours=2))
    assert AtSchema().dump({"at": datetime(2026, 7, 1, 9, tzinfo=zone)}) == {
        "at": "2026-07-01T09:00:00+02:00"
    }
    assert AtSchema().dump({"at": None}) == {"at": None}


def test_a_mapping_is_dumped_by_its_keys_alone() -> None:
    assert ItemsSchema().dump({}) == {}
    assert ItemsSchema().dump({"items": ["a"], "keys": "k"}) == {"items": ["a"], "keys": "k"}


def test_every_fault_is_named_by_path_and_code() -> None:
    body = {
        "inner": {"name": "long", "more": 1},
        "many": [{"name": "a"}, {}, 7],
        "whole": 9,
        "choice": "b",
        "id": "x",
        "at": 1,
        "unknown": 1,
    }
    with pytest.raises(ValidationError) as refused:
        OuterSchema().load(body)
    told = {(error["field"], error["code"]) for error in field_errors(refused.value.messages)}
    assert told == {
        ("inner.name", "wrong_length"),
        ("inner.more", "unknown_field"),
        ("many.1.name", "required"),
        ("many.2", "invalid_type"),
        ("whole", "out_of_range"),
        ("choice", "unknown_choice"),
        ("id", "invalid_id"),
        ("at", "a_code"),
        ("unknown", "unknown_field"),
    }


def test_a_field_whose_name_is_no_text_is_named_all_the_same() -> None:
    assert field_error("a\0\ud800" + "b" * 500, "c", "d")["field"] == "a??" + "b" * 97
    assert field_error("", "c", "d")["field"] == "?"
