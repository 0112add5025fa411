"""The parameters of each template; what a newer sender adds is left aside, so that its mail goes out."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marshmallow import EXCLUDE, ValidationError, fields, validate

from services.kernel.web.schema import Instant, Schema, Text


def check_zone(name: str) -> None:
    """Raise ValidationError when there is no such time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError("Not a time zone.") from error


class ReservationParameters(Schema):
    """What every message about a reservation tells.

    Times carry an offset; they are shown in `time_zone`, which is the centre's where it is not given.
    After `expires_at` the message is withdrawn instead of sent.
    `link` leads to the reservation, with its key where the reader has no account.
    """

    class Meta:
        unknown = EXCLUDE

    centre_name = Text(load_default="")
    room_name = Text(required=True, validate=validate.Length(min=1))
    building_address = Text(load_default="", allow_none=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    time_zone = Text(load_default=None, allow_none=True, validate=check_zone)
    expires_at = Instant(load_default=None, allow_none=True)
    title = Text(load_default="", allow_none=True)
    link = fields.Url(schemes={"http", "https"}, require_tld=False, load_default=None, allow_none=True)


class ConfirmLinkParameters(ReservationParameters):
    """A booking made without an account: the room is held until `confirm_by`, the link confirms it."""

    link = fields.Url(schemes={"http", "https"}, require_tld=False, required=True)
    confirm_by = Instant(required=True)


class EndedParameters(ReservationParameters):
    """A reservation that was cancelled or declined, with the reason if one was given."""

    reason = Text(load_default="", allow_none=True)
