"""The base of all schemas: unknown fields are named, text can be stored, time is unambiguous."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, ValidationError, fields
from marshmallow import Schema as MarshmallowSchema

from services.kernel.web.faults import Fault

FIRST_YEAR, LAST_YEAR = 2000, 2100
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})")
_NAIVE = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?")


class Schema(MarshmallowSchema):
    """A schema that refuses fields it does not know."""

    class Meta:
        unknown = RAISE

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Read from a mapping by key only: without a key `items` it must not give its method."""
        if isinstance(obj, Mapping):
            return obj.get(attr, default)
        return super().get_attribute(obj, attr, default)


class Text(fields.String):
    """Text without control characters, in composed form; blanks around it are dropped."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if _CONTROL.search(text):
            raise ValidationError(Fault("control_character", "Control characters cannot be accepted."))
        return unicodedata.normalize("NFC", text).strip()


class Instant(fields.Field[datetime]):
    """An RFC 3339 time with its offset; loaded as UTC, dumped with the offset that it has."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.metadata = {"example": "2026-03-05T17:00:00+01:00", **self.metadata}

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        if not isinstance(value, str):
            raise ValidationError(
                Fault("invalid_type", "Not a time: give a text such as 2026-03-05T17:00:00+01:00.")
            )
        if _NAIVE.fullmatch(value):
            raise ValidationError(Fault("naive_time", "The offset is missing: add Z, or one such as +01:00."))
        if not _RFC3339.fullmatch(value):
            raise ValidationError(
                Fault("invalid_time", "Not an RFC 3339 time such as 2026-03-05T17:00:00+01:00.")
            )
        try:
            instant = datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError(Fault("invalid_time", "There is no such time.")) from None
        if not FIRST_YEAR <= instant.year < LAST_YEAR:
            message = f"The year must be from {FIRST_YEAR} to {LAST_YEAR - 1}."
            raise ValidationError(Fault("out_of_range", message))
        return instant


class Whole(fields.Integer):
    """A whole number as JSON writes it: no text, no fraction, no truth value."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class QueryWhole(fields.Integer):
    """A whole number in a query, where everything is text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, str) or not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class YesNo(fields.Boolean):
    """true or false; in a query, the words true and false."""

    truthy = {True, "true"}  # noqa: RUF012 - as marshmallow declares it
    falsy = {False, "false"}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool | str):
            raise self.make_error("invalid", input=value)
        return bool(super()._deserialize(value, attr, data, **kwargs))


class EmptyBodySchema(Schema):
    """A body that need not be there and holds nothing."""
