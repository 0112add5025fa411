"""Times as the booking API shows them."""

import re
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

from services.kernel.web.faults import Fault
from services.kernel.web.schema import FIRST_YEAR, LAST_YEAR, Instant, Schema

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class LocalDate(fields.Date):
    """A date of the centre's calendar in years that can be planned."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or not DATE.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        day: date = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_YEAR <= day.year < LAST_YEAR:
            message = f"The year must be from {FIRST_YEAR} to {LAST_YEAR - 1}."
            raise ValidationError(Fault("out_of_range", message))
        return day


class DayOrInstant(Instant):
    """A date of the centre's calendar, or an instant."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str) and DATE.fullmatch(value):
            return LocalDate().deserialize(value)
        return super()._deserialize(value, attr, data, **kwargs)


class SpanSchema(Schema):
    """A half-open stretch of time."""

    start = Instant(required=True)
    end = Instant(required=True)
