"""Deliveries as staff see them."""

from collections.abc import Callable
from typing import Any

from marshmallow import fields, validate

from services.kernel.web.paging import PageQuerySchema
from services.kernel.web.schema import Instant, Schema, Text
from services.notifications.domain.states import State

STATES = tuple(str(state) for state in State)


class Group(fields.Nested):
    """Some fields of the same object under one name; null where `present` says that there is nothing."""

    def __init__(self, nested: type[Schema], *, present: str | None = None, **kwargs: Any) -> None:
        super().__init__(nested, dump_only=True, **kwargs)
        self._present = present

    def get_value(
        self, obj: Any, attr: str, accessor: Callable[..., Any] | None = None, default: Any = None
    ) -> Any:
        """The object itself, or None."""
        return obj if self._present is None or getattr(obj, self._present) is not None else None


class DeliveryQuerySchema(PageQuerySchema):
    """Which deliveries are wanted; the latest come first."""

    state = Text(load_default=None, validate=validate.OneOf(STATES))
    reservation_id = fields.UUID(load_default=None)


class RecipientSchema(Schema):
    """Whom the message is for; all null once it was erased."""

    name = fields.String(attribute="recipient_name", allow_none=True)
    email = fields.String(attribute="recipient_email", allow_none=True)
    phone = fields.String(attribute="recipient_phone", allow_none=True)


class CalendarEntrySchema(Schema):
    """The calendar entry that goes with the message."""

    method = fields.String(attribute="calendar_method")
    content = fields.String(attribute="calendar", metadata={"description": "iCalendar"})


class DeliverySchema(Schema):
    """One line of the delivery log."""

    id = fields.UUID(required=True)
    template = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    recipient = Group(RecipientSchema, required=True)
    language = fields.String(required=True)
    subject = fields.String(required=True, allow_none=True)
    reservation_id = fields.UUID(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    next_attempt_at = Instant(required=True, allow_none=True)
    last_error = fields.String(required=True, allow_none=True)
    created_at = Instant(required=True)
    sent_at = Instant(required=True, allow_none=True)
    erased_at = Instant(required=True, allow_none=True)


class DeliveryWithMessageSchema(DeliverySchema):
    """A delivery together with what it says."""

    text = fields.String(required=True, allow_none=True)
    html = fields.String(required=True, allow_none=True)
    ics = Group(CalendarEntrySchema, present="calendar", required=True, allow_none=True)


class DeliveryPageSchema(Schema):
    """A page of the delivery log."""

    items = fields.List(fields.Nested(DeliverySchema), required=True)
    next = fields.String(required=True, allow_none=True)
