"""What a reservation is asked for with."""

import re
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, pre_load, validate, validates_schema

from services.booking.domain.reservation import Status
from services.booking.schemas.times import DayOrInstant, LocalDate
from services.kernel.languages import LANGUAGES
from services.kernel.web import Instant, PageQuerySchema, Schema, Text, Whole, YesNo
from services.kernel.web.faults import Fault

_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,28}[0-9]")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
_LONGEST_EMAIL = 254
STATUSES = tuple(str(status) for status in Status)


class Phone(Text):
    """A phone number; stored without the signs that only please the eye."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not _PHONE.fullmatch(text):
            raise ValidationError(Fault("invalid_phone", "Not a phone number such as +48 600 000 000."))
        return re.sub(r"[^0-9+]", "", text)


class Email(Text):
    """An e-mail address that mail can be sent to; the domain may be written in any script."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        local, _, domain = text.rpartition("@")
        try:
            plain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            plain = ""
        if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(plain) or len(text) > _LONGEST_EMAIL:
            raise ValidationError(Fault("invalid_email", "Not an address such as anna@example.org."))
        return text


class Line(Text):
    """Text in one line."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if len(text.splitlines()) > 1 or "\t" in text:
            raise ValidationError(Fault("control_character", "Write this in one line."))
        return text


class ContactSchema(Schema):
    """Whom to tell: a name, and an e-mail address or a phone number."""

    name = Line(required=True, validate=validate.Length(1, 200))
    email = Email(load_default=None, allow_none=True)
    phone = Phone(load_default=None, allow_none=True)

    @validates_schema
    def check_reachable(self, data: dict[str, Any], **_: Any) -> None:
        """One of the two ways to reach the person is there."""
        if not data.get("email") and not data.get("phone"):
            raise ValidationError(
                {"email": [Fault("contact_required", "Give an e-mail address or a phone number.")]}
            )


class ReservationRequestSchema(Schema):
    """A wish: a room, from start to end or for a whole day, and for whom."""

    room_id = Text(required=True, validate=validate.Length(1, 64), metadata={"description": "Id or slug."})
    start = Instant(load_default=None)
    end = Instant(load_default=None)
    date = LocalDate(load_default=None)
    whole_day = YesNo(load_default=False)
    title = Line(required=True, validate=validate.Length(1, 200))
    purpose = Text(load_default="", validate=validate.Length(max=500))
    participants = Whole(required=True, validate=validate.Range(1, 10_000))
    layout = Text(load_default=None, allow_none=True, validate=validate.Length(1, 64))
    organization_id = fields.UUID(load_default=None, allow_none=True)
    charges_participants = YesNo(load_default=False)
    public_title = Line(load_default=None, allow_none=True, validate=validate.Length(max=200))
    contact = fields.Nested(ContactSchema, required=True)
    language = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(LANGUAGES))
    override_reason = Text(
        load_default="",
        validate=validate.Length(max=500),
        metadata={"description": "Staff only: why rules are set aside. Claims never are."},
    )
    for_subject = Text(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 128),
        metadata={"description": "Staff only: the account whose reservation it becomes."},
    )

    @pre_load
    def refuse_odd_ids(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """UUIDs are texts in their usual form; other forms that Python reads are refused."""
        given = data.get("organization_id")
        if isinstance(given, str) and not _is_usual_id(given):
            raise ValidationError({"organization_id": [Fault("invalid_id", "Not a valid UUID.")]})
        return data

    @validates_schema
    def check_when(self, data: dict[str, Any], **_: Any) -> None:
        """Either start and end, or a date with whole_day."""
        if data["whole_day"]:
            _require(data, "date", "A whole day needs its date.")
            _refuse(data, ("start", "end"), "A whole day has no start and end.")
        else:
            _refuse(data, ("date",), "A date goes with whole_day; otherwise give start and end.")
            for name in ("start", "end"):
                _require(data, name, "Missing data for required field.")


class ReasonSchema(Schema):
    """A reason that may be given."""

    reason = Text(load_default="", validate=validate.Length(max=500))


class NeededReasonSchema(Schema):
    """A reason that must be given: the person is told."""

    reason = Text(required=True, validate=validate.Length(1, 500))


class ReservationQuerySchema(PageQuerySchema):
    """Which reservations are wanted, by start; a date as `to` counts with the whole of its day."""

    starts_from = DayOrInstant(load_default=None, data_key="from")
    starts_before = DayOrInstant(load_default=None, data_key="to")
    room_id = Text(load_default=None, validate=validate.Length(1, 64))
    status = Text(load_default=None, validate=validate.OneOf(STATUSES))
    mine = YesNo(load_default=False)
    order = Text(
        load_default="asc",
        validate=validate.OneOf(("asc", "desc")),
        metadata={"description": "By start, the earliest or the latest first."},
    )


def _is_usual_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _require(data: dict[str, Any], name: str, message: str) -> None:
    if data[name] is None:
        raise ValidationError({name: [Fault("required", message)]})


def _refuse(data: dict[str, Any], names: tuple[str, ...], message: str) -> None:
    for name in names:
        if data[name] is not None:
            raise ValidationError({name: [Fault("not_together", message)]})
