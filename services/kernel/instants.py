"""The column type for moments in time: aware datetimes in, UTC out, exact order on both stores."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

TEXT_LENGTH = len("2026-01-01T00:00:00.000000Z")


class Instant(TypeDecorator[datetime]):
    """A moment: timestamptz on PostgreSQL, fixed-width UTC text on SQLite, where text order is time order.

    A naive datetime is refused with ValueError: it would silently mean another moment elsewhere.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What a value is in Python; cursors of pages are read by it."""
        return datetime

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, which has no type for time; the database's own type elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(TEXT_LENGTH))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The stored form of an aware datetime."""
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        utc = value.astimezone(UTC)
        return to_text(utc) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The stored moment as an aware UTC datetime."""
        if value is None:
            return None
        if isinstance(value, str):
            return from_text(value)
        return value.astimezone(UTC)


def to_text(value: datetime) -> str:
    """Fixed-width UTC text with microseconds: equal moments are equal texts, later ones sort later."""
    naive = value.astimezone(UTC).replace(tzinfo=None)
    return f"{naive.isoformat(timespec='microseconds')}Z"


def from_text(value: str) -> datetime:
    """The moment that `to_text` wrote."""
    return datetime.fromisoformat(value)
