"""A message as another service asks for it on the queue."""

from typing import Any

from marshmallow import EXCLUDE, ValidationError, fields, validate

from services.kernel.web.faults import field_errors
from services.kernel.web.schema import Instant, Schema, Text
from services.notifications.domain.addresses import sendable

MAX_CALENDAR = 200_000


class MalformedMessage(Exception):
    """A request that can never become a message; the text says why."""


def _check_address(address: str) -> None:
    if not address.strip():
        return
    try:
        sendable(address)
    except ValueError as error:
        raise ValidationError("Not an e-mail address.") from error


class RecipientSchema(Schema):
    """To whom; someone without an e-mail address is skipped, not refused."""

    class Meta:
        unknown = EXCLUDE

    name = Text(load_default="", allow_none=True)
    email = Text(load_default=None, allow_none=True, validate=_check_address)
    phone = Text(load_default=None, allow_none=True, validate=validate.Length(max=64))


class CalendarSchema(Schema):
    """A calendar entry; the method stands in the entry as well."""

    class Meta:
        unknown = EXCLUDE

    method = Text(required=True, validate=validate.OneOf(("REQUEST", "CANCEL")))
    content = fields.String(required=True, validate=validate.Length(min=1, max=MAX_CALENDAR))


class MessageRequestSchema(Schema):
    """The envelope; `params` are checked by the template's own schema."""

    class Meta:
        unknown = EXCLUDE

    message_id = fields.UUID(required=True)
    template = Text(required=True, validate=validate.Length(max=64))
    recipient = fields.Nested(RecipientSchema, required=True)
    language = Text(load_default="")
    params = fields.Dict(keys=Text(), required=True)
    ics = fields.Nested(CalendarSchema, load_default=None, allow_none=True)
    reservation_id = fields.UUID(load_default=None, allow_none=True)
    not_after = Instant(load_default=None, allow_none=True)


def load_or_refuse(schema: Schema, data: Any, *, place: str | None = None) -> dict[str, Any]:
    """What the schema makes of the data at `place`; MalformedMessage names each field that is wrong."""
    try:
        return dict(schema.load(data))
    except ValidationError as error:
        faults = field_errors({place: error.messages} if place else error.messages, top="request")
        raise MalformedMessage("; ".join(f"{each['field']}: {each['detail']}" for each in faults)) from error
