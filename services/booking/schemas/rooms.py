"""Rooms and their availability."""

from typing import Any

from marshmallow import fields, validate, validates_schema
from marshmallow.exceptions import ValidationError

from services.booking.schemas.times import LocalDate, SpanSchema
from services.kernel.web import PageQuerySchema, QueryWhole, Schema, Text
from services.kernel.web.faults import Fault

MOST_DAYS = 92


class Texts(fields.Dict):
    """A text by language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(keys=fields.String(), values=fields.String(), **kwargs)


class CentreContactSchema(Schema):
    """How people reach the centre."""

    name = Texts(required=True)
    email = fields.String(required=True)
    phone = fields.String()
    address = fields.String()
    url = fields.String()


class CentreSchema(Schema):
    """The centre."""

    slug = fields.String(required=True)
    name = Texts(required=True)
    time_zone = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    contact = fields.Nested(CentreContactSchema, required=True)
    demo = fields.Boolean(required=True)


class NamedSchema(Schema):
    """A feature or an accessibility fact."""

    slug = fields.String(required=True)
    name = Texts(required=True)


class LayoutSchema(NamedSchema):
    """A way to set the room up."""

    capacity = fields.Integer(required=True)


class PhotoSchema(Schema):
    """A picture and its words."""

    src = fields.String(required=True)
    alt = Texts(required=True)


class BuildingSchema(NamedSchema):
    """Where the room is."""

    address = fields.String(required=True)
    directions = Texts()


class LeadTimeSchema(Schema):
    """How long ahead, in hours or in working days."""

    hours = fields.Integer()
    working_days = fields.Integer()


class PolicySchema(Schema):
    """The rules that the public is told."""

    start_step_minutes = fields.Integer(required=True)
    min_minutes = fields.Integer(required=True)
    max_minutes = fields.Integer(required=True)
    whole_day = fields.Boolean(required=True)
    lead_time = fields.Nested(LeadTimeSchema, required=True)
    horizon_days = fields.Integer(required=True)
    buffer_before_minutes = fields.Integer(required=True)
    buffer_after_minutes = fields.Integer(required=True)
    approval = fields.String(required=True, validate=validate.OneOf(("none", "staff")))


class RoomSchema(Schema):
    """A room."""

    id = fields.UUID(required=True)
    slug = fields.String(required=True)
    name = Texts(required=True)
    description = Texts(required=True)
    building = fields.Nested(BuildingSchema, required=True)
    capacity = fields.Integer(required=True)
    layouts = fields.List(fields.Nested(LayoutSchema), required=True)
    features = fields.List(fields.Nested(NamedSchema), required=True)
    accessibility = fields.List(fields.Nested(NamedSchema), required=True)
    photos = fields.List(fields.Nested(PhotoSchema), required=True)
    policy = fields.Nested(PolicySchema, required=True)
    version = fields.Integer(required=True)


class RoomPageSchema(Schema):
    """A page of rooms."""

    items = fields.List(fields.Nested(RoomSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class RoomQuerySchema(PageQuerySchema):
    """Which rooms are wanted."""

    capacity = QueryWhole(load_default=None, validate=validate.Range(1, 100_000))
    feature = Text(load_default=None, validate=validate.Length(1, 64))


class AvailabilityQuerySchema(Schema):
    """The days, both included."""

    first = LocalDate(required=True, data_key="from")
    last = LocalDate(required=True, data_key="to")

    @validates_schema
    def check_span(self, data: dict[str, Any], **_: Any) -> None:
        """At least one day, and not too many."""
        if data["last"] < data["first"]:
            raise ValidationError({"to": [Fault("end_before_start", "The last day is before the first.")]})
        if (data["last"] - data["first"]).days >= MOST_DAYS:
            raise ValidationError({"to": [Fault("too_many_days", f"At most {MOST_DAYS} days are answered.")]})


class DaySchema(Schema):
    """One day of a room; the stretches are cut at midnight."""

    date = fields.Date(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("free", "partial", "full", "closed")))
    open = fields.List(fields.Nested(SpanSchema), required=True)
    free = fields.List(fields.Nested(SpanSchema), required=True)
    busy = fields.List(fields.Nested(SpanSchema), required=True)


class AvailabilitySchema(Schema):
    """What of a room is open, free and busy."""

    room_id = fields.UUID(required=True)
    time_zone = fields.String(required=True)
    days = fields.List(fields.Nested(DaySchema), required=True)
