"""Reservations as their owner and the staff see them."""

from marshmallow import fields, validate

from services.booking.schemas.reservation_requests import STATUSES
from services.booking.schemas.rooms import Texts
from services.booking.schemas.times import SpanSchema
from services.kernel.web import Instant, Schema


class RoomNameSchema(Schema):
    """Which room."""

    slug = fields.String(required=True)
    name = Texts(required=True)


class ReservedContactSchema(Schema):
    """Whom to tell."""

    name = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)


class ReservationSchema(Schema):
    """A reservation."""

    id = fields.UUID(required=True)
    room_id = fields.UUID(required=True)
    room = fields.Nested(RoomNameSchema, required=True)
    start = Instant(required=True)
    end = Instant(required=True)
    whole_day = fields.Boolean(required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    awaiting = fields.String(required=True, allow_none=True, validate=validate.OneOf(("email", "staff")))
    confirm_by = Instant(required=True, allow_none=True)
    title = fields.String(required=True)
    purpose = fields.String(required=True)
    public_title = fields.String(required=True, allow_none=True)
    participants = fields.Integer(required=True)
    layout = fields.String(required=True, allow_none=True)
    organization_id = fields.UUID(required=True, allow_none=True)
    charges_participants = fields.Boolean(required=True)
    contact = fields.Nested(ReservedContactSchema, required=True)
    language = fields.String(required=True)
    cancel_reason = fields.String(required=True, allow_none=True)
    decision_reason = fields.String(required=True, allow_none=True)
    created_at = Instant(required=True)
    version = fields.Integer(required=True)


class ReservationPageSchema(Schema):
    """A page of reservations."""

    items = fields.List(fields.Nested(ReservationSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class ClashSchema(SpanSchema):
    """What stands in the way, buffers included."""

    kind = fields.String(required=True, validate=validate.OneOf(("claim", "block")))
    detail = fields.String(required=True)


class AlternativeSchema(SpanSchema):
    """A slot like the one asked for that is free and keeps every rule."""

    room_id = fields.UUID(required=True)
    room = fields.Nested(RoomNameSchema, required=True)


class CheckSchema(Schema):
    """What would become of a reservation that is not made."""

    ok = fields.Boolean(required=True)
    slot = fields.Nested(SpanSchema, required=True, allow_none=True)
    clashes = fields.List(fields.Nested(ClashSchema), required=True)
    rules = fields.List(fields.Raw(metadata={"type": "object"}), required=True)
    alternatives = fields.List(fields.Nested(AlternativeSchema), required=True)


class OutboxEventSchema(Schema):
    """Something that has still to be told; never what it says."""

    id = fields.UUID(required=True)
    type = fields.String(required=True)
    created_at = Instant(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    last_error = fields.String(required=True, allow_none=True)


class OutboxSchema(Schema):
    """What has still to be told."""

    waiting = fields.Integer(required=True)
    oldest_seconds = fields.Float(required=True)
    items = fields.List(fields.Nested(OutboxEventSchema), required=True)
    next = fields.String(required=True, allow_none=True)
