"""The form that books a room: reads what was typed, says what is missing, makes the body of the request."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from gateway.site.booking_times import read_clock
from gateway.views.moments import read_date

LONG, LONGER = 200, 500
EMAIL = Regexp(
    r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$",
    message=lazy_gettext("Enter an e-mail address such as anna@example.org."),
)


def _trim(text: str | None) -> str | None:
    return text.strip() if text else text


def _filled(message: Any) -> Any:
    def check(_form: FlaskForm, field: StringField) -> None:
        if not field.data:
            raise ValidationError(message)

    return check


def _text(label: Any, *checks: Any, most: int = LONG) -> StringField:
    too_long = Length(max=most, message=lazy_gettext("Use at most %(num)s characters.", num=most))
    return StringField(label, [*checks, too_long], filters=[_trim])


class BookingForm(FlaskForm):
    """What a person tells to book. Times stay text until `request_body` puts them on the centre's clock."""

    date = StringField(lazy_gettext("Day"), filters=[_trim])
    whole_day = BooleanField(lazy_gettext("The whole day"), false_values=("", "0"))
    start = SelectField(lazy_gettext("From"), validate_choice=False)
    end = SelectField(lazy_gettext("To"), validate_choice=False)
    title = _text(
        lazy_gettext("Title"), _filled(lazy_gettext("Give it a title, so that the centre knows what it is."))
    )
    purpose = TextAreaField(
        lazy_gettext("Description"),
        [Length(max=LONGER, message=lazy_gettext("Use at most %(num)s characters.", num=LONGER))],
        filters=[_trim],
    )
    participants = StringField(lazy_gettext("How many people"), filters=[_trim])
    layout = SelectField(lazy_gettext("Layout"), validate_choice=False)
    organization_id = SelectField(lazy_gettext("On behalf of"), validate_choice=False)
    charges_participants = BooleanField(lazy_gettext("The participants pay"), false_values=("", "0"))
    contact_name = _text(lazy_gettext("Name"), _filled(lazy_gettext("Enter your name.")))
    contact_email = _text(lazy_gettext("E-mail"), Optional(), EMAIL)
    contact_phone = _text(lazy_gettext("Phone"), most=40)
    idempotency_key = HiddenField()

    def validate_date(self, field: StringField) -> None:
        """A date that exists."""
        if read_date(field.data) is None:
            raise ValidationError(gettext("Choose the day."))

    def validate_start(self, field: SelectField) -> None:
        """A time, unless the whole day is wanted."""
        if not self.whole_day.data and read_clock(field.data) is None:
            raise ValidationError(gettext("Choose when you start."))

    def validate_end(self, field: SelectField) -> None:
        """A time, unless the whole day is wanted."""
        if not self.whole_day.data and read_clock(field.data) is None:
            raise ValidationError(gettext("Choose when you end."))

    def validate_participants(self, field: StringField) -> None:
        """A whole number of people."""
        if not re.fullmatch(r"[0-9]{1,6}", field.data or "") or int(field.data) < 1:
            raise ValidationError(gettext("Enter how many people will come, in digits."))
