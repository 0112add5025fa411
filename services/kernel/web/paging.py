"""Lists by cursor: pages that neither skip nor repeat rows while others are added."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from marshmallow import validate
from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.kernel.errors import Invalid
from services.kernel.web.faults import BAD_TEXT, field_error
from services.kernel.web.json_body import MAX_WHOLE
from services.kernel.web.schema import QueryWhole, Schema, Text

DEFAULT_LIMIT, MAX_LIMIT = 50, 200


class PageQuerySchema(Schema):
    """How much of a list is wanted, and from where on."""

    limit = QueryWhole(
        load_default=DEFAULT_LIMIT,
        validate=validate.Range(1, MAX_LIMIT),
        metadata={"description": "The most items on this page."},
    )
    cursor = Text(
        load_default=None,
        validate=validate.Length(1, 500),
        metadata={"description": "The `next` of the page before."},
    )


@dataclass(frozen=True)
class Page:
    """Some rows of a list; `next` is the cursor of those that follow, None at the end."""

    items: list[Any]
    next: str | None


def page(
    session: Session,
    query: Select[Any],
    *,
    by: Sequence[InstrumentedAttribute[Any]],
    limit: int,
    cursor: str | None = None,
    descending: bool = False,
) -> Page:
    """One page of the entities that `query` selects, in the order of the columns `by`.

    Together these must tell any two rows apart (the last is usually the id). Raises Invalid for a
    cursor that this list did not give.
    """
    if cursor is not None:
        values = _read(cursor, by)
        after = tuple_(*(literal(value, column.type) for value, column in zip(values, by, strict=True)))
        query = query.where(tuple_(*by) < after if descending else tuple_(*by) > after)
    order = [column.desc() if descending else column.asc() for column in by]
    rows = list(session.scalars(query.order_by(*order).limit(limit + 1)))
    items = rows[:limit]
    return Page(items, _write(items[-1], by) if len(rows) > limit else None)


def _write(row: Any, by: Sequence[InstrumentedAttribute[Any]]) -> str:
    values = [_plain(getattr(row, column.key)) for column in by]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _read(cursor: str, by: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    try:
        values = json.loads(
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        )
        if not isinstance(values, list) or len(values) != len(by):
            raise ValueError
        return [_value(value, column.type.python_type) for value, column in zip(values, by, strict=True)]
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError):
        error = field_error("cursor", "invalid_cursor", "Give the `next` of the page before.")
        raise Invalid("invalid_query", errors=[error]) from None


def _value(value: Any, kind: type) -> Any:
    if isinstance(value, str) and BAD_TEXT.search(value):
        raise ValueError("no store takes this")
    if kind in _FROM_TEXT:
        if not isinstance(value, str):
            raise TypeError
        return _FROM_TEXT[kind](value)
    if not isinstance(value, kind):
        raise TypeError
    if isinstance(value, int) and abs(value) > MAX_WHOLE:
        raise OverflowError
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("naive")
    return moment.astimezone(UTC)


_FROM_TEXT: dict[type, Callable[[str], Any]] = {datetime: _moment, date: date.fromisoformat, UUID: UUID}
